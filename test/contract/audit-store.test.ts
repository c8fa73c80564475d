import { DynamoAuditStore } from "#adapters/dynamodb/audit-store.ts";
import { MemoryAuditStore } from "#adapters/memory/audit-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeAuditStore } from "./suites/audit-store.ts";

describeAuditStore("memory", async () => new MemoryAuditStore());

const client = localClient();
describeAuditStore("DynamoDB", async () => new DynamoAuditStore(client, (await freshTables()).ledger));

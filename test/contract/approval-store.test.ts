import { DynamoApprovalStore } from "#adapters/dynamodb/approval-store.ts";
import { MemoryApprovalStore } from "#adapters/memory/approval-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeApprovalStore } from "./suites/approval-store.ts";

describeApprovalStore("memory", async () => new MemoryApprovalStore());

const client = localClient();
describeApprovalStore("DynamoDB", async () => new DynamoApprovalStore(client, (await freshTables()).plans));

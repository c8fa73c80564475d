import { DynamoDisputeStore } from "#adapters/dynamodb/dispute-store.ts";
import { MemoryDisputeStore } from "#adapters/memory/dispute-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeDisputeStore } from "./suites/dispute-store.ts";

describeDisputeStore("memory", async () => new MemoryDisputeStore());

const client = localClient();
describeDisputeStore("DynamoDB", async () => new DynamoDisputeStore(client, (await freshTables()).ledger));

import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeFactStore } from "./suites/fact-store.ts";

describeFactStore("memory", async () => new MemoryFactStore());

const client = localClient();
describeFactStore("DynamoDB", async () => new DynamoFactStore(client, (await freshTables()).facts));

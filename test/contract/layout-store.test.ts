import { DynamoLayoutStore } from "#adapters/dynamodb/layout-store.ts";
import { MemoryLayoutStore } from "#adapters/memory/layout-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeLayoutStore } from "./suites/layout-store.ts";

describeLayoutStore("memory", async () => new MemoryLayoutStore());

const client = localClient();
describeLayoutStore("DynamoDB", async () => new DynamoLayoutStore(client, (await freshTables()).plans));

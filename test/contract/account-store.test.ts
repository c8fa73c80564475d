import { DynamoAccountStore } from "#adapters/dynamodb/account-store.ts";
import { MemoryAccountStore } from "#adapters/memory/account-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeAccountStore } from "./suites/account-store.ts";

describeAccountStore("memory", async () => new MemoryAccountStore());

const client = localClient();
describeAccountStore("DynamoDB", async () => new DynamoAccountStore(client, (await freshTables()).plans));

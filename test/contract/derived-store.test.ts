import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { MemoryDerivedStore } from "#adapters/memory/derived-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeDerivedStore } from "./suites/derived-store.ts";

describeDerivedStore("memory", async () => new MemoryDerivedStore());

const client = localClient();
describeDerivedStore("DynamoDB", async () => new DynamoDerivedStore(client, (await freshTables()).derived));

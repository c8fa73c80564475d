import { DynamoOutboxStore } from "#adapters/dynamodb/outbox-store.ts";
import { MemoryOutboxStore } from "#adapters/memory/outbox-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeOutboxStore } from "./suites/outbox-store.ts";

describeOutboxStore("memory", async (clock) => new MemoryOutboxStore(clock));

const client = localClient();
describeOutboxStore("DynamoDB", async (clock) => new DynamoOutboxStore(client, (await freshTables()).plans, clock));

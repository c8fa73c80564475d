import { DynamoAnswerStore } from "#adapters/dynamodb/answer-store.ts";
import { MemoryAnswerStore } from "#adapters/memory/answer-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeAnswerStore } from "./suites/answer-store.ts";

describeAnswerStore("memory", async () => new MemoryAnswerStore());

const client = localClient();
describeAnswerStore("DynamoDB", async () => new DynamoAnswerStore(client, (await freshTables()).plans));

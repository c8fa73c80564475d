import { DynamoDeliveryLog } from "#adapters/dynamodb/delivery-log.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoOrderLines } from "#adapters/dynamodb/order-lines.ts";
import { MemoryDeliveryLog } from "#adapters/memory/delivery-log.ts";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { MemoryOrderLines } from "#adapters/memory/order-lines.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeDeliveryLog, describeKeptDeliveries, describeOrderLines, LOG_CLOCK } from "./suites/delivery-log.ts";

describeDeliveryLog("memory", async () => new MemoryDeliveryLog(LOG_CLOCK));
describeOrderLines("memory", async () => new MemoryOrderLines());
describeKeptDeliveries("memory", async () => new MemoryFactStore());

const client = localClient();
const derived = async () => (await freshTables()).derived;
const facts = async () => (await freshTables()).facts;
describeDeliveryLog("DynamoDB", async () => new DynamoDeliveryLog(client, await derived(), LOG_CLOCK));
describeOrderLines("DynamoDB", async () => new DynamoOrderLines(client, await facts()));
describeKeptDeliveries("DynamoDB", async () => new DynamoFactStore(client, await facts()));

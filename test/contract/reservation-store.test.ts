import { DynamoReservationStore } from "#adapters/dynamodb/reservation-store.ts";
import { MemoryReservationStore } from "#adapters/memory/reservation-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeReservationStore } from "./suites/reservation-store.ts";

describeReservationStore("memory", async () => new MemoryReservationStore());

const client = localClient();
describeReservationStore("DynamoDB", async () => new DynamoReservationStore(client, (await freshTables()).ledger));

import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { MemoryLedgerStore } from "#adapters/memory/ledger-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeLedgerStore } from "./suites/ledger-store.ts";

describeLedgerStore("memory", async () => new MemoryLedgerStore());

const client = localClient();
describeLedgerStore("DynamoDB", async () => new DynamoLedgerStore(client, (await freshTables()).ledger));

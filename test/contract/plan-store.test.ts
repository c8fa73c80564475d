import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { MemoryPlanStore } from "#adapters/memory/plan-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describePlanStore } from "./suites/plan-store.ts";

describePlanStore("memory", async () => new MemoryPlanStore());

const client = localClient();
describePlanStore("DynamoDB", async () => new DynamoPlanStore(client, (await freshTables()).plans));

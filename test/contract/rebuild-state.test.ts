import { beforeEach, describe, expect, it } from "vitest";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { MemoryDerivedStore } from "#adapters/memory/derived-store.ts";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { MemoryPlanStore } from "#adapters/memory/plan-store.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { describeAffected, describeRebuildState } from "./suites/rebuild-state.ts";
import { fact } from "./suites/samples.ts";

interface Stores {
  readonly derived: DerivedStore;
  readonly plans: PlanStore;
  readonly facts: FactStore;
}

const client = localClient();

const ADAPTERS: Readonly<Record<string, () => Promise<Stores>>> = {
  memory: async () => ({
    derived: new MemoryDerivedStore(),
    plans: new MemoryPlanStore(),
    facts: new MemoryFactStore(),
  }),
  DynamoDB: async () => {
    const tables = await freshTables();
    return {
      derived: new DynamoDerivedStore(client, tables.derived),
      plans: new DynamoPlanStore(client, tables.plans),
      facts: new DynamoFactStore(client, tables.facts),
    };
  },
};

describe.each(Object.entries(ADAPTERS))("what a rebuild keeps, on %s", (_name, make) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await make();
  });

  describeRebuildState(() => stores.derived);
  describeAffected(() => stores.plans);

  it("facts are about so many as there are versions", async () => {
    expect(await stores.facts.about()).toBe(0);
    for (const version of [1, 2, 3]) await stores.facts.put(fact({ version }));
    expect(await stores.facts.about()).toBe(3);
  });
});

import { describe, expect, it } from "vitest";
import { perMessage, play, type Scenario } from "#test/bench/cost/play.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";

/** What a sale may cost, in counted requests; `npm run bench -- cost` tells it by step and in money. */

const MOST_WRITES_A_SALE = 3.2;

/** Fifty sales a second: 250 in the five seconds that the roll-up gathers, over 56 branches. */
const steady: Scenario = { name: "steady", campaigns: 1, sales: 250, sellers: 400, batch: 250 };
const PATIENCE_MS = 180_000;

async function written(scenario: Scenario): Promise<number> {
  return perMessage(await play(localClient(), await freshTables(), scenario)).writes;
}

describe("a sale", () => {
  it(
    `is written in at most ${MOST_WRITES_A_SALE} units with one campaign: fact, credit, progress, and its part of totals`,
    async () => {
      const writes = await written(steady);
      // Fact and credit are written for each; less would mean that something was not counted.
      expect(writes).toBeGreaterThan(2);
      expect(writes).toBeLessThanOrEqual(MOST_WRITES_A_SALE);
    },
    PATIENCE_MS,
  );

  it(
    "is stored once, whatever the number of campaigns",
    async () => {
      const costs = await play(localClient(), await freshTables(), { ...steady, sales: 60, campaigns: 2 });
      expect(costs.steps.get("fact")).toEqual({ writes: costs.messages, reads: 0 });
      expect(costs.steps.get("credit")).toEqual({ writes: 2 * costs.messages, reads: 0 });
    },
    PATIENCE_MS,
  );
});

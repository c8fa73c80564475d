import { describe, expect, it } from "vitest";
import { simulate } from "#app/asking/simulate-plan.ts";
import { whatIf } from "#app/asking/what-if.ts";
import { parseInstant } from "#domain/instant.ts";
import { awardsTable } from "#infra/local/cli/awards-table.ts";
import {
  at,
  commission,
  type PlanDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  world,
} from "#test/fixtures/plan-builder.ts";

const HEADER = { level: "participant", pay: "self", measure: "sales" } as const;
const FACTS = [sale("ann", 1000, "05-02"), sale("bob", 500, "05-03")];
const AS_OF = parseInstant("2018-07-01T00:00:00Z") ?? Number.NaN;

function stars(rate: string): RewardDocument {
  const rounding = { scope: "perFact", mode: "down", unit: "1" } as const;
  return { ...HEADER, id: "stars", kind: "points", programme: "stars", rate, rounding };
}

function gift(item: string): RewardDocument {
  return { ...HEADER, id: "gift", kind: "gift", item, pieces: 1, for: "eachFact", to: "payee" };
}

const IN_FORCE: Partial<PlanDocument> = { rewards: [commission(), stars("1"), gift("rice")] };
const DRAFT: Partial<PlanDocument> = { rewards: [commission(), stars("2"), gift("oil")] };
const worldOf = (changes: Partial<PlanDocument>) => world({ facts: FACTS, plan: planOf(changes) });

describe("benefits in kind beside money", () => {
  const simulation = simulate({ inForce: worldOf(IN_FORCE), draft: worldOf(DRAFT) });

  it("are compared in their own units; what costs money is money", () => {
    const { cost, payees, lines } = simulation;
    expect(cost.all).toEqual({ before: "150.00", after: "150.00", difference: "0.00" });
    expect(cost.byReward).toEqual([
      { reward: "commission", before: "150.00", after: "150.00", difference: "0.00" },
      { reward: "stars", unit: "points:stars", before: "1500", after: "3000", difference: "1500" },
      // Another item is another benefit: it is not 2 less 2.
      { reward: "gift", unit: "item:oil", after: "2", difference: "2" },
      { reward: "gift", unit: "item:rice", before: "2", difference: "-2" },
    ]);
    expect(payees.unchanged).toMatchObject({ count: 2, before: "150.00", after: "150.00" });
    expect(payees.winners.count).toBe(0);
    expect(lines.changed).toMatchObject({
      count: 2,
      before: "0.00",
      after: "0.00",
      top: [
        { lineId: "stars:participant:ann", unit: "points:stars", before: "1000", after: "2000", difference: "1000" },
        { lineId: "stars:participant:bob", unit: "points:stars" },
      ],
    });
    expect(lines.appear.top).toMatchObject([{ unit: "item:oil" }, { unit: "item:oil" }]);
    expect(lines.disappear.top).toMatchObject([{ unit: "item:rice" }, { unit: "item:rice" }]);
  });

  it("are in no sum of money of who sells more", () => {
    const answer = whatIf(
      { ...worldOf(IN_FORCE), asOf: AS_OF },
      { participantId: "ann", sales: 1, amount: "100.00", at: at("05-20") },
    );
    expect(answer.total).toEqual({ before: "100.00", after: "110.00", difference: "10.00" });
    expect(answer.rewards.find(({ reward }) => reward === "stars")?.amount).toEqual({
      before: "1000",
      after: "1100",
      difference: "100",
    });
  });

  it("are printed with what they are of", () => {
    const context = worldOf(IN_FORCE);
    const table = awardsTable(settled(context), AS_OF, context);
    expect(table).toContain("1,000 points:stars");
    expect(table).toContain("1 item:rice");
    expect(table).toMatch(/all +150\.00/);
  });
});

import { describe, expect, it } from "vitest";
import { formatInstant } from "#domain/instant.ts";
import { settle } from "#engine/settle.ts";
import { at, evidence, planOf, ranking, sale, score, world } from "#test/fixtures/plan-builder.ts";
import { CUT_OFF, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const PLAN = planOf({
  attributes: { customer: "string" },
  crediting: { to: "splits", overlays: "credited", shared: "each", rollUp: "occurrence" },
  measures: [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "customers", aggregate: "distinct", of: "customer" },
    { id: "points", aggregate: "last", of: "value" },
  ],
  rewards: [
    ranking(),
    ranking({ id: "breadth", measure: "customers", ties: "earlierLastFact" }),
    ranking({ id: "service", measure: "points", level: "branch" }),
  ],
});

/** Two customers of ann and bob in three sales, one of them undone; scores of branches; a receipt. */
const FACTS = [
  sale("ann", 300, "05-02", {
    attributes: { customer: "x" },
    splits: [
      { participantId: "ann", part: "1/3" },
      { participantId: "bob", part: "2/3" },
    ],
    overlays: [{ participantId: "eve", part: "150%" }],
  }),
  sale("ann", 100, "05-03", { attributes: { customer: "x" } }),
  sale("ann", 500, "05-04", { attributes: { customer: "y" } }),
  sale("ann", 500, "05-04", {
    attributes: { customer: "y" },
    version: 2,
    status: "cancelled",
    cancelledAt: at("05-05"),
    recordedAt: at("05-06"),
  }),
  score("east", "80", "05-10"),
  score("east", "70", "05-11"),
  score("west", "75", "05-10"),
  evidence("cy", "05-12"),
];

describe("a run over shared sales, scores and evidence", () => {
  it("comes, through the files of its segments, to what the engine comes to in one go", async () => {
    const small = world({ plan: PLAN, facts: FACTS });
    const settlement = await SmallSettlement.launch(small);
    const { resultHash, asOf, totals } = await settlement.computedFinal();
    const expected = settle({ ...small, asOf: CUT_OFF });
    expect(asOf).toBe(formatInstant(CUT_OFF));
    expect(resultHash).toBe(expected.resultHash);
    expect(totals?.facts).toMatchObject({ known: 7, counted: 6, cancelled: 1 });
  });

  it("ranks people by their parts and by who their customers are, and branches by their latest score", () => {
    const { lines } = settle({ ...world({ plan: PLAN, facts: FACTS }), asOf: CUT_OFF });
    // Sales: eve 450, ann 100 + 100, bob 200, who reached 200 first. Customers: one for each, also for the overlay; ann was last
    // with hers, the other two are in the order of their ids.
    expect(lines.map(({ reward, payee, amount }) => `${reward} ${payee.id} ${amount}`).sort()).toEqual([
      "breadth ann 8.00",
      "breadth bob 25.00",
      "breadth eve 15.00",
      "ranking ann 8.00",
      "ranking bob 15.00",
      "ranking eve 25.00",
      "service east 15.00",
      "service west 25.00",
    ]);
  });
});

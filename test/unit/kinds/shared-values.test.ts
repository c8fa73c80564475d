import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { fold } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { standingsOf } from "#engine/standings.ts";
import { evidence, type PlanDocument, planOf, sale, score, world } from "#test/fixtures/plan-builder.ts";

/** What a part of a sale is worth under each aggregate: divided where it is of the sale or a sum, whole where it describes it. */

type Measure = PlanDocument["measures"][number];

/** Ann's and the branch's value of one measure. */
function measuredOf(measure: Measure, facts: readonly Fact[], crediting: PlanDocument["crediting"]) {
  const plan = planOf({
    attributes: { size: "number", tag: "string" },
    crediting,
    measures: [{ id: "sales", aggregate: "sum", of: "amount" }, measure],
  });
  const rules = compileRules(world({ plan }));
  const standings = standingsOf(rules, fold(rules, Number.POSITIVE_INFINITY, facts));
  return standings.measured(measure.id, "participant", "ann").value;
}

const SPLITS: PlanDocument["crediting"] = { to: "splits", shared: "each", rollUp: "occurrence" };
const SELLER: PlanDocument["crediting"] = { to: "seller", rollUp: "occurrence" };

const HALVES = ["ann", "bob"].map((participantId) => ({ participantId, part: "1/2" }));
const SHARED = sale("ann", 100, "05-02", { quantity: "4", attributes: { size: 6 }, splits: HALVES });

describe("half of a sale", () => {
  it.each<[string, Measure, number]>([
    ["half its amount", { id: "m", aggregate: "sum", of: "amount" }, 5_000],
    ["half its amount as its largest", { id: "m", aggregate: "max", of: "amount" }, 5_000],
    ["half its amount as its last", { id: "m", aggregate: "last", of: "amount" }, 5_000],
    ["half its quantity as its largest", { id: "m", aggregate: "max", of: "quantity" }, 2_000_000],
    ["half of an attribute in a sum", { id: "m", aggregate: "sum", of: "size" }, 3_000_000],
    ["all of an attribute as its largest", { id: "m", aggregate: "max", of: "size" }, 6_000_000],
  ])("is %s", (_what, measure, expected) => {
    expect(measuredOf(measure, [SHARED], SPLITS)).toBe(expected);
  });
});

describe("different values are counted", () => {
  const facts: readonly Fact[] = [
    sale("ann", "5.00", "05-02", { quantity: "2", attributes: { tag: "x" } }),
    sale("ann", "5.0", "05-03", { quantity: "3", attributes: { tag: "x" } }),
    evidence("ann", "05-04", { quantity: "2.0", attributes: { tag: "y" } }),
    score("ann", "7", "05-05"),
    score("ann", "8", "05-06"),
    score("ann", "9", "05-07"),
  ];

  it.each([
    ["amount", 1],
    ["quantity", 2],
    ["value", 3],
    ["tag", 2],
  ])("of %s: %i", (of, expected) => {
    expect(measuredOf({ id: "m", aggregate: "distinct", of }, facts, SELLER)).toBe(expected);
  });

  it("and an attribute of another type than is declared is none", () => {
    const untrue = sale("ann", 5, "05-02", { attributes: { size: "6" } });
    expect(measuredOf({ id: "m", aggregate: "sum", of: "size" }, [untrue], SELLER)).toBe(0);
    expect(measuredOf({ id: "m", aggregate: "distinct", of: "size" }, [untrue], SELLER)).toBe(0);
  });
});

describe("a score has no quantity", () => {
  it("that a sum could count", () => {
    const facts = [score("ann", "7", "05-05"), sale("ann", 1, "05-06", { quantity: "2" })];
    expect(measuredOf({ id: "m", aggregate: "sum", of: "quantity" }, facts, SELLER)).toBe(2_000_000);
    expect(measuredOf({ id: "m", aggregate: "sum", of: "value" }, facts, SELLER)).toBe(7_000_000);
  });
});

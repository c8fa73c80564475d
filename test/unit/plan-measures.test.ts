import { describe, expect, it } from "vitest";
import { parsePlan } from "#domain/plan/check.ts";
import { commission, planDocument } from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, problemsOf, type Told } from "#test/fixtures/plan-problems.ts";

const ATTRIBUTES = { customer: "string", margin: "number", vip: "boolean" };
const SALES = { id: "sales", aggregate: "sum", of: "amount" };

/** A small plan with one more measure, beside `sales`. */
function measure(document: unknown): Change {
  return { attributes: ATTRIBUTES, measures: [SALES, document] };
}

function ratio(changes: Change = {}): Change {
  return measure({ id: "rate", ratio: { numerator: "sales", denominator: "sales", empty: "zero", ...changes } });
}

describe("a measure is taken", () => {
  it.each([
    ["of amounts", { id: "m", aggregate: "sum", of: "amount" }],
    ["of quantities", { id: "m", aggregate: "max", of: "quantity" }],
    ["of scores", { id: "m", aggregate: "last", of: "value", when: 'topic == "service"' }],
    ["of a number attribute", { id: "m", aggregate: "sum", of: "margin" }],
    ["of any attribute that is told apart", { id: "m", aggregate: "distinct", of: "vip" }],
    ["of facts", { id: "m", aggregate: "count" }],
    ["of two others", { id: "m", ratio: { numerator: "sales", denominator: "sales", empty: "exclude" } }],
  ])("%s", (_what, document) => {
    expect(problemsOf({ ...planDocument(), ...measure(document) })).toEqual([]);
  });

  it("and a ratio divides the same slice unless it says otherwise", () => {
    const [, rate] = parsePlan({ ...planDocument(), ...ratio() }).measures;
    expect(rate?.ratio).toEqual({ numerator: "sales", denominator: "sales", of: "same", empty: "zero" });
  });
});

describe("a measure is refused", () => {
  it.each<[what: string, Change, Told]>([
    [
      "with neither an aggregate nor a ratio",
      measure({ id: "m" }),
      ["measure-kind", "/measures/1", ["measure m", "neither"], { allowed: "aggregate or ratio" }],
    ],
    [
      "with both",
      measure({ id: "m", aggregate: "count", ratio: { numerator: "sales", denominator: "sales", empty: "zero" } }),
      ["measure-kind", "/measures/1", ["an aggregate (count) and a ratio"]],
    ],
    ...["sum", "distinct", "last", "max"].map((aggregate): [string, Change, Told] => [
      `with ${aggregate} of nothing`,
      measure({ id: "m", aggregate }),
      ["measure-of", "/measures/1/of", ["measure m", aggregate, "must say of what"], { mend: "add of: amount" }],
    ]),
    [
      "with a count of something",
      measure({ id: "m", aggregate: "count", of: "amount" }),
      ["measure-of", "/measures/1/of", ["counts facts"], { seen: "amount" }],
    ],
    [
      "of a name that facts do not have",
      measure({ id: "m", aggregate: "sum", of: "margn" }),
      [
        "measure-of",
        "/measures/1/of",
        ["margn is nothing that facts have"],
        { seen: "margn", allowed: "amount, quantity, value, margin" },
      ],
    ],
    [
      "of the sum of a text",
      measure({ id: "m", aggregate: "sum", of: "customer" }),
      ["measure-of", "/measures/1/of", ["customer is a string", "needs a number"], { seen: "customer" }],
    ],
    [
      "of the largest truth",
      measure({ id: "m", aggregate: "max", of: "vip" }),
      ["measure-of", "/measures/1/of", ["vip is a boolean"]],
    ],
    [
      "with an unknown aggregate",
      measure({ id: "m", aggregate: "average", of: "amount" }),
      ["invalid-value", "/measures/1/aggregate", [], { seen: "average", allowed: "sum, count, distinct, last, max" }],
    ],
    [
      "with a ratio of something",
      measure({ id: "m", of: "amount", ratio: { numerator: "sales", denominator: "sales", empty: "zero" } }),
      ["measure-of", "/measures/1/of", ["takes no `of`"], { seen: "amount" }],
    ],
    [
      "with a ratio under a condition",
      measure({ id: "m", when: "amount > 1.0", ratio: { numerator: "sales", denominator: "sales", empty: "zero" } }),
      ["measure-when", "/measures/1/when", ["no facts of its own"], { seen: "amount > 1.0" }],
    ],
    [
      "with a numerator that does not exist",
      ratio({ numerator: "seles" }),
      ["unknown-measure", "/measures/1/ratio/numerator", ["no measure seles"], { seen: "seles", allowed: "sales" }],
    ],
    [
      "with a ratio of itself",
      ratio({ denominator: "rate" }),
      ["ratio-of-ratio", "/measures/1/ratio/denominator", ["rate is a ratio itself"], { allowed: "sales" }],
    ],
    [
      "with a ratio that does not say what it is over nothing",
      ratio({ empty: undefined }),
      ["invalid-value", "/measures/1/ratio/empty", ["zero", "exclude"]],
    ],
  ])("%s", (_what, change, told) => expectOneProblem(change, told));
});

describe("crediting is refused", () => {
  const crediting = (changes: Change): Change => ({
    rewards: [commission()],
    crediting: { to: "seller", rollUp: "occurrence", ...changes },
  });

  it.each<[what: string, Change, Told]>([
    [
      "with splits that do not say what a shared sale counts",
      crediting({ to: "splits" }),
      ["policy-missing", "/crediting/shared", ["what a shared sale counts"], { mend: "add shared: each" }],
    ],
    [
      "with overlays that do not say it",
      crediting({ overlays: "credited" }),
      ["policy-missing", "/crediting/shared", ["what a shared sale counts"]],
    ],
    [
      "with an answer where no sale is shared",
      crediting({ shared: "seller" }),
      ["policy-unused", "/crediting/shared", ["no sale is shared"], { seen: "seller" }],
    ],
    ["without saying to whom", { crediting: { rollUp: "occurrence" } }, ["invalid-value", "/crediting/to", ["splits"]]],
  ])("%s", (_what, change, told) => expectOneProblem(change, told));

  it.each([
    { to: "splits", shared: "each" },
    { overlays: "credited", shared: "seller" },
    { to: "splits", overlays: "credited", shared: "each" },
    {},
  ])("not with %j", (changes) => {
    expect(problemsOf({ ...planDocument(), ...crediting(changes) })).toEqual([]);
  });
});

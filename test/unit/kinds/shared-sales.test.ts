import { describe, expect, it } from "vitest";
import type { Fact, Sale } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { creditOf, type FactCredit } from "#engine/credit.ts";
import { fold, merge } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { standingsOf } from "#engine/standings.ts";
import {
  at,
  evidence,
  type PlanDocument,
  paid,
  planOf,
  sale,
  score,
  settled,
  traceOf,
  world,
} from "#test/fixtures/plan-builder.ts";

type Crediting = PlanDocument["crediting"];

const SPLITS: Crediting = { to: "splits", shared: "each", rollUp: "occurrence" };
const OVERLAYS: Crediting = { to: "seller", overlays: "credited", shared: "each", rollUp: "occurrence" };
const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "packages", aggregate: "sum", of: "quantity" },
  { id: "deals", aggregate: "count" },
];

function shares(parts: Readonly<Record<string, string>>) {
  return Object.entries(parts).map(([participantId, part]) => ({ participantId, part }));
}

/** Values of everybody and of every branch and province, as `subject measure`: only what is not zero. */
function standing(plan: Plan, facts: readonly Fact[]): Record<string, number> {
  const rules = compileRules(world({ plan }));
  const standings = standingsOf(rules, fold(rules, Number.POSITIVE_INFINITY, facts));
  // A unit among the people would hide behind itself among the units.
  expect(standings.subjects("participant").filter((id) => rules.directory.unit(id))).toEqual([]);
  return Object.fromEntries(
    ["participant", "branch", "province"].flatMap((level) =>
      standings.subjects(level).flatMap((subject) =>
        plan.measures.flatMap(({ id }): [string, number][] => {
          const { value } = standings.measured(id, level, subject);
          return value === 0 ? [] : [[`${subject} ${id}`, value]];
        }),
      ),
    ),
  );
}

function creditsOf(plan: Plan, fact: Fact): readonly FactCredit[] {
  const crediting = creditOf(compileRules(world({ plan })), fact);
  return "credits" in crediting ? crediting.credits : [];
}

describe("splits", () => {
  it("published example G07: own sales of 2000 and half of 2000 are 3000", () => {
    const facts = [
      sale("ann", 2000, "05-02"),
      sale("bob", 2000, "05-03", { splits: shares({ ann: "50%", bob: "50%" }) }),
    ];
    const settlement = settled({ facts, plan: planOf({ crediting: SPLITS }) });
    expect(paid(settlement)).toEqual({ "commission ann": "300.00", "commission bob": "100.00" });
    expect(traceOf(settlement, "commission", "ann")[0]).toMatchObject({ step: "measure", value: "3000.00", facts: 2 });
  });

  it("sum exactly to the sale, the cent that is left going to the greatest remainder, equal ones by id", () => {
    const plan = planOf({ crediting: SPLITS, measures: MEASURES });
    const thirds = sale("dan", "100.00", "05-02", {
      quantity: "2",
      splits: shares({ cy: "1/3", ann: "1/3", bob: "1/3" }),
    });
    expect(standing(plan, [thirds])).toEqual({
      "ann sales": 3334,
      "ann packages": 666_667,
      "ann deals": 1,
      "bob sales": 3333,
      "bob packages": 666_667,
      "bob deals": 1,
      "cy sales": 3333,
      "cy packages": 666_666,
      "cy deals": 1,
      "east sales": 6667,
      "east packages": 1_333_334,
      "east deals": 2,
      "west sales": 3333,
      "west packages": 666_666,
      "west deals": 1,
      "north sales": 10000,
      "north packages": 2_000_000,
      "north deals": 3,
    });
  });

  it("of a sale that is given back take back what they gave", () => {
    const plan = planOf({ crediting: SPLITS });
    const splits = shares({ ann: "1/7", bob: "2/7", cy: "4/7" });
    const facts = [
      sale("ann", "100.00", "05-02", { splits }),
      sale("ann", "-100.00", "05-03", { splits }),
      sale("eve", 1, "05-04"),
    ];
    expect(standing(plan, facts)).toEqual({ "eve sales": 100, "coast sales": 100, "south sales": 100 });
  });

  it("count once for the seller where the plan says so, even if the seller gave all of it away", () => {
    const plan = planOf({ crediting: { ...SPLITS, shared: "seller" }, measures: MEASURES });
    const given = sale("ann", 100, "05-02", { splits: shares({ bob: "50%", eve: "50%" }) });
    expect(standing(plan, [given])).toMatchObject({ "ann deals": 1, "east deals": 1, "north deals": 1 });
    expect(standing(plan, [given])).not.toHaveProperty("bob deals");
    expect(standing(plan, [given])).not.toHaveProperty("ann sales");
    expect(standing(plan, [given])).toMatchObject({ "bob sales": 5000, "eve sales": 5000 });
  });

  it("are nothing to a plan that credits the seller", () => {
    const plan = planOf({ measures: MEASURES });
    const shared = sale("ann", 100, "05-02", { splits: shares({ bob: "100%" }), overlays: shares({ eve: "100%" }) });
    expect(creditsOf(plan, shared)).toEqual([
      { participantId: "ann", leaf: "east", values: [10000, 1_000_000, 1], rollsUp: true },
    ]);
  });

  it("are credited to those in the audience, each by where they are, and what others have goes to nobody", () => {
    const audience = { units: ["north"], membership: "occurrence" as const };
    const plan = planOf({ crediting: SPLITS, audience });
    const facts = [
      sale("eve", 100, "05-02", { splits: shares({ ann: "25%", eve: "75%" }) }),
      sale("ann", 100, "05-03", { splits: shares({ eve: "100%" }) }),
    ];
    const settlement = settled({ facts, plan });
    expect(paid(settlement)).toEqual({ "commission ann": "2.50" });
    expect(settlement.totals.facts).toMatchObject({ counted: 1, notCounted: { "outside-audience": 1 } });
  });
});

describe("overlays", () => {
  it("published example G03: each gets all of it, and only what was sold directly rolls up", () => {
    const plan = planOf({ crediting: OVERLAYS });
    // Ann for Steve, whose manager has east and north; Cy and Eve for John and Bill, whose managers have west, coast and south.
    const team = sale("ann", 100, "05-02", { overlays: shares({ cy: "100%", eve: "100%" }) });
    expect(standing(plan, [team])).toEqual({
      "ann sales": 10000,
      "cy sales": 10000,
      "eve sales": 10000,
      "east sales": 10000,
      "north sales": 10000,
    });
  });

  it("are the part that they say, half of the last digit away from zero, and go beside splits", () => {
    const plan = planOf({ crediting: { ...SPLITS, overlays: "credited" } });
    const shared = (amount: string) =>
      sale("ann", amount, "05-02", {
        splits: shares({ ann: "50%", bob: "50%" }),
        overlays: shares({ eve: "50%", cy: "150%" }),
      });
    const values = (fact: Sale) =>
      creditsOf(plan, fact).map(({ participantId, values: [value] }) => [participantId, value]);
    expect(values(shared("0.01"))).toEqual([
      ["ann", 1],
      ["bob", 0],
      ["cy", 2],
      ["eve", 1],
    ]);
    expect(values(shared("-0.01"))).toEqual([
      ["ann", -1],
      ["bob", 0],
      ["cy", -2],
      ["eve", -1],
    ]);
  });
});

describe("who is unknown", () => {
  it.each<[string, Partial<Sale>, string]>([
    ["with a split", { splits: shares({ ann: "50%", zed: "50%" }) }, "zed"],
    ["with an overlay", { overlays: shares({ zed: "1" }) }, "zed"],
    ["as the seller, who is told first", { participantId: "yve", overlays: shares({ zed: "1" }) }, "yve"],
    ["as a unit that is said to have sold", { participantId: "east" }, "east"],
  ])("%s holds the sale, and is named", (_what, changes, unknown) => {
    const { warnings, totals } = settled({ facts: [sale("ann", 100, "05-02", changes)] });
    expect(warnings).toMatchObject([
      {
        code: "held-unknown-participant",
        subject: unknown,
        message: expect.stringContaining(`${unknown} is not on file`),
      },
    ]);
    expect(totals.facts).toMatchObject({ counted: 0, held: { "unknown-participant": 1 } });
  });
});

describe("scores and evidence", () => {
  const plan = planOf({
    attributes: { kilometres: "number" },
    measures: [
      { id: "sales", aggregate: "sum", of: "amount" },
      { id: "points", aggregate: "sum", of: "value", when: 'topic == "service"' },
      { id: "latest", aggregate: "last", of: "value" },
      { id: "papers", aggregate: "sum", of: "quantity", when: 'kind == "evidence"' },
      { id: "kilometres", aggregate: "sum", of: "kilometres" },
      { id: "facts", aggregate: "count" },
    ],
  });

  it("count for whom they are about, and for the units above", () => {
    const facts = [
      score("ann", "87.5", "05-02"),
      score("ann", "-3", "05-03", { topic: "training" }),
      evidence("ann", "05-04", { quantity: "2.5" }),
    ];
    const mine = { sales: 0, points: 87_500_000, latest: -3_000_000, papers: 2_500_000, facts: 3 };
    const told = Object.entries(mine).filter(([, value]) => value !== 0);
    const everywhere = ["ann", "east", "north"].flatMap((who) => told.map(([id, value]) => [`${who} ${id}`, value]));
    expect(standing(plan, facts)).toEqual(Object.fromEntries(everywhere));
  });

  it("of a unit count for it and those above, and for no participant", () => {
    const facts = [score("east", "90", "05-02"), evidence("north", "05-03")];
    expect(standing(plan, facts)).toEqual({
      "east points": 90_000_000,
      "east latest": 90_000_000,
      "east facts": 1,
      "north points": 90_000_000,
      "north latest": 90_000_000,
      "north papers": 1_000_000,
      "north facts": 2,
    });
    expect(settled({ facts, plan }).totals.facts).toMatchObject({ counted: 2 });
  });

  it("of a unit are asked for their units, not for a role that no unit has", () => {
    const audience = { units: ["east"], roles: ["agent"], membership: "periodEnd" as const };
    const facts = [score("east", "90", "05-02"), score("west", "90", "05-02")];
    expect(settled({ facts, plan: { ...plan, audience } }).totals.facts).toMatchObject({
      counted: 1,
      notCounted: { "outside-audience": 1 },
    });
  });

  it("are measured in attributes to six digits, and a value that no number fits is none", () => {
    const of = (kilometres: Fact["attributes"][string]) =>
      creditsOf(plan, score("ann", "1", "05-02", { attributes: { kilometres } }))[0]?.values[4];
    expect([12.5, 0.1 + 0.2, 0.000_000_5, -0.000_000_5, 1e-7, 1e21, "12"].map(of)).toEqual([
      12_500_000,
      300_000,
      1,
      -1,
      0,
      null,
      null,
    ]);
  });
});

describe("distinct values", () => {
  const plan = planOf({
    attributes: { customer: "string" },
    crediting: SPLITS,
    measures: [...MEASURES, { id: "customers", aggregate: "distinct", of: "customer" }],
  });

  it("are told apart by their texts, and a fact without one is none", () => {
    const customer = (name: string, local: string) => sale("ann", 1, local, { attributes: { customer: name } });
    const facts = [customer("x", "05-02"), customer("x", "05-03"), customer("y", "05-04"), sale("ann", 1, "05-05")];
    expect(standing(plan, facts)).toMatchObject({ "ann customers": 2, "ann deals": 4, "east customers": 2 });
    expect(creditsOf(plan, customer("x", "05-02"))).toMatchObject([
      { values: [100, 1_000_000, 1, 1], texts: { 3: "x" } },
    ]);
    expect(creditsOf(plan, sale("ann", 1, "05-05"))[0]).not.toHaveProperty("texts");
  });

  it("of a shared sale are one for each, and one for the unit", () => {
    const splits = shares({ ann: "50%", bob: "50%" });
    const facts = [sale("ann", 1, "05-02", { splits, attributes: { customer: "x" } })];
    expect(standing(plan, facts)).toMatchObject({
      "ann customers": 1,
      "bob customers": 1,
      "east customers": 1,
      "east deals": 2,
    });
  });
});

describe("a cancelled fact", () => {
  const rules = compileRules(world({ plan: planOf() }));
  const cancelled = (changes: Partial<Sale> = {}) =>
    sale("ann", 100, "05-02", { version: 2, status: "cancelled", ...changes });

  it("tells when it was undone and what it was worth", () => {
    const credits = [{ participantId: "ann", leaf: "east", values: [10000], rollsUp: true }];
    const cancelledAt = at("05-09");
    expect(creditOf(rules, cancelled({ cancelledAt }))).toEqual({
      outcome: "cancelled",
      cancelledAt: parseInstant(cancelledAt),
      credits,
    });
    expect(creditOf(rules, cancelled({ recordedAt: at("05-20") }))).toEqual({
      outcome: "cancelled",
      cancelledAt: parseInstant(at("05-20")),
      credits,
    });
  });

  it("was worth nothing where it would not have counted", () => {
    expect(creditOf(rules, cancelled({ currency: "USD" }))).toMatchObject({ outcome: "cancelled", credits: [] });
  });

  it("heard of twice was undone when it was heard of first, in whatever order the two are folded", () => {
    const [first, again] = [cancelled({ recordedAt: at("05-20") }), cancelled({ recordedAt: at("05-25") })];
    const undone = (...facts: readonly (readonly Fact[])[]) =>
      facts
        .map((part) => fold(rules, Number.POSITIVE_INFINITY, part))
        .reduce(merge)
        .states.get("pos#ann 05-02")?.crediting;
    const expected = { outcome: "cancelled", cancelledAt: parseInstant(at("05-20")) };
    expect(undone([first, again])).toMatchObject(expected);
    expect(undone([again, first])).toMatchObject(expected);
    expect(undone([first], [again])).toMatchObject(expected);
    expect(undone([again], [first])).toMatchObject(expected);
  });
});

import { describe, expect, it } from "vitest";
import type { Fact, Sale } from "#domain/fact.ts";
import type { Membership } from "#domain/org.ts";
import {
  at,
  commission,
  type PlanDocument,
  paid,
  person,
  planOf,
  prizes,
  ranking,
  type SmallWorld,
  sale,
  settled,
  traceOf,
} from "#test/fixtures/plan-builder.ts";

/** What every unit of a level sold, as its ranking shows it. */
function valuesAt(level: string, world: Partial<SmallWorld>): Record<string, string> {
  const plan = planOf({ rewards: [ranking({ level, prizes: prizes(1) })] });
  const { lines, notAwarded } = settled({ plan, ...world });
  return Object.fromEntries(
    [...lines, ...notAwarded].flatMap(({ trace }) =>
      trace.flatMap((step) => (step.step === "measure" ? [[step.subject, step.value]] : [])),
    ),
  );
}

describe("a sale rolls up by the membership in force when it occurred", () => {
  const MOVER = [
    person("ann", "east", { to: "2018-05-10" }),
    person("ann", "coast", { from: "2018-05-10" }),
    person("bob", "west"),
  ];

  it("so a mover's sales stay where they were made, to the instant", () => {
    const facts = [
      sale("ann", 60, "05-02"),
      // The last minute of the 9th, the first of the 10th.
      sale("ann", 7, "05-09 23:59"),
      sale("ann", 50, "05-10 00:00"),
      sale("bob", 5, "05-20"),
    ];
    expect(valuesAt("branch", { facts, memberships: MOVER })).toEqual({ east: "67.00", west: "5.00", coast: "50.00" });
    expect(valuesAt("province", { facts, memberships: MOVER })).toEqual({ north: "72.00", south: "50.00" });
    expect(valuesAt("company", { facts, memberships: MOVER })).toEqual({ firm: "122.00" });
    expect(valuesAt("participant", { facts, memberships: MOVER })).toEqual({ ann: "117.00", bob: "5.00" });
  });

  it("by when it happened, not by when it was told", () => {
    const facts = [sale("ann", 60, "05-02", { recordedAt: at("05-20") })];
    expect(valuesAt("branch", { facts, memberships: MOVER })).toMatchObject({ east: "60.00", coast: "0.00" });
  });

  it("counts for the seller alone where there was none, and finance is told", () => {
    const memberships = [person("ann", "east", { from: "2018-05-10" })];
    const facts = [sale("ann", 60, "05-02"), sale("ann", 40, "05-12")];
    expect(valuesAt("branch", { facts, memberships })).toEqual({ east: "40.00", west: "0.00", coast: "0.00" });
    const { lines, warnings } = settled({ facts, memberships });
    expect(paid({ lines })).toEqual({ "commission ann": "10.00" });
    expect(warnings).toEqual([
      {
        code: "no-membership-at-sale",
        subject: "ann",
        message: "ann belonged to no unit when 1 fact (pos#ann 05-02) occurred: counted for the seller, for no unit",
        blocks: false,
      },
    ]);
  });
});

describe("of a fact's versions the highest that is known counts", () => {
  const first = sale("ann", 100, "05-02");
  const version = (number: number, changes: Partial<Sale>): Sale => ({
    ...first,
    version: number,
    recordedAt: at("05-10"),
    ...changes,
  });
  const paidFor = (...facts: readonly Fact[]) => paid(settled({ facts }));

  it.each<[what: string, versions: readonly Fact[], expected: Record<string, string>]>([
    ["as it came", [first], { "commission ann": "10.00" }],
    ["corrected", [first, version(2, { amount: "80.00" })], { "commission ann": "8.00" }],
    ["corrected in any order", [version(2, { amount: "80.00" }), first], { "commission ann": "8.00" }],
    ["cancelled", [first, version(2, { status: "cancelled" })], {}],
    ["cancelled before it was told", [version(2, { status: "cancelled" }), first], {}],
    ["cancelled without ever being told", [version(1, { status: "cancelled" })], {}],
    [
      "cancelled and put right",
      [first, version(2, { status: "cancelled" }), version(3, { amount: "90.00" })],
      { "commission ann": "9.00" },
    ],
    ["given to another seller", [first, version(2, { participantId: "cy" })], { "commission cy": "10.00" }],
    ["moved out of the period", [first, version(2, { occurredAt: at("06-02") })], {}],
    ["with numbers left out", [first, version(7, { amount: "70.00" })], { "commission ann": "7.00" }],
    ["told twice", [first, first, { ...first, recordedAt: at("05-20") }], { "commission ann": "10.00" }],
  ])("%s", (_what, versions, expected) => {
    expect(paidFor(...versions)).toEqual(expected);
  });

  it("and of two that should not both be there the content decides, not the order", () => {
    const other = { ...first, amount: "70.00" };
    expect(paidFor(first, other)).toEqual(paidFor(other, first));
  });

  it("and ids of different sources are different facts", () => {
    expect(paidFor(first, { ...first, source: "web" })).toEqual({ "commission ann": "20.00" });
  });
});

describe("every known fact ends in one place", () => {
  const plan = planOf({
    attributes: { entry: "string" },
    counts: [
      { id: "product", when: 'product == "P"' },
      { id: "entry", when: 'entry == "app"' },
    ],
    audience: { roles: ["agent"], membership: "occurrence" },
  });
  const app = (id: string, changes: Partial<Sale> = {}) =>
    sale("ann", 100, "05-02", { externalId: id, attributes: { entry: "app" }, ...changes });

  it("and the first reason that holds is told", () => {
    const facts = [
      app("counted"),
      app("cancelled", { status: "cancelled" }),
      app("too early", { occurredAt: at("04-30"), product: "X" }),
      app("dollars", { currency: "USD", product: "X" }),
      app("a manager's", { participantId: "mia", product: "X" }),
      app("another product", { product: "X", attributes: { entry: "web" } }),
      app("another entry", { attributes: { entry: "web" } }),
      app("without entry", { attributes: {} }),
      app("a stranger's", { participantId: "zed" }),
      app("another stranger's", { participantId: "zed", status: "cancelled" }),
      app("no currency", { currency: "ZZZ" }),
    ];
    const memberships = [person("ann", "east"), person("mia", "east", { role: "manager" })];
    const { totals, warnings } = settled({ plan, facts, memberships });
    expect(totals.facts).toEqual({
      known: 11,
      counted: 1,
      cancelled: 1,
      notCounted: { "outside-period": 1, "other-currency": 1, "outside-audience": 1, product: 1, entry: 2 },
      held: { "unknown-participant": 2, "unknown-currency": 1 },
    });
    expect(warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "held-unknown-participant: zed is not on file: 2 facts (pos#a stranger's, pos#another stranger's) held until that is mended",
      "held-unknown-currency: ZZZ is not an ISO 4217 currency: 1 fact (pos#no currency) held until that is mended",
    ]);
  });
});

describe("the audience", () => {
  const people: readonly Membership[] = [
    person("ann", "east", { role: "manager", to: "2018-05-10" }),
    person("ann", "east", { role: "agent", from: "2018-05-10" }),
    person("bob", "coast", { to: "2018-05-10" }),
    person("bob", "west", { from: "2018-05-10" }),
    person("leo", "west", { to: "2018-05-20" }),
  ];
  const facts = ["ann", "bob", "leo"].flatMap((id) => [sale(id, 100, "05-02"), sale(id, 10, "05-12")]);
  const paidTo = (audience: PlanDocument["audience"]) =>
    paid(settled({ plan: planOf({ audience, rewards: [commission()] }), memberships: people, facts }));

  it("of everybody is the default", () => {
    expect(paidTo({})).toEqual({ "commission ann": "11.00", "commission bob": "11.00", "commission leo": "11.00" });
  });

  it("by the membership of each sale counts what was sold while it was in force", () => {
    expect(paidTo({ roles: ["agent"], units: ["north"], membership: "occurrence" })).toEqual({
      "commission ann": "1.00",
      "commission bob": "1.00",
      "commission leo": "11.00",
    });
  });

  it("by the membership at the end counts all or nothing", () => {
    expect(paidTo({ roles: ["agent"], units: ["north"], membership: "periodEnd" })).toEqual({
      "commission ann": "11.00",
      "commission bob": "11.00",
    });
  });
});

describe("a measure", () => {
  const facts = [
    sale("ann", 100, "05-02", { quantity: "2" }),
    sale("ann", 50, "05-03", { quantity: "0.5", product: "X" }),
  ];
  const value = (measure: PlanDocument["measures"][number]) => {
    const plan = planOf({ measures: [measure], rewards: [ranking()] });
    return traceOf(settled({ plan, facts }), "ranking", "ann")[0];
  };

  it.each([
    ["sums amounts", { id: "sales", aggregate: "sum", of: "amount" }, "150.00", 2],
    ["sums quantities", { id: "sales", aggregate: "sum", of: "quantity" }, "2.500000", 2],
    ["counts", { id: "sales", aggregate: "count" }, "2", 2],
    ["counts under a condition", { id: "sales", aggregate: "count", when: 'product == "X"' }, "1", 1],
  ] as const)("%s", (_what, measure, expected, count) => {
    expect(value(measure)).toMatchObject({ value: expected, facts: count });
  });
});

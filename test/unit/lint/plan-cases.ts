import { person, race, ranking, sale, UNITS } from "#test/fixtures/plan-builder.ts";
import { AGENTS, counting, FACTS, type LintCase, period, planned, rewarding, SPLIT, STAFFED } from "./case-kit.ts";

const SCOPE_CASES: readonly LintCase[] = [
  {
    code: "unknown-level",
    severity: "blocks",
    path: "/rewards/0/level",
    says: "no unit of the organisation is of level shop (it has 6 units)",
    unwise: rewarding(ranking({ level: "shop" }), { units: UNITS }),
    wise: rewarding(ranking({ level: "branch" }), { units: UNITS }),
  },
  {
    code: "unknown-unit",
    severity: "blocks",
    path: "/rewards/0/within/unit",
    says: "names the unit centre, which the organisation does not have (it has 6 units)",
    unwise: rewarding(race({ within: { unit: "centre" } }), { units: UNITS }),
    wise: rewarding(race({ within: { unit: "north" } }), { units: UNITS }),
  },
  {
    code: "audience-empty",
    severity: "blocks",
    path: "/audience",
    says: "none of the 5 people on file is in the audience (units south, roles broker)",
    unwise: planned({ audience: { units: ["south"], roles: ["broker"], membership: "occurrence" } }, STAFFED),
    wise: planned({ audience: { units: ["south"], roles: ["agent"], membership: "occurrence" } }, STAFFED),
  },
  {
    // Who left on 20 May was there in the period, and not at its end.
    code: "audience-empty",
    severity: "blocks",
    path: "/audience",
    says: "none of the 1 people on file",
    unwise: planned(
      { audience: { roles: ["agent"], membership: "periodEnd" } },
      { units: UNITS, memberships: [person("leo", "east", { to: "2018-05-20" })] },
    ),
    wise: planned(
      { audience: { roles: ["agent"], membership: "occurrence" } },
      { units: UNITS, memberships: [person("leo", "east", { to: "2018-05-20" })] },
    ),
  },
  {
    code: "nobody-in-scope",
    severity: "blocks",
    path: "/rewards/0/within/unit",
    says: "0 of the 3 units of level branch can take part in race (within firm2)",
    unwise: rewarding(race({ within: { unit: "firm2" } }), {
      units: [...UNITS, { unit: "firm2", parent: null, level: "company", name: "Firm 2" }],
    }),
    wise: rewarding(race({ within: { unit: "firm" } }), { units: UNITS }),
  },
  {
    code: "nobody-in-scope",
    severity: "warns",
    path: "/rewards/0/roles/anyOf",
    says: "0 of the 5 people on file can take part in ranking (with role broker at the period's end)",
    unwise: rewarding(ranking({ roles: { anyOf: ["broker"], membership: "periodEnd" } }), STAFFED),
    wise: rewarding(ranking({ roles: { anyOf: ["agent"], membership: "periodEnd" } }), STAFFED),
  },
  {
    code: "role-absent",
    severity: "warns",
    path: "/rewards/0/roles/anyOf/1",
    says: "0 people in the scope of ranking are broker",
    unwise: rewarding(ranking({ roles: { anyOf: ["agent", "broker"], membership: "periodEnd" } }), STAFFED),
    wise: rewarding(ranking({ roles: { anyOf: ["agent"], membership: "periodEnd" } }), STAFFED),
  },
  {
    code: "outside-audience",
    severity: "blocks",
    path: "/rewards/0/within/unit",
    says: "race looks only at north, and the sales of south alone count",
    unwise: planned(
      { audience: { units: ["south"], membership: "occurrence" }, rewards: [race({ within: { unit: "north" } })] },
      { units: UNITS },
    ),
    wise: planned(
      { audience: { units: ["east"], membership: "occurrence" }, rewards: [race({ within: { unit: "north" } })] },
      { units: UNITS },
    ),
  },
  {
    code: "split-nobody",
    severity: "warns",
    path: "/rewards/0/pay/split/byRole",
    says: "0 of the 3 units in the scope of race have a boss",
    unwise: rewarding(race({ pay: SPLIT({ boss: "1", agent: "0" }) }), STAFFED),
    wise: rewarding(race({ pay: SPLIT({ boss: "1", agent: "0.5" }) }), STAFFED),
  },
  {
    code: "split-role-absent",
    severity: "warns",
    path: "/rewards/0/pay/split/byRole/boss",
    says: "0 people in the 3 units in the scope of race are boss",
    unwise: rewarding(race({ pay: SPLIT({ boss: "1", agent: "0.5" }) }), STAFFED),
    wise: rewarding(race({ pay: SPLIT({ agent: "1" }) }), STAFFED),
  },
  {
    code: "split-unit-empty",
    severity: "warns",
    path: "/rewards/0/pay/split/byRole",
    says: "1 of 3 units have no agent at the period's end: coast",
    unwise: rewarding(race({ pay: SPLIT({ agent: "1" }) }), { units: UNITS, memberships: AGENTS.slice(0, 4) }),
    wise: rewarding(race({ pay: SPLIT({ agent: "1" }) }), STAFFED),
  },
];

const PERIOD_CASES: readonly LintCase[] = [
  {
    code: "short-period",
    severity: "warns",
    path: "/period",
    says: "lasts 23 hours",
    unwise: planned(period("2018-05-02T00:00", "2018-05-02T23:00")),
    wise: planned(period("2018-05-02T00:00", "2018-05-03T00:00")),
  },
  {
    // 5 May 2018 was a Saturday.
    code: "no-working-day",
    severity: "warns",
    path: "/period",
    says: "2018-05-05, 2018-05-06",
    unwise: planned(period("2018-05-05T00:00", "2018-05-07T00:00")),
    wise: planned(period("2018-05-05T00:00", "2018-05-07T00:01")),
  },
  {
    code: "inside-a-day",
    severity: "warns",
    path: "/period/end",
    says: "ends at 23:59:00+08:00, inside 2018-05-31",
    unwise: planned(period("2018-05-01T00:00", "2018-05-31T23:59")),
    wise: planned(period("2018-05-01T00:00", "2018-06-01T00:00")),
  },
  {
    code: "no-late-window",
    severity: "warns",
    path: "/lateFacts",
    says: "1 minute after it is an adjustment",
    unwise: planned({ lateFacts: "P0D" }),
    wise: planned({ lateFacts: "PT1H" }),
  },
  {
    code: "long-late-window",
    severity: "warns",
    path: "/lateFacts",
    says: "32 days, longer than the period's 31 days",
    unwise: planned({ lateFacts: "P32D" }),
    wise: planned({ lateFacts: "P31D" }),
  },
];

const ENTRY = { attributes: { entry: "string" as const } };
const CONDITION_CASES: readonly LintCase[] = [
  {
    code: "condition-constant",
    severity: "blocks",
    path: "/counts/0/when",
    says: "0 facts can pass",
    unwise: planned(counting("false")),
    wise: planned(counting('product == "A"')),
  },
  {
    code: "condition-constant",
    severity: "warns",
    path: "/counts/0/when",
    says: "counts c1 always holds",
    unwise: planned(counting("true")),
    wise: planned(counting('product == "A"')),
  },
  {
    code: "conditions-contradict",
    severity: "blocks",
    path: "/counts/1/when",
    says: 'counts c2 asks for product in ["C"], and counts c1 asks for product in ["A", "B"]: 0 facts',
    unwise: planned(counting('product in ["A", "B"]', 'channel == "x" && product == "C"')),
    wise: planned(counting('product in ["A", "B"]', 'channel == "x" && product == "B"')),
  },
  {
    code: "conditions-contradict",
    severity: "blocks",
    path: "/counts/0/when",
    says: "counts c1 asks for amount <= 100, and also amount > 100",
    unwise: planned(counting("amount > 100.0 && amount <= 100.0")),
    wise: planned(counting("amount >= 100.0 && amount <= 100.0")),
  },
  {
    code: "conditions-contradict",
    severity: "blocks",
    path: "/measures/0/when",
    says: 'measure sales asks for product in ["B"]',
    unwise: planned({
      ...counting('product == "A"'),
      measures: [{ id: "sales", aggregate: "sum", of: "amount", when: 'product == "B"' }],
    }),
    wise: planned({
      ...counting('product == "A" || channel == "x"'),
      measures: [{ id: "sales", aggregate: "sum", of: "amount", when: 'product == "B"' }],
    }),
  },
  {
    code: "sample-outside-period",
    severity: "warns",
    path: "/period",
    says: "none of the 1 sample facts occurred from 2018-05-01T00:00",
    unwise: planned({}, { facts: [sale("ann", 1, "06-01 00:00")] }),
    wise: planned({}, { facts: [sale("ann", 1, "05-31 23:59")] }),
  },
  {
    code: "condition-never-holds",
    severity: "warns",
    path: "/counts/0/when",
    says: "counts c1 holds for 0 of the 2 sample facts; 2 lack an attribute",
    unwise: planned({ attributes: { vip: "boolean" }, ...counting("vip") }, { facts: FACTS }),
    wise: planned({ ...ENTRY, ...counting('entry == "app"') }, { facts: FACTS }),
  },
  {
    code: "condition-always-holds",
    severity: "warns",
    path: "/counts/0/when",
    says: "counts c1 holds for all 2 sample facts",
    unwise: planned(counting("amount >= 100.0"), { facts: FACTS }),
    wise: planned(counting("amount > 100.0"), { facts: FACTS }),
  },
  {
    code: "value-unseen",
    severity: "warns",
    path: "/counts/0/when",
    says: "counts c1 names product LAJ, which 0 of the 2 sample facts have",
    unwise: planned(counting('product in ["LAY", "LAJ"]'), { facts: FACTS }),
    wise: planned(counting('product in ["LAY"] || amount > 150.0'), {
      facts: FACTS,
    }),
  },
  {
    code: "unused-measure",
    severity: "warns",
    path: "/measures/1",
    says: "none of the 1 rewards and their gates looks at the measure deals",
    unwise: planned({
      measures: [
        { id: "sales", aggregate: "sum", of: "amount" },
        { id: "deals", aggregate: "count" },
      ],
    }),
    wise: planned({
      measures: [
        { id: "sales", aggregate: "sum", of: "amount" },
        { id: "deals", aggregate: "count" },
      ],
      rewards: [ranking({ gates: [{ on: "self", measure: "deals", atLeast: { value: "1" } }] })],
    }),
  },
  {
    // Named inside a literal is not named.
    code: "unused-attribute",
    severity: "warns",
    path: "/attributes/entry",
    says: "none of the 1 clauses of counts and no measure names the attribute entry",
    unwise: planned({ ...ENTRY, ...counting('product == "entry"') }),
    wise: planned({ ...ENTRY, ...counting('entry == "app"') }),
  },
];

/** The plan around its rewards: who, when, and what counts. */
export const PLAN_CASES: readonly LintCase[] = [...SCOPE_CASES, ...PERIOD_CASES, ...CONDITION_CASES];

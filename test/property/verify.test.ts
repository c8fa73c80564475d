import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { ROUNDING_MODES } from "#domain/decimal.ts";
import type { Fact } from "#domain/fact.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import type { Settlement } from "#domain/line.ts";
import { parsePlan } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { GATE_EFFECTS, TIE_POLICIES } from "#domain/plan/rewards/ranking.ts";
import { BAND_MODES } from "#domain/plan/rewards/tiers.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import { type SettleInputs, settle } from "#engine/settle.ts";
import { bent, crediting } from "#test/fixtures/bent-facts.ts";
import { jiangxi, readWorld } from "#test/fixtures/campaign.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import type { PlanDocument, RewardDocument } from "#test/fixtures/plan-builder.ts";
import { verify } from "#verify/verify.ts";

/** Worlds that are looked at; a world settles and verifies in some milliseconds. */
const RUNS = 60;

type Inputs = Omit<SettleInputs, "facts"> & { readonly facts: readonly Fact[] };

/** What a run writes, as a reader elsewhere gets it. */
function written(inputs: Inputs, settlement: Settlement) {
  const { plan, units, memberships, targets, facts, asOf } = inputs;
  const bundle = { plan, units, memberships, targets, facts, asOf: formatInstant(asOf), settlement };
  return JSON.parse(JSON.stringify(bundle));
}

/** Everything that the verifier has to say against a run. */
function objections(inputs: Inputs, settlement: Settlement) {
  const { lines, checks } = verify(readBundle(written(inputs, settlement)));
  return [...lines, ...checks].filter(({ verdict }) => verdict !== "agrees");
}

const world = fc.integer({ min: 0, max: 1_000_000 }).map((seed): Inputs => {
  const texts = randomWorld(seed);
  return { ...readWorld(texts), asOf: parseInstant(texts.asOf) ?? Number.NaN };
});

const MEASURES: PlanDocument["measures"] = [
  { id: "premium", aggregate: "sum", of: "amount" },
  { id: "policies", aggregate: "count", when: 'product == "LAY" && amount > 100.0' },
  { id: "packages", aggregate: "sum", of: "quantity", when: 'source != "hq-web"' },
  { id: "points", aggregate: "sum", of: "value", when: 'topic == "service"' },
  { id: "grade", aggregate: "last", of: "value" },
  { id: "largest", aggregate: "max", of: "amount" },
  { id: "entries", aggregate: "distinct", of: "entry" },
  { id: "papers", aggregate: "sum", of: "quantity", when: 'kind == "evidence"' },
];

/** Thresholds that the worlds' few amounts reach at equality, or miss by a fen. */
const premiumGate = fc
  .constantFrom("0.01", "5000.00", "10000.00", "20000.00", "100000.00")
  .map((value) => ({ on: "self" as const, measure: "premium", atLeast: { value } }));
const policyGate = fc
  .constantFrom("0", "1", "2", "4")
  .map((value) => ({ on: "self" as const, measure: "policies", atLeast: { value } }));
const provinceGate = fc.constantFrom("10000.00", "100000.00").map((value) => ({
  on: { ancestor: "province", membership: "periodEnd" as const },
  measure: "premium",
  atLeast: { value },
}));
const targetGate = fc.constantFrom("start", "budget").map((target) => ({
  on: { ancestor: "branch", membership: "periodEnd" as const },
  measure: "premium",
  atLeast: { target },
}));

const anyGates = fc.array(fc.oneof(premiumGate, policyGate, provinceGate), { maxLength: 2 });
/** Only the province's branches have targets. */
const provincialGates = fc.array(fc.oneof(premiumGate, policyGate, targetGate), { maxLength: 3 });

const prizes = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("0.00", "0.01", "10.00", "999.99", "8000.00")), {
    minLength: 1,
    maxLength: 4,
  })
  .map((bands) => {
    let from = 1;
    return bands.map(([places, amount]) => {
      const band = { from, to: from + places - 1, amount };
      from += places;
      return band;
    });
  });

const split = fc.record({
  split: fc.record({
    byRole: fc.constantFrom<Readonly<Record<string, string>>[]>(
      { "sales-manager": "1", "sales-staff": "0.5" },
      { "sales-manager": "1/3", agent: "25%", "sales-staff": "0" },
      { agent: "7" },
      { nobody: "1" },
    ),
    membership: fc.constant("periodEnd" as const),
    nobody: fc.constantFrom("unit" as const, "forfeit" as const),
  }),
});
const pay = fc.oneof(fc.constant("self" as const), split);

const roles = fc.option(
  fc
    .subarray(["agent", "sales-manager", "sales-staff"], { minLength: 1 })
    .map((anyOf) => ({ anyOf, membership: "periodEnd" as const })),
  { nil: undefined },
);
const level = fc.constantFrom("participant", "branch", "province");
const commission: fc.Arbitrary<RewardDocument> = fc.record({
  id: fc.constant("commission"),
  kind: fc.constant("commission" as const),
  measure: fc.constant("premium"),
  level,
  gates: anyGates,
  pay: fc.constant("self" as const),
  rate: fc.constantFrom("35%", "50%", "0.125", "1/3", "0"),
  rounding: fc.record({
    scope: fc.constantFrom("perFact" as const, "perTotal" as const),
    mode: fc.constantFrom(...ROUNDING_MODES),
    unit: fc.constantFrom("0.01", "0.05", "1"),
  }),
});
const rounding = {
  mode: fc.constantFrom(...ROUNDING_MODES),
  unit: fc.constantFrom("0.01", "0.05", "1"),
};
const SCOPES = [
  { scope: "perFact", rounded: "perFact" },
  { scope: "perFact", rounded: "perTotal" },
  { scope: "cumulative", rounded: "perTotal" },
] as const;
const perUnit: fc.Arbitrary<RewardDocument> = fc
  .record({
    scopes: fc.constantFrom(...SCOPES),
    rounding: fc.record(rounding),
    measure: fc.constantFrom("policies", "packages"),
    level,
    gates: anyGates,
    amount: fc.constantFrom("0", "0.001", "0.125", "3.5", "20.00"),
    packages: fc.option(
      fc.record({
        size: fc.constantFrom("1", "2", "3", "7"),
        partial: fc.constantFrom("started" as const, "full" as const),
      }),
      { nil: undefined },
    ),
    freeUnits: fc.constantFrom("0", "1", "3"),
  })
  .map(({ scopes: { scope, rounded }, packages, ...rest }) => ({
    id: "per-unit",
    kind: "perUnit",
    pay: "self",
    ...rest,
    ...(packages ? { packages } : {}),
    scope,
    rounding: { ...rest.rounding, scope: rounded },
  }));
/** Marks of values, on which the worlds' few amounts lie, or of a target; only the province's branches have one. */
const marked = fc.oneof(
  fc.record({
    by: fc.constant("value" as const),
    measure: fc.constant("premium"),
    level,
    marks: fc.subarray(["0", "0.01", "5000.00", "10000", "15000.01", "40000", "100000"], { minLength: 2 }),
  }),
  fc.record({
    by: fc.constant("value" as const),
    measure: fc.constantFrom("policies", "packages"),
    level,
    marks: fc.subarray(["0", "1", "2", "3", "5", "8", "20"], { minLength: 2 }),
  }),
  fc.record({
    by: fc.constantFrom({ attainment: "start" }, { attainment: "budget" }),
    measure: fc.constant("premium"),
    level,
    marks: fc.subarray(["0", "1%", "1/30", "0.1", "1/3", "50%", "100%", "120%"], { minLength: 2 }),
  }),
);
const milestone: fc.Arbitrary<RewardDocument> = fc
  .record({
    marked,
    gates: anyGates,
    policy: fc.constantFrom("every" as const, "highestOnly" as const),
    reach: fc.constantFrom("final" as const, "peak" as const),
    amounts: fc.array(fc.constantFrom("0", "0.01", "100.00", "250.00"), { minLength: 8, maxLength: 8 }),
  })
  .map(({ marked: { marks, ...on }, amounts, ...rest }) => ({
    id: "milestone",
    kind: "milestone",
    pay: "self",
    ...on,
    ...rest,
    steps: marks.map((at, index) => ({ at, amount: amounts[index] ?? "0" })),
  }));
const tiers: fc.Arbitrary<RewardDocument> = fc
  .record({
    marked,
    gates: anyGates,
    scopes: fc.constantFrom(...SCOPES),
    rounding: fc.record(rounding),
    edge: fc.constantFrom("lower" as const, "upper" as const),
    mode: fc.constantFrom("marginal" as const, "whole" as const),
    isEndless: fc.boolean(),
    pays: fc.array(
      fc.record({
        mode: fc.option(fc.constantFrom(...BAND_MODES), { nil: undefined }),
        price: fc.constantFrom("0", "0.01", "0.125", "3"),
        flat: fc.option(fc.constantFrom("0", "0.005", "88.88"), { nil: undefined }),
      }),
      { minLength: 8, maxLength: 8 },
    ),
  })
  .map(({ marked: { marks, ...on }, scopes, isEndless, pays, ...rest }) => {
    const { scope, rounded } = on.by === "value" ? scopes : SCOPES[2];
    const bands = marks.slice(isEndless ? 0 : 1).map((mark, index) => {
      const { mode, price, flat } = pays[index] ?? { mode: undefined, price: "0", flat: undefined };
      const to = isEndless ? marks[index + 1] : mark;
      return {
        from: marks[index] ?? "0",
        ...(to === undefined ? {} : { to }),
        ...(on.measure === "premium" ? { rate: price } : { perUnit: price }),
        ...(flat === undefined ? {} : { flat }),
        ...(mode === undefined || (mode === "interpolated" && to === undefined) ? {} : { mode }),
      };
    });
    return {
      id: "tiers",
      kind: "tiers",
      pay: "self",
      ...on,
      ...rest,
      scope,
      rounding: { ...rest.rounding, scope: rounded },
      bands,
    };
  });
const unitRanking: fc.Arbitrary<RewardDocument> = fc.record({
  id: fc.constant("unit-ranking"),
  kind: fc.constant("ranking" as const),
  measure: fc.constantFrom("premium", "policies", "packages", "points", "grade", "largest", "entries", "papers"),
  level: fc.constantFrom("branch", "province"),
  gates: anyGates,
  pay,
  gateEffect: fc.constantFrom(...GATE_EFFECTS),
  ties: fc.constantFrom(...TIE_POLICIES),
  prizes,
});
const race: fc.Arbitrary<RewardDocument> = fc.record({
  id: fc.constant("race"),
  kind: fc.constant("race" as const),
  measure: fc.constant("premium"),
  level: fc.constant("branch"),
  within: fc.constant({ unit: "jiangxi" }),
  gates: provincialGates,
  pay,
  targets: fc.constantFrom<string[][]>(["budget", "start"], ["start", "budget"], ["start"], ["budget"]),
  prizes,
});
const personalRanking: fc.Arbitrary<RewardDocument> = fc
  .record({
    roles,
    measure: fc.constantFrom("premium", "policies", "points", "grade", "largest", "entries"),
    gateEffect: fc.constantFrom(...GATE_EFFECTS),
    ties: fc.constantFrom(...TIE_POLICIES),
    prizes,
    scope: fc.oneof(
      anyGates.map((gates) => ({ gates })),
      provincialGates.map((gates) => ({ gates, within: { unit: "jiangxi", membership: "periodEnd" as const } })),
    ),
  })
  .map(({ scope, roles: who, ...rest }) => ({
    id: "personal",
    kind: "ranking",
    level: "participant",
    pay: "self",
    ...rest,
    ...scope,
    ...(who ? { roles: who } : {}),
  }));

const audience: fc.Arbitrary<NonNullable<PlanDocument["audience"]>> = fc.oneof(
  fc.constant({}),
  fc.record({
    units: fc.subarray(["jiangxi", "hunan", "nanchang", "picc"], { minLength: 1 }),
    membership: fc.constantFrom("occurrence" as const, "periodEnd" as const),
  }),
  fc.record({
    roles: fc.subarray(["agent", "sales-manager", "sales-staff"], { minLength: 1 }),
    membership: fc.constantFrom("occurrence" as const, "periodEnd" as const),
  }),
);

interface Rules {
  readonly crediting: PlanDocument["crediting"];
  readonly audience: PlanDocument["audience"];
  readonly rewards: readonly RewardDocument[];
  readonly budget: string;
}

/** Other rules for the worlds of the Jiangxi plan. */
const rules: fc.Arbitrary<Rules> = fc.record({
  crediting,
  audience,
  rewards: fc.tuple(commission, unitRanking, race, personalRanking, perUnit, milestone, tiers),
  budget: fc.constantFrom("0.00", "1000.00", "10000.00", "80000.00"),
});

function variation(plan: Plan, { crediting: credited, audience: whose, rewards, budget }: Rules) {
  return parsePlan({
    ...plan,
    // Scores and evidence have no product or channel that could be asked for.
    counts: plan.counts.map((clause) => ({ ...clause, when: `kind != "sale" || (${clause.when})` })),
    crediting: credited,
    audience: whose,
    measures: MEASURES,
    rewards,
    budgets: [{ id: "prizes", rewards: ["race", "personal"], amount: budget, policy: "stopAndFlag" }],
  });
}

const bends = fc.array(fc.nat({ max: 1000 }), { minLength: 11, maxLength: 40 });

describe("the verifier", () => {
  it("agrees with every line of the gallery", () => {
    const inputs = { ...jiangxi(), asOf: Date.parse("2018-11-16T00:00:00+08:00") };
    expect(objections(inputs, settle(inputs))).toEqual([]);
  });

  it("agrees with every line of any world under the Jiangxi plan", () => {
    fc.assert(
      fc.property(world, (inputs) => {
        expect(objections(inputs, settle(inputs))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("agrees with every line of any world under other rules", () => {
    fc.assert(
      fc.property(world, rules, bends, (inputs, other, how) => {
        const varied = { ...inputs, plan: variation(inputs.plan, other), facts: bent(inputs, how) };
        expect(objections(varied, settle(varied))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it("objects to any number or name that is changed, though its hash is made to fit", () => {
    fc.assert(
      fc.property(world, rules, fc.nat(), (inputs, other, pick) => {
        const varied = { ...inputs, plan: variation(inputs.plan, other) };
        const document = written(varied, settle(varied));
        const { lines, notAwarded, totals, warnings } = document.settlement;
        const result = { lines, notAwarded, totals, warnings };
        change(result, pick);
        document.settlement.resultHash = hashOf(result);
        expect(isAccepted(document)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Changes one number, truth or name somewhere in a value; sentences are for people and are left alone. */
function change(result: object, pick: number): void {
  const spots = spotsIn(result);
  const { holder, key, value } = spots[pick % spots.length] ?? { holder: result, key: "lines", value: "" };
  const other = typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${value}0`;
  Reflect.set(holder, key, other);
}

function spotsIn(holder: object): { readonly holder: object; readonly key: string; readonly value: unknown }[] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => {
    if (key === "message") return [];
    return typeof value === "object" && value !== null ? spotsIn(value) : [{ holder, key, value }];
  });
}

function isAccepted(document: unknown): boolean {
  try {
    return verify(readBundle(document)).agrees;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

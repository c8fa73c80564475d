import type { LintInput } from "#engine/lint/context.ts";
import { type PlanDocument, type RewardDocument, sale, target } from "#test/fixtures/plan-builder.ts";
import { easy, FACTS, type LintCase, planned, rounded, STAFFED, START } from "./case-kit.ts";

type RewardOf<Kind extends RewardDocument["kind"]> = Extract<RewardDocument, { kind: Kind }>;

const HEADER = { level: "participant", pay: "self" } as const;
const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "units", aggregate: "sum", of: "quantity" },
];
const OF_START = { by: { attainment: "start" }, level: "branch" } as const;
/** `ann` sold 30 units in sales of 20 and 10, of which 5 came back. */
const UNITS_SOLD = ["20", "10", "-5"].map((quantity, index) =>
  sale("ann", 100, `05-0${index + 2} 10:00`, { quantity }),
);
const SOLD = { ...STAFFED, facts: UNITS_SOLD };
const BRANCHES = { ...STAFFED, facts: FACTS, targets: START };

const paying = (reward: RewardDocument, beside: Omit<LintInput, "plan"> = {}) =>
  planned({ measures: MEASURES, rewards: [reward] }, beside);

function tiers(bands: RewardOf<"tiers">["bands"], changes: Partial<RewardOf<"tiers">> = {}): RewardOf<"tiers"> {
  return {
    ...HEADER,
    id: "tiers",
    kind: "tiers",
    measure: "units",
    by: "value",
    mode: "whole",
    edge: "lower",
    scope: "cumulative",
    rounding: rounded("0.01", "perTotal"),
    bands,
    ...changes,
  };
}

/** Steps such as `["10", "100.00"]`. */
function milestone(
  steps: readonly (readonly [string, string])[],
  changes: Partial<RewardOf<"milestone">> = {},
): RewardOf<"milestone"> {
  return {
    ...HEADER,
    id: "milestone",
    kind: "milestone",
    measure: "units",
    by: "value",
    policy: "every",
    reach: "final",
    steps: steps.map(([at, amount]) => ({ at, amount })),
    ...changes,
  };
}

function perUnit(changes: Partial<RewardOf<"perUnit">> = {}): RewardOf<"perUnit"> {
  return {
    ...HEADER,
    id: "spiff",
    kind: "perUnit",
    measure: "units",
    amount: "5",
    scope: "cumulative",
    rounding: rounded("0.01", "perTotal"),
    ...changes,
  };
}

/** 10 a unit up to 15 units, then this much. */
const after15 = (price: string, changes: Partial<RewardOf<"tiers">> = {}) =>
  tiers(
    [
      { from: "0", to: "15", perUnit: "10" },
      { from: "15", perUnit: price },
    ],
    changes,
  );
/** 5 % of sales up to a mark, then this much. */
const rates = (mark: string, rate: string, changes: Partial<RewardOf<"tiers">> = {}) =>
  tiers(
    [
      { from: "0", to: mark, rate: "5%" },
      { from: mark, rate },
    ],
    { measure: "sales", ...changes },
  );

const PAY_CASES: readonly LintCase[] = [
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/amount",
    says: "spiff pays 0.00 for each unit: nothing",
    unwise: paying(perUnit({ amount: "0.00" })),
    wise: paying(perUnit({ amount: "0.001" })),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/bands",
    says: "tiers pays 0 in each of its bands (it has 2)",
    unwise: paying(
      tiers([
        { from: "0", to: "15", perUnit: "0" },
        { from: "15", flat: "0.00" },
      ]),
    ),
    wise: paying(
      tiers([
        { from: "0", to: "15", perUnit: "0" },
        { from: "15", flat: "0.01" },
      ]),
    ),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/steps",
    says: "milestone pays 0 at each of its steps (it has 1)",
    unwise: paying(milestone([["10", "0.00"]])),
    wise: paying(milestone([["10", "0.01"]])),
  },
  {
    // 15 × 10 and 16 × 5; of 9.375 a unit 16 pay just as much.
    code: "falling-payout",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "15 units pay 150.00, 16 pay 80.00: who sells more is paid less",
    unwise: paying(after15("5")),
    wise: paying(after15("9.375")),
  },
  {
    // The boundary itself is in the upper band: 14 × 10 and 15 × 5; of 9.34 15 pay 140.10.
    code: "falling-payout",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "14 units pay 140.00, 15 pay 75.00",
    unwise: paying(after15("5", { edge: "upper" })),
    wise: paying(after15("9.34", { edge: "upper" })),
  },
  {
    // Each sale by itself: 5 % of 1,000 and 1 % of a fen more.
    code: "falling-payout",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "a sale of 1000 sales pays 50.00, 1000.01 pays 10.00",
    unwise: paying(rates("1000", "1%", { scope: "perFact" })),
    wise: paying(rates("1000", "1%", { scope: "perFact", mode: "marginal" })),
  },
  {
    // Of 60, 80 and 100 the middle target: 5 % of 80 is 4.00, 1 % of 80.01 is 0.80.
    code: "falling-payout",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "80 sales pay 4.00, 80.01 pay 0.80 (of a target of 80)",
    unwise: paying(rates("100%", "1%", OF_START), BRANCHES),
    wise: paying(rates("100%", "5%", OF_START), BRANCHES),
  },
  {
    code: "decelerating-band",
    severity: "warns",
    path: "/rewards/0/bands/1/rate",
    says: "tiers pays 5% from 0 and only 4.9% from 1000",
    unwise: paying(rates("1000", "4.9%", { mode: "marginal" })),
    wise: paying(rates("1000", "5%", { mode: "marginal" })),
  },
  {
    code: "decelerating-band",
    severity: "warns",
    path: "/rewards/0/bands/1/perUnit",
    says: "pays 10 from 0 and only 5 from 15",
    unwise: paying(after15("5", { mode: "marginal" })),
    // As a fall of the whole payout it is told once.
    wise: paying(after15("5")),
  },
  {
    code: "decelerating-band",
    severity: "warns",
    path: "/rewards/0/bands/1/flat",
    says: "pays 50.00 from 0 and only 40.00 from 15: the better band adds less",
    unwise: paying(
      tiers(
        [
          { from: "0", to: "15", flat: "50.00" },
          { from: "15", flat: "40.00" },
        ],
        { mode: "marginal" },
      ),
    ),
    wise: paying(
      tiers(
        [
          { from: "0", to: "15", flat: "50.00" },
          { from: "15", flat: "40.00", perUnit: "10" },
        ],
        { mode: "marginal" },
      ),
    ),
  },
  {
    code: "falling-milestone",
    severity: "warns",
    path: "/rewards/0/steps/1/amount",
    says: "pays 250.00 at 10 and 100.00 at 20: only the highest is paid, so who goes on loses by it",
    unwise: paying(
      milestone(
        [
          ["10", "250.00"],
          ["20", "100.00"],
        ],
        { policy: "highestOnly" },
      ),
    ),
    wise: paying(
      milestone(
        [
          ["10", "100.00"],
          ["20", "100.00"],
        ],
        { policy: "highestOnly" },
      ),
    ),
  },
];

const REACH_CASES: readonly LintCase[] = [
  {
    code: "attainment-above-ten",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "a mark at 120, which is 12000% of the target start",
    unwise: paying(rates("120", "6%", OF_START)),
    wise: paying(rates("1000%", "6%", OF_START)),
  },
  {
    code: "attainment-above-ten",
    severity: "warns",
    path: "/rewards/0/steps/0/at",
    says: "a mark at 100",
    unwise: paying(milestone([["100", "5.00"]], { ...OF_START, measure: "sales" })),
    wise: paying(milestone([["100", "5.00"]])),
  },
  {
    // 30 were sold before 5 came back.
    code: "unreachable-mark",
    severity: "warns",
    path: "/rewards/0/steps/1/at",
    says: "a mark at 61, more than twice 30, the most in the sample (ann); 1 more lie above it",
    unwise: paying(
      milestone([
        ["60", "1.00"],
        ["61", "2.00"],
        ["90", "3.00"],
      ]),
      SOLD,
    ),
    wise: paying(milestone([["60", "1.00"]]), SOLD),
  },
  {
    // Without facts, the targets; 100 is the highest.
    code: "unreachable-mark",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "a mark at 200.01, more than twice 100, the highest target (east)",
    unwise: paying(rates("200.01", "6%", { level: "branch" }), { ...STAFFED, targets: START }),
    wise: paying(rates("200.01", "6%", { level: "branch" }), {
      ...STAFFED,
      targets: [...START, ...easy(["90.00", "100.01", "90.00"])],
    }),
  },
  {
    // East sold 300 of 100.
    code: "unreachable-mark",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "a mark at 601%, more than twice 300%, the most in the sample (east)",
    unwise: paying(rates("601%", "6%", OF_START), BRANCHES),
    wise: paying(rates("601%", "6%", OF_START), {
      ...BRANCHES,
      targets: [target("east", "start", "99.00"), ...START.slice(1)],
    }),
  },
  {
    // The largest single sale has 20 units.
    code: "unreachable-mark",
    severity: "warns",
    path: "/rewards/0/bands/1/from",
    says: "a mark at 41, more than twice 20",
    unwise: paying(
      tiers(
        [
          { from: "0", to: "41", perUnit: "1" },
          { from: "41", perUnit: "2" },
        ],
        { scope: "perFact" },
      ),
      SOLD,
    ),
    wise: paying(
      tiers([
        { from: "0", to: "41", perUnit: "1" },
        { from: "41", perUnit: "2" },
      ]),
      SOLD,
    ),
  },
  {
    code: "unfilled-package",
    severity: "warns",
    path: "/rewards/0/packages/size",
    says: "holds 31 units, and the most that was sold in the sample is 30 (ann): nobody would be paid",
    unwise: paying(perUnit({ packages: { size: "31", partial: "full" } }), SOLD),
    wise: paying(perUnit({ packages: { size: "30", partial: "full" } }), SOLD),
  },
  {
    code: "unfilled-package",
    severity: "warns",
    path: "/rewards/0/packages/size",
    says: "holds 16 units after 5 free units, and the largest sale in the sample is 20 (ann): nobody would be paid for more than one",
    unwise: paying(perUnit({ packages: { size: "16", partial: "started" }, freeUnits: "5", scope: "perFact" }), SOLD),
    wise: paying(perUnit({ packages: { size: "15", partial: "started" }, freeUnits: "5", scope: "perFact" }), SOLD),
  },
];

/** Prices by unit, bands and milestones: what they pay, and whether anybody comes that far. */
export const KIND_CASES: readonly LintCase[] = [...PAY_CASES, ...REACH_CASES];

import { commission, person, prizes, race, ranking, target, UNITS } from "#test/fixtures/plan-builder.ts";
import {
  AGENTS,
  ancestor,
  budget,
  easy,
  FACTS,
  GATED,
  type LintCase,
  planned,
  rewarding,
  rounded,
  STAFFED,
  START,
} from "./case-kit.ts";

const WEEKLY = [18, 19, 20, 21, 22].flatMap((week) => START.map((row) => ({ ...row, slice: `2018-W${week}` })));

const MONEY_CASES: readonly LintCase[] = [
  {
    code: "unbounded-liability",
    severity: "warns",
    path: "/rewards/0",
    // 25 + 15 + 8; five times 25.
    says: "without ties it costs at most 48.00, with 5 tied for first 125.00",
    unwise: rewarding(ranking({ ties: "samePrize" }), STAFFED),
    wise: rewarding(ranking({ ties: "poolPrizes" }), STAFFED),
  },
  {
    code: "unbounded-liability",
    severity: "warns",
    path: "/rewards/0",
    says: "10% of sales",
    unwise: planned({}),
    wise: rewarding(ranking()),
  },
  {
    code: "budget-below-liability",
    severity: "blocks",
    path: "/budgets/0/amount",
    says: "of 47.99 is 0.01 below what its rewards can cost, 48.00",
    unwise: planned({ rewards: [ranking()], budgets: [budget(["ranking"], "47.99")] }),
    wise: planned({ rewards: [ranking()], budgets: [budget(["ranking"], "48.00")] }),
  },
  {
    // A third prize that nobody can win costs nothing: 25 + 15.
    code: "budget-below-liability",
    severity: "blocks",
    path: "/budgets/0/amount",
    says: "can cost, 48.00",
    unwise: planned({ rewards: [ranking()], budgets: [budget(["ranking"], "40.00")] }, STAFFED),
    wise: planned(
      { rewards: [ranking()], budgets: [budget(["ranking"], "40.00")] },
      { units: UNITS, memberships: AGENTS.slice(0, 2) },
    ),
  },
  {
    code: "budget-below-liability",
    severity: "warns",
    path: "/budgets/0/amount",
    says: "the budget b of 5000.00 covers a reward that nothing bounds",
    unwise: planned({ budgets: [budget(["commission"], "5000.00")] }),
    wise: planned({ rewards: [commission(), ranking()], budgets: [budget(["ranking"], "5000.00")] }),
  },
  {
    code: "reward-without-budget",
    severity: "warns",
    path: "/rewards/0",
    says: "no budget covers ranking (the plan has 0)",
    unwise: rewarding(ranking()),
    wise: planned({ rewards: [ranking()], budgets: [budget(["ranking"], "48.00")] }),
  },
  {
    code: "rising-prize",
    severity: "blocks",
    path: "/rewards/0/prizes/2/amount",
    says: "place 3 wins 16.00, more than the 15.00 of place 2",
    unwise: rewarding(ranking({ prizes: prizes(25, 15, 16) })),
    wise: rewarding(ranking({ prizes: prizes(25, 15, 15) })),
  },
  {
    code: "zero-prize",
    severity: "warns",
    path: "/rewards/0/prizes/1/amount",
    says: "place 2 of race win 0.00",
    unwise: rewarding(race({ prizes: prizes(100, 0) })),
    wise: rewarding(race({ prizes: prizes(100, 1) })),
  },
  {
    code: "unreachable-places",
    severity: "warns",
    path: "/rewards/0/prizes/5/to",
    says: "6 places for 5 of level participant in scope: the last 1",
    unwise: rewarding(ranking({ prizes: prizes(6, 5, 4, 3, 2, 1) }), STAFFED),
    wise: rewarding(ranking({ prizes: prizes(6, 5, 4, 3, 2) }), STAFFED),
  },
  {
    code: "zero-rate",
    severity: "warns",
    path: "/rewards/0/rate",
    says: "pays 0% of each sale",
    unwise: rewarding(commission({ rate: "0%" })),
    wise: rewarding(commission({ rate: "0.1%" })),
  },
  {
    code: "rate-above-whole",
    severity: "warns",
    path: "/rewards/0/rate",
    says: "a sale of 100.00 pays 3500.00",
    unwise: rewarding(commission({ rate: "35" })),
    wise: rewarding(commission({ rate: "100%" })),
  },
  {
    code: "coarse-rounding",
    severity: "warns",
    path: "/rewards/0/rounding/unit",
    says: "a sale of 100.00 earns 0.3% of it and is paid 0.00",
    unwise: rewarding(commission({ rate: "0.3%", rounding: rounded("1.00", "perFact") })),
    wise: rewarding(commission({ rate: "0.3%", rounding: rounded("1.00", "perTotal") })),
  },
  {
    // Of sales of 100 and 200 the middle one, the later: 0.8 % of 200 is 1.60.
    code: "coarse-rounding",
    severity: "warns",
    path: "/rewards/0/rounding/unit",
    says: "a sale of 200.00 earns 0.4% of it and is paid 1.00",
    unwise: rewarding(commission({ rate: "0.4%", rounding: rounded("1.00", "perFact") }), { facts: FACTS }),
    wise: rewarding(commission({ rate: "0.8%", rounding: rounded("1.00", "perFact") }), { facts: FACTS }),
  },
];

const TARGET_CASES: readonly LintCase[] = [
  {
    code: "missing-target",
    severity: "blocks",
    path: "/rewards/0/targets/0",
    says: "1 of the 3 in the scope of race have no target start of sales, or one finer than it is measured: coast",
    unwise: rewarding(race(), { units: UNITS, targets: START.slice(0, 2) }),
    wise: rewarding(race(), { units: UNITS, targets: START }),
  },
  {
    // A sliced reward asks for a target in its first slice, and none of the whole campaign.
    code: "missing-target",
    severity: "blocks",
    path: "/rewards/0/targets/0",
    says: "finer than it is measured in 2018-W18, the first slice: west",
    unwise: rewarding(race({ per: "week", accumulate: "slice" }), {
      units: UNITS,
      targets: WEEKLY.filter(({ subject, slice }) => subject !== "west" || slice !== "2018-W18"),
    }),
    wise: rewarding(race({ per: "week", accumulate: "slice" }), {
      units: UNITS,
      targets: WEEKLY.filter(({ slice }) => slice === "2018-W18"),
    }),
  },
  {
    code: "targets-of-later-slices",
    severity: "warns",
    path: "/rewards/0/targets/0",
    says: "3 targets start of sales that race asks for are missing, or finer than it is measured, in 2 of its 4 slices after the first: the next is 2018-W20, of west",
    unwise: rewarding(race({ per: "week", accumulate: "slice" }), {
      units: UNITS,
      targets: WEEKLY.filter(
        ({ subject, slice }) => !["west 2018-W20", "east 2018-W22", "west 2018-W22"].includes(`${subject} ${slice}`),
      ),
    }),
    wise: rewarding(race({ per: "week", accumulate: "slice" }), { units: UNITS, targets: WEEKLY }),
  },
  {
    code: "missing-target",
    severity: "blocks",
    path: "/rewards/0/gates/1/atLeast/target",
    says: "5 of the 5 in the scope of ranking",
    unwise: rewarding(
      ranking({ gates: [...GATED("1.00"), { on: "self", measure: "sales", atLeast: { target: "start" } }] }),
      { ...STAFFED, targets: START },
    ),
    wise: rewarding(ranking({ gates: GATED("1.00") }), { ...STAFFED, targets: START }),
  },
  {
    code: "repeated-target",
    severity: "warns",
    path: "/rewards/0/targets/1",
    says: "names the target start again as its number 2",
    unwise: rewarding(race({ targets: ["start", "start"] })),
    wise: rewarding(race({ targets: ["start", "easy"] })),
  },
  {
    code: "fallback-harder",
    severity: "blocks",
    path: "/rewards/0/targets/1",
    says: "for 1 of 3 in race the fallback easy is above start and fills no place: west has easy 81.00 and start 80.00",
    unwise: rewarding(race({ targets: ["start", "easy"] }), {
      units: UNITS,
      targets: [...START, ...easy(["50.00", "81.00", "30.00"])],
    }),
    wise: rewarding(race({ targets: ["start", "easy"] }), {
      units: UNITS,
      targets: [...START, ...easy(["50.00", "79.00", "30.00"])],
    }),
  },
  {
    code: "fallback-same",
    severity: "warns",
    path: "/rewards/0/targets/1",
    says: "for 2 of 3 in race the fallback easy is the same as start",
    unwise: rewarding(race({ targets: ["start", "easy"] }), {
      units: UNITS,
      targets: [...START, ...easy(["100.00", "80.00", "30.00"])],
    }),
    wise: rewarding(race({ targets: ["start", "easy"] }), {
      units: UNITS,
      targets: [...START, ...easy(["99.99", "79.99", "30.00"])],
    }),
  },
  {
    code: "gate-above-target",
    severity: "warns",
    path: "/rewards/0/gates/0/atLeast",
    says: "coast reaches the target start of race at 60.00, and the gate asks for 70.00",
    unwise: rewarding(race({ gates: GATED("70.00") }), { units: UNITS, targets: START }),
    wise: rewarding(race({ gates: GATED("60.00") }), { units: UNITS, targets: START }),
  },
  {
    code: "zero-target",
    severity: "warns",
    path: "/rewards/0/targets/0",
    says: "the target start is 0 for 1 in race",
    unwise: rewarding(race(), { units: UNITS, targets: [...START.slice(0, 2), target("coast", "start", "0")] }),
    wise: rewarding(race(), { units: UNITS, targets: [...START.slice(0, 2), target("coast", "start", "0.01")] }),
  },
  {
    code: "zero-gate",
    severity: "warns",
    path: "/rewards/0/gates/0/atLeast/value",
    says: "at least 0 of sales",
    unwise: rewarding(ranking({ gates: GATED("0.00") })),
    wise: rewarding(ranking({ gates: GATED("0.01") })),
  },
  {
    code: "redundant-gate",
    severity: "warns",
    path: "/rewards/0/gates/0",
    says: "asks for 10.00 of sales here and for 20.00 in another gate",
    unwise: rewarding(ranking({ gates: GATED("10.00", "20.00") })),
    wise: rewarding(ranking({ gates: [...GATED("10.00"), ancestor("branch")] })),
  },
  {
    code: "gate-without-ancestor",
    severity: "blocks",
    path: "/rewards/0/gates/0/on/ancestor",
    says: "2 of the 2 in the scope of race belong to no branch",
    unwise: rewarding(race({ level: "province", gates: [ancestor("branch")] }), { units: UNITS }),
    wise: rewarding(race({ level: "province", gates: [ancestor("company")] }), { units: UNITS }),
  },
  {
    code: "gate-without-ancestor",
    severity: "warns",
    path: "/rewards/0/gates/0/on/ancestor",
    says: "1 of the 6 in the scope of ranking belong to no branch, and can never pass the gate: zoe",
    unwise: rewarding(ranking({ gates: [ancestor("branch")] }), {
      units: UNITS,
      memberships: [...AGENTS, person("zoe", "north")],
    }),
    wise: rewarding(ranking({ gates: [ancestor("branch")] }), STAFFED),
  },
];

/** Rewards: what they cost, their targets and gates. */
export const REWARD_CASES: readonly LintCase[] = [...MONEY_CASES, ...TARGET_CASES];

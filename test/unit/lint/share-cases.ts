import { commission, type RewardDocument } from "#test/fixtures/plan-builder.ts";
import { type LintCase, planned, STAFFED } from "./case-kit.ts";

type RewardOf<Kind extends RewardDocument["kind"]> = Extract<RewardDocument, { kind: Kind }>;
type Scorecard = RewardOf<"scorecard">;

const HEADER = { level: "participant", pay: "self" } as const;

function card(changes: Partial<Scorecard> = {}): Scorecard {
  return {
    ...HEADER,
    id: "card",
    kind: "scorecard",
    kpis: [
      {
        id: "sales",
        weight: "1",
        measure: "sales",
        by: "value",
        missing: "zero",
        scoring: { linear: { from: { at: "0", score: "0" }, to: { at: "1000", score: "100" }, clamp: "both" } },
      },
    ],
    grades: [
      { id: "poor", from: "0", result: "fail" },
      { id: "good", from: "60", result: "pass", pays: "100.00", factor: "1" },
    ],
    ...changes,
  };
}

const grades = (...list: readonly [from: string, pays?: string, factor?: string][]): Scorecard["grades"] =>
  list.map(([from, pays, factor], index) => ({
    id: `g${index + 1}`,
    from,
    ...(pays === undefined ? {} : { pays }),
    ...(factor === undefined ? {} : { factor }),
  }));

/** The score of sales of 1,000: a line that goes on, or bands. */
const scored = (scoring: Scorecard["kpis"][number]["scoring"]): Scorecard["kpis"] =>
  card().kpis.map((kpi) => ({ ...kpi, scoring }));

function pool(changes: Partial<RewardOf<"pool">> = {}): RewardOf<"pool"> {
  return {
    ...HEADER,
    id: "pot",
    kind: "pool",
    measure: "sales",
    pot: { amount: "100.00" },
    share: { byContribution: true },
    ...changes,
  };
}

const shares = (...list: string[]): RewardOf<"pool">["share"] => ({
  byRank: { shares: list, ties: "poolPrizes", belowAverage: "full", unclaimed: "kept" },
});

function override(roles: readonly string[], changes: Partial<RewardOf<"override">> = {}): RewardOf<"override"> {
  return {
    id: "lead",
    kind: "override",
    level: "branch",
    pay: "self",
    leaders: { roles: [...roles], membership: "periodEnd", several: "each", nobody: "forfeit" },
    from: { measure: "sales" },
    own: "included",
    rate: "1%",
    rounding: { mode: "halfUp", unit: "0.01" },
    ...changes,
  };
}

const by = (scorecard: string) =>
  commission({
    coefficient: { scorecard, without: "zero", rounding: { mode: "halfUp", unit: "0.01" } },
  });
const rewarding = (...rewards: RewardDocument[]) => planned({ rewards });

/** Scorecards, coefficients, pools and overrides. */
export const SHARE_CASES: readonly LintCase[] = [
  {
    code: "scorecard-without-effect",
    severity: "warns",
    path: "/rewards/0",
    says: "its 2 grades pay nothing, no reward is multiplied by it",
    unwise: rewarding(card({ grades: grades(["0"], ["60", "0.00", "1"]) })),
    wise: rewarding(card({ grades: grades(["0"], ["60", undefined, "1"]) }), by("card")),
  },
  {
    code: "reward-without-budget",
    severity: "warns",
    path: "/rewards/0",
    says: "no budget covers card",
    unwise: rewarding(card({ grades: grades(["0"], ["60", "100.00", "1"]) })),
    wise: rewarding(card({ grades: grades(["0"], ["60", undefined, "1"]) })),
  },
  {
    code: "unreachable-grade",
    severity: "warns",
    path: "/rewards/0/grades/1/from",
    says: "the grade g2 of card starts at 100.5, and the best total that there can be is 100",
    unwise: rewarding(card({ grades: grades(["0", "1.00"], ["100.5", "2.00"], ["101", "3.00"]) })),
    wise: rewarding(
      card({
        grades: grades(["0", "1.00"], ["100.5", "2.00"]),
        kpis: scored({
          linear: { from: { at: "0", score: "0" }, to: { at: "1000", score: "100" }, clamp: "low" },
        }),
      }),
    ),
  },
  {
    code: "unreachable-grade",
    severity: "warns",
    path: "/rewards/0/grades/1/from",
    says: "the best total that there can be is 80",
    unwise: rewarding(
      card({
        grades: grades(["0", "1.00"], ["81", "2.00"]),
        kpis: scored({ bands: [{ from: "10", score: "80" }], edge: "upper" }),
      }),
    ),
    wise: rewarding(
      card({
        grades: grades(["0", "1.00"], ["80", "2.00"]),
        kpis: scored({ bands: [{ from: "10", score: "80" }], edge: "upper" }),
      }),
    ),
  },
  {
    code: "falling-grade",
    severity: "warns",
    path: "/rewards/0/grades/1/pays",
    says: "the grade g2 pays 99.99, and g1 below it 100.00",
    unwise: rewarding(card({ grades: grades(["0", "100.00"], ["60", "99.99"]) })),
    wise: rewarding(card({ grades: grades(["0", "100.00"], ["60", "100.00"]) })),
  },
  {
    code: "falling-grade",
    severity: "warns",
    path: "/rewards/0/grades/1/factor",
    says: "the grade g2 has the factor 90%, and g1 below it 1",
    unwise: rewarding(card({ grades: grades(["0", "1.00", "1"], ["60", "1.00", "90%"]) })),
    wise: rewarding(card({ grades: grades(["0", "1.00", "1"], ["60", "1.00", "110%"]) })),
  },
  {
    code: "coefficient-without-factor",
    severity: "blocks",
    path: "/rewards/1/coefficient/scorecard",
    says: "none of its 1 grades has one: all are multiplied by 0",
    unwise: rewarding(card({ grades: grades(["0", "1.00"]) }), by("card")),
    wise: rewarding(card(), by("card")),
  },
  {
    code: "unclaimed-share",
    severity: "warns",
    path: "/rewards/0/share/byRank/shares",
    says: "the pot of pot has 6 shares, and 5 can take part: what the others would get is not paid",
    unwise: planned({ rewards: [pool({ share: shares("50%", "10%", "10%", "10%", "10%", "10%") })] }, STAFFED),
    wise: planned({ rewards: [pool({ share: shares("60%", "10%", "10%", "10%", "10%") })] }, STAFFED),
  },
  {
    code: "override-unled",
    severity: "warns",
    path: "/rewards/0/leaders/roles",
    says: "3 of the 3 units in the scope of lead have no manager on file",
    unwise: planned({ rewards: [override(["manager"])] }, STAFFED),
    wise: planned({ rewards: [override(["manager", "agent"])] }, STAFFED),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/pot/amount",
    says: "pot pays a pot of 0.00: nothing",
    unwise: rewarding(pool({ pot: { amount: "0.00" } })),
    wise: rewarding(pool({ pot: { amount: "0.01" } })),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/pot/rate",
    says: "pot pays a pot of 0% of sales: nothing",
    unwise: rewarding(pool({ pot: { rate: "0%", measure: "sales", rounding: { mode: "down", unit: "1.00" } } })),
    wise: rewarding(pool({ pot: { rate: "1%", measure: "sales", rounding: { mode: "down", unit: "1.00" } } })),
  },
  {
    code: "pays-nothing",
    severity: "blocks",
    path: "/rewards/0/rate",
    says: "lead pays its leaders 0%: nothing",
    unwise: rewarding(override(["manager"], { rate: "0%" })),
    wise: rewarding(override(["manager"])),
  },
];

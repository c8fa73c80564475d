import { draw, EARNED, type PayPlan, payPlan } from "#test/fixtures/pay-plans.ts";
import type { PlanDocument, RewardDocument } from "#test/fixtures/plan-builder.ts";
import { budget, type LintCase, planned } from "./case-kit.ts";

const paying = (changes: Partial<PayPlan>) => planned({ rewards: [EARNED, payPlan(changes)] });

const ADVANCE: Extract<RewardDocument, { kind: "advance" }> = {
  id: "advance",
  kind: "advance",
  level: "participant",
  pay: "self",
  contract: "policy",
  value: { yearly: "sales" },
  rate: "50%",
  months: 12,
  advance: { months: 9 },
  earned: "payment",
  payments: "payments",
  lapses: "lapses",
  cancelled: "lapse",
  unearned: "chargeBack",
  recovery: "contract",
  rounding: { mode: "halfUp", unit: "0.01" },
};

const { lapses: _, ...WITHOUT_LAPSES } = ADVANCE;
const SALES = { id: "sales", aggregate: "sum", of: "amount" } as const;
const MEASURES = [
  SALES,
  { id: "payments", aggregate: "count", when: 'product == "payment"' },
  { id: "lapses", aggregate: "count", when: 'kind == "evidence"' },
] satisfies PlanDocument["measures"];
const ADVANCING = {
  rewards: [ADVANCE],
  attributes: { policy: "string" },
  measures: MEASURES,
} satisfies Partial<PlanDocument>;

const CAPPED = { maximum: { amount: "2000", on: "total" } } as const;

/** Pay plans, draws and advances. */
export const PAY_CASES: readonly LintCase[] = [
  {
    code: "empty-pay-plan",
    severity: "blocks",
    path: "/rewards/0",
    says: "pay has no base pay, no allowance, no minimum, no draw and 0 components",
    unwise: planned({ rewards: [payPlan({ components: [] })] }),
    wise: planned({ rewards: [payPlan({ components: [], base: { amount: "1" } })] }),
  },
  {
    // The component before it is paid by the pay plan, and in no budget itself.
    code: "reward-without-budget",
    severity: "warns",
    path: "/rewards/1",
    says: "no budget covers pay",
    unwise: paying({}),
    wise: planned({ rewards: [EARNED, payPlan()], budgets: [budget(["pay"], "5000.00")] }),
  },
  {
    code: "draw-never-recovered",
    severity: "warns",
    path: "/rewards/1/draw",
    says: "a draw of 2000 from above it, and pays at most 2000",
    unwise: paying({ ...CAPPED, draw: draw() }),
    wise: paying({ ...CAPPED, draw: draw({ amount: { byRole: { agent: "1999.99" } } }) }),
  },
  {
    code: "advance-without-lapse",
    severity: "warns",
    path: "/rewards/0/lapses",
    says: "advance advances 75 % of a contract",
    unwise: planned({ ...ADVANCING, rewards: [WITHOUT_LAPSES] }),
    wise: planned(ADVANCING),
  },
  {
    // The measures and the attribute of an advance are looked at, another is not.
    code: "unused-measure",
    severity: "warns",
    path: "/measures/3",
    says: "looks at the measure more",
    unwise: planned({ ...ADVANCING, measures: [...MEASURES, { id: "more", aggregate: "count" }] }),
    wise: planned(ADVANCING),
  },
  {
    code: "unused-attribute",
    severity: "warns",
    path: "/attributes/size",
    says: "names the attribute size",
    unwise: planned({ ...ADVANCING, attributes: { policy: "string", size: "number" } }),
    wise: planned(ADVANCING),
  },
  {
    code: "unused-measure",
    severity: "warns",
    path: "/measures/1",
    says: "looks at the measure pay",
    unwise: planned({
      rewards: [EARNED, payPlan()],
      measures: [SALES, { id: "pay", aggregate: "sum", of: "amount" }],
    }),
    wise: planned({
      rewards: [EARNED, payPlan({ base: { target: { measure: "pay", label: "base" } } })],
      measures: [SALES, { id: "pay", aggregate: "sum", of: "amount" }],
    }),
  },
];

import { commission, type RewardDocument } from "#test/fixtures/plan-builder.ts";
import { type LintCase, planned, rewarding } from "./case-kit.ts";

type Deductions = NonNullable<RewardDocument["deductions"]>;

const deducting = (stacking: Deductions["stacking"], ...rates: string[]) =>
  rewarding(
    commission({
      deductions: {
        stacking,
        rounded: "once",
        mode: "halfUp",
        items: rates.map((rate, index) => ({ id: `d-${index}`, rate })),
      },
    }),
  );
const holidays = (start: string, end: string) =>
  planned({ windows: [{ id: "holidays", windows: [{ id: "labour", start, end }] }] });
const later = (after: string) => rewarding(commission({ instalments: [{ id: "all", part: "1", after }] }));
const monthly = (per: "month" | "quarter") =>
  planned({ runs: "month", rewards: [commission({ per, accumulate: "slice" })] });

export const MODIFIER_CASES: readonly LintCase[] = [
  {
    code: "window-beyond-period",
    severity: "warns",
    path: "/windows/0/windows/0",
    says: "labour from 2018-04-29T00:00 to 2018-05-04T00:00 reaches beyond the period",
    unwise: holidays("2018-04-29T00:00", "2018-05-04T00:00"),
    wise: holidays("2018-05-01T00:00", "2018-05-04T00:00"),
  },
  {
    code: "deductions-leave-nothing",
    severity: "blocks",
    path: "/rewards/0/deductions",
    says: "take everything: 60% + 40%",
    unwise: deducting("together", "60%", "40%"),
    wise: deducting("sequential", "60%", "40%"),
  },
  {
    code: "late-instalment",
    severity: "warns",
    path: "/rewards/0/instalments/0/after",
    says: "falls due on 2028-06-02, more than 10 years",
    unwise: later("P10Y1D"),
    wise: later("P10Y"),
  },
  {
    code: "slice-above-run",
    severity: "warns",
    path: "/rewards/0/per",
    says: "decided once a quarter: 1 run pays it",
    unwise: monthly("quarter"),
    wise: monthly("month"),
  },
];

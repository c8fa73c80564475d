import type { RebateReward } from "#domain/plan/rewards/rebate.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { stockOf } from "#domain/plan/unit-of-pay.ts";
import { addDuration, formatInZone } from "#domain/time.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Goods that nobody gives away, and evidence that comes when nothing counts any more. */
export function inKindFindings(context: LintContext): Finding[] {
  const { plan } = context;
  return [
    ...plan.rewards.flatMap((reward, index) =>
      reward.kind === "rebate" ? lateEvidence(context, reward, `/rewards/${index}`) : [],
    ),
    ...unusedStocks(context),
  ];
}

/** An order of the last instant must still have its evidence counted, or it is taken back whatever arrives. */
function lateEvidence({ plan, rules }: LintContext, { id, per, evidence }: RebateReward, path: string): Finding[] {
  const last = sliceWindows(plan, per).at(-1);
  if (!evidence || !last) return [];
  const { zone } = plan.period;
  const due = addDuration(last.end, evidence.within, zone);
  const { followUpEnd } = rules.instants;
  if (due !== undefined && due <= followUpEnd) return [];
  return [
    {
      code: "evidence-after-end",
      severity: "warns",
      path: `${path}/evidence/within`,
      message: `the last orders of ${id} have ${evidence.within} for their evidence, and facts count only before ${formatInZone(followUpEnd, zone)}`,
      seen: evidence.within,
      mend: `add followUp: ${evidence.within} to the plan, or end the orders earlier by windows`,
    },
  ];
}

function unusedStocks({ plan }: LintContext): Finding[] {
  const taken = new Set(plan.rewards.map(stockOf));
  return plan.stocks.flatMap(({ id, quantity }, index): Finding[] =>
    taken.has(id)
      ? []
      : [
          {
            code: "unused-stock",
            severity: "warns",
            path: `/stocks/${index}`,
            message: `no gift or rebate takes from the stock ${id} of ${quantity}`,
            mend: "name it as a reward's stock, or remove it unless it is for reservations only",
          },
        ],
  );
}

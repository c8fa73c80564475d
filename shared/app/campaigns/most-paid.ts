import type { KeptLiability } from "#domain/campaign.ts";
import { formatMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { maximumLiability } from "#engine/liability.ts";

/** The most that a plan can ever pay, as decimal texts in its currency; without a total when a reward has no bound. */
export function mostPaid(plan: Plan): { bounded: string; total?: string } {
  const { boundedMinor, totalMinor } = maximumLiability(plan);
  const money = (amountMinor: number) => formatMoney(amountMinor, plan.currency);
  return { bounded: money(boundedMinor), ...(totalMinor === undefined ? {} : { total: money(totalMinor) }) };
}

/** The same with what has no bound and why, to be kept beside the version that comes into force. */
export function liabilityOf(version: number, plan: Plan): KeptLiability {
  const { byReward } = maximumLiability(plan);
  const unbounded = byReward.flatMap(({ reward, unboundedBecause }) =>
    unboundedBecause === undefined ? [] : [{ reward, because: unboundedBecause }],
  );
  return { version, currency: plan.currency, ...mostPaid(plan), unbounded };
}

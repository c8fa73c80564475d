import { formatMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { maximumLiability } from "#engine/liability.ts";

/** The most that a plan can ever pay, as decimal texts in its currency; without a total when a reward has no bound. */
export function mostPaid(plan: Plan): { bounded: string; total?: string } {
  const { boundedMinor, totalMinor } = maximumLiability(plan);
  const money = (amountMinor: number) => formatMoney(amountMinor, plan.currency);
  return { bounded: money(boundedMinor), ...(totalMinor === undefined ? {} : { total: money(totalMinor) }) };
}

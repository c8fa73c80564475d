import type { PlanWords } from "../api/plan-names.ts";

/** Whether a plan has anything of which there is only so much, so that a tab of it makes sense. */
export function hasLimits({ plan }: PlanWords): boolean {
  return plan !== undefined && (plan.stocks.length > 0 || plan.budgets.some(({ policy }) => policy === "firstCome"));
}

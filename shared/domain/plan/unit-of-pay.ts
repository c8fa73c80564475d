import type { Plan, Reward } from "./plan.ts";

/** What a reward pays in: the plan's currency, or the unit of a benefit in kind (see `isBenefit`). */
export function unitOfPay({ currency }: Pick<Plan, "currency">, reward: Reward): string {
  switch (reward.kind) {
    default:
      return currency;
  }
}

/** The stock that a reward gives out of; undefined where nothing limits its goods. */
export function stockOf(reward: Reward): string | undefined {
  switch (reward.kind) {
    default:
      return undefined;
  }
}

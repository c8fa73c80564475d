import type { Plan, Reward } from "./plan.ts";

/** What a reward pays in: the plan's currency, or the unit of a benefit in kind (see `isBenefit`). */
export function unitOfPay({ currency }: Pick<Plan, "currency">, reward: Reward): string {
  switch (reward.kind) {
    case "points":
      return `points:${reward.programme}`;
    case "gift":
      return `item:${reward.item}`;
    case "rebate":
      return reward.in === "credit" ? currency : `item:${reward.in.goods}`;
    case "honour":
      return `honour:${reward.badge}`;
    // A penalty's fines are money; its cards are lines of a unit of their own.
    default:
      return currency;
  }
}

/** The stock that a reward gives out of; undefined where nothing limits its goods. */
export function stockOf(reward: Reward): string | undefined {
  switch (reward.kind) {
    case "gift":
      return reward.stock;
    case "rebate":
      return reward.in === "credit" ? undefined : reward.in.stock;
    default:
      return undefined;
  }
}

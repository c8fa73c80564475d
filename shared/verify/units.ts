import type { Reward } from "#domain/plan/plan.ts";
import { written } from "./exact.ts";
import type { Reckoned, Reckoner } from "./reckon.ts";

/** What a reward gives: the plan's currency, or points, items or honours, which are whole. */
export function unitOf({ currency }: Reckoner, reward: Reward): string {
  if (reward.kind === "points") return `points:${reward.programme}`;
  if (reward.kind === "gift") return `item:${reward.item}`;
  if (reward.kind === "honour") return `honour:${reward.badge}`;
  return reward.kind === "rebate" && reward.in !== "credit" ? `item:${reward.in.goods}` : currency;
}

type OfReward = Pick<Reckoned, "unit"> & { readonly reward: Reward };

/** What one award is given in: a penalty's cards are not what its fines are. */
export function unitOfAward(reckoner: Reckoner, { reward, unit }: OfReward): string {
  return unit ?? unitOf(reckoner, reward);
}

export function isMoney(reckoner: Reckoner, unit: string): boolean {
  return unit === reckoner.currency;
}

export function textIn(reckoner: Reckoner, unit: string, amount: bigint): string {
  return isMoney(reckoner, unit) ? reckoner.moneyText(amount) : written(amount, 0);
}

/** The stock that a reward gives out of. */
export function stockOf(reward: Reward): string | undefined {
  if (reward.kind === "gift") return reward.stock;
  return reward.kind === "rebate" && reward.in !== "credit" ? reward.in.stock : undefined;
}

import type { GiftReward } from "../rewards/gift.ts";
import type { HonourReward } from "../rewards/honour.ts";
import type { PenaltyReward } from "../rewards/penalty.ts";
import type { PointsReward } from "../rewards/points.ts";
import type { RebateReward } from "../rewards/rebate.ts";

/** Amounts and marks of benefits in kind and penalties, with their places in the reward. */

type InKindReward = RebateReward | GiftReward | PointsReward | HonourReward | PenaltyReward;
type Texts = readonly { readonly at: string; readonly text: string }[];

/** Money that is compared or paid as it stands. */
export function inKindAmounts(reward: InKindReward): Texts {
  switch (reward.kind) {
    case "rebate":
      return [
        ...(reward.in === "credit"
          ? [{ at: "rounding/unit", text: reward.rounding.unit }]
          : [{ at: "in/unitValue", text: reward.in.unitValue }]),
        ...said("order/minimum", reward.order?.minimum),
        ...said("order/maximum", reward.order?.maximum),
      ];
    case "gift":
      return said("value", reward.value);
    case "penalty":
      return [...said("fine", reward.fine), ...said("escalate/fine", reward.escalate?.fine)];
    case "points":
    case "honour":
      return [];
  }
}

/** Marks in the unit of the reward's measure. */
export function inKindMarks(reward: InKindReward): Texts {
  switch (reward.kind) {
    case "gift":
      return typeof reward.for === "string" ? [] : [{ at: "for/every", text: reward.for.every }];
    case "honour":
      return "atLeast" in reward.to && "value" in reward.to.atLeast
        ? [{ at: "to/atLeast/value", text: reward.to.atLeast.value }]
        : [];
    case "penalty":
      return "below" in reward.when && "value" in reward.when.below
        ? [{ at: "when/below/value", text: reward.when.below.value }]
        : [];
    case "rebate":
    case "points":
      return [];
  }
}

function said(at: string, text: string | undefined): Texts {
  return text === undefined ? [] : [{ at, text }];
}

import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan, Reward } from "../plan.ts";
import { advanceProblems } from "./advance.ts";
import { giftProblems, pointsProblems, rebateProblems } from "./benefits.ts";
import { honourProblems, penaltyProblems } from "./honours.ts";
import { inKindAmounts, inKindMarks } from "./in-kind-amounts.ts";
import { stepProblems } from "./milestone.ts";
import { overrideProblems } from "./override.ts";
import { payPlanAmounts, payPlanProblems } from "./pay-plan.ts";
import { poolProblems } from "./pool.ts";
import { prizeProblems } from "./prizes.ts";
import { roundingProblems } from "./rounding.ts";
import { scorecardProblems } from "./scorecard.ts";
import { payableOfShares } from "./shares.ts";
import { tierProblems } from "./tiers.ts";
import { rankedByProblems } from "./ties.ts";
import { isMoney, isUnits, unitOfMoney } from "./units.ts";

/** What is wrong within the fields of one kind of reward. */
export function kindProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  const measure = "measure" in reward ? plan.measures.find(({ id }) => id === reward.measure) : undefined;
  switch (reward.kind) {
    case "commission":
      return [
        ...roundingProblems(reward.rounding, path),
        ...(measure && isUnits(measure)
          ? [
              {
                code: "rate-of-amount",
                path: `${path}/measure`,
                message: "a commission is a rate of money: its measure must sum the amount",
                seen: reward.measure,
              },
            ]
          : []),
      ];
    case "race":
      return prizeProblems(reward.prizes, `${path}/prizes`);
    case "ranking":
      return [...prizeProblems(reward.prizes, `${path}/prizes`), ...rankedByProblems(plan, reward, path)];
    case "scorecard":
      return scorecardProblems(plan, reward, path);
    case "pool":
      return poolProblems(plan, reward, path);
    case "override":
      return overrideProblems(plan, reward, path);
    case "tiers":
      return [...roundingProblems(reward.rounding, path, reward.scope), ...tierProblems(reward, measure, path)];
    case "perUnit":
      return [
        ...roundingProblems(reward.rounding, path, reward.scope),
        ...(measure && isMoney(measure) ? [unitOfMoney(`${path}/measure`, reward.measure)] : []),
        ...(reward.packages && (parseRational(reward.packages.size)?.num ?? 0n) === 0n
          ? [
              {
                code: "bad-package",
                path: `${path}/packages/size`,
                message: "a package holds more than nothing",
                seen: reward.packages.size,
                allowed: "a number of units above zero",
              },
            ]
          : []),
      ];
    case "milestone":
      return stepProblems(reward, path);
    case "rebate":
      return rebateProblems(plan, reward, path);
    case "gift":
      return giftProblems(plan, reward, path);
    case "points":
      return pointsProblems(plan, reward, path);
    case "honour":
      return honourProblems(plan, reward, path);
    case "penalty":
      return penaltyProblems(plan, reward, path);
    case "payPlan":
      return payPlanProblems(plan, reward, path);
    case "advance":
      return advanceProblems(plan, reward, path);
  }
}

/** The amounts of a reward that are paid or rounded to as they stand, and so must be whole minor units. */
export function payableAmounts(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  switch (reward.kind) {
    case "commission":
    case "perUnit":
    case "tiers":
      return [{ at: "rounding/unit", text: reward.rounding.unit }];
    case "milestone":
      return reward.steps.map(({ amount }, index) => ({ at: `steps/${index}/amount`, text: amount }));
    case "rebate":
    case "gift":
    case "points":
    case "honour":
    case "penalty":
      return inKindAmounts(reward);
    case "payPlan":
      return payPlanAmounts(reward);
    case "advance":
      return [{ at: "rounding/unit", text: reward.rounding.unit }];
    case "scorecard":
    case "pool":
    case "override":
      return payableOfShares(reward);
    case "race":
    case "ranking":
      return reward.prizes.map(({ amount }, index) => ({ at: `prizes/${index}/amount`, text: amount }));
  }
}

/** Prices of a reward, which are multiplied and rounded, and so may be finer than what can be paid. */
export function prices(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  if (reward.kind === "perUnit") return [{ at: "amount", text: reward.amount }];
  if (reward.kind !== "tiers") return [];
  return reward.bands.flatMap(({ flat, perUnit }, index) => [
    ...(flat === undefined ? [] : [{ at: `bands/${index}/flat`, text: flat }]),
    ...(perUnit === undefined ? [] : [{ at: `bands/${index}/perUnit`, text: perUnit }]),
  ]);
}

/** Marks and counts of a reward in the unit of its measure, which can be no finer than that. */
export function measureMarks(reward: Reward): readonly { readonly at: string; readonly text: string }[] {
  switch (reward.kind) {
    case "rebate":
    case "gift":
    case "points":
    case "honour":
    case "penalty":
      return inKindMarks(reward);
    default:
      break;
  }
  if (reward.kind === "perUnit") {
    const size = reward.packages ? [{ at: "packages/size", text: reward.packages.size }] : [];
    return [...size, { at: "freeUnits", text: reward.freeUnits }];
  }
  if (reward.kind === "milestone" && reward.by === "value")
    return reward.steps.map(({ at }, index) => ({ at: `steps/${index}/at`, text: at }));
  if (reward.kind === "tiers" && reward.by === "value")
    return reward.bands.flatMap(({ from, to }, index) => [
      { at: `bands/${index}/from`, text: from },
      ...(to === undefined ? [] : [{ at: `bands/${index}/to`, text: to }]),
    ]);
  return [];
}

import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan, Reward } from "../plan.ts";
import { stepProblems } from "./milestone.ts";
import { prizeProblems } from "./prizes.ts";
import { roundingProblems } from "./rounding.ts";
import { tierProblems } from "./tiers.ts";
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
    case "ranking":
      return prizeProblems(reward.prizes, `${path}/prizes`);
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

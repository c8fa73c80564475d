import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Deciding } from "../award.ts";
import type { Rules } from "../rules.ts";
import { commission } from "./commission.ts";
import type { Liability } from "./kind.ts";
import { milestone } from "./milestone.ts";
import { perUnit } from "./per-unit.ts";
import { race } from "./race.ts";
import { ranking } from "./ranking.ts";
import { tiers } from "./tiers.ts";

/** What a reward decides in each of its slices. */
export function awardSlices(decidings: readonly Deciding[], reward: Reward): Award[][] {
  switch (reward.kind) {
    default:
      return decidings.map((deciding) => awardReward(deciding, reward));
  }
}

/** The only place that knows all kinds; the compiler insists that none is missing. */
export function awardReward(deciding: Deciding, reward: Reward): Award[] {
  switch (reward.kind) {
    case "commission":
      return commission.award(deciding, reward);
    case "race":
      return race.award(deciding, reward);
    case "ranking":
      return ranking.award(deciding, reward);
    case "tiers":
      return tiers.award(deciding, reward);
    case "perUnit":
      return perUnit.award(deciding, reward);
    case "milestone":
      return milestone.award(deciding, reward);
  }
}

export function liabilityOf(rules: Pick<Rules, "plan">, reward: Reward): Liability {
  switch (reward.kind) {
    case "commission":
      return commission.liability(rules, reward);
    case "race":
      return race.liability(rules, reward);
    case "ranking":
      return ranking.liability(rules, reward);
    case "tiers":
      return tiers.liability(rules, reward);
    case "perUnit":
      return perUnit.liability(rules, reward);
    case "milestone":
      return milestone.liability(rules, reward);
  }
}

import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Deciding } from "../award.ts";
import type { Rules } from "../rules.ts";
import { commission } from "./commission.ts";
import type { Liability } from "./kind.ts";
import { race } from "./race.ts";
import { ranking } from "./ranking.ts";

/** The only place that knows all kinds; the compiler insists that none is missing. */
export function awardReward(deciding: Deciding, reward: Reward): Award[] {
  switch (reward.kind) {
    case "commission":
      return commission.award(deciding, reward);
    case "race":
      return race.award(deciding, reward);
    case "ranking":
      return ranking.award(deciding, reward);
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
  }
}

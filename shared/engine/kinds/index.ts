import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Deciding } from "../award.ts";
import type { Rules } from "../rules.ts";
import { advance } from "./advance.ts";
import { commission } from "./commission.ts";
import { gift } from "./gift.ts";
import { honour } from "./honour.ts";
import type { Liability } from "./kind.ts";
import { milestone } from "./milestone.ts";
import { override } from "./override.ts";
import { payPlan } from "./pay-plan.ts";
import { penalty } from "./penalty.ts";
import { perUnit } from "./per-unit.ts";
import { points } from "./points.ts";
import { pool } from "./pool.ts";
import { race } from "./race.ts";
import { ranking } from "./ranking.ts";
import { rebate } from "./rebate.ts";
import { scorecard } from "./scorecard.ts";
import { tiers } from "./tiers.ts";

/** What a reward decides in each of its slices. */
export function awardSlices(decidings: readonly Deciding[], reward: Reward): Award[][] {
  switch (reward.kind) {
    case "payPlan":
      return payPlan.awardSlices(decidings, reward);
    case "advance":
      return advance.awardSlices(decidings, reward);
    case "scorecard":
      return scorecard.awardSlices(decidings, reward);
    case "points":
      return points.awardSlices(decidings, reward);
    case "honour":
      return honour.awardSlices(decidings, reward);
    case "penalty":
      return penalty.awardSlices(decidings, reward);
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
    case "rebate":
      return rebate.award(deciding, reward);
    case "gift":
      return gift.award(deciding, reward);
    case "points":
      return points.awardSlices([deciding], reward)[0] ?? [];
    case "honour":
      return honour.awardSlices([deciding], reward)[0] ?? [];
    case "penalty":
      return penalty.awardSlices([deciding], reward)[0] ?? [];
    case "milestone":
      return milestone.award(deciding, reward);
    case "scorecard":
      return scorecard.awardSlices([deciding], reward)[0] ?? [];
    case "pool":
      return pool.award(deciding, reward);
    case "override":
      return override.award(deciding, reward);
    case "payPlan":
      return payPlan.awardSlices([deciding], reward)[0] ?? [];
    case "advance":
      return advance.awardSlices([deciding], reward)[0] ?? [];
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
    case "rebate":
      return rebate.liability(rules, reward);
    case "gift":
      return gift.liability(rules, reward);
    case "points":
      return points.liability(rules, reward);
    case "honour":
      return honour.liability(rules, reward);
    case "penalty":
      return penalty.liability(rules, reward);
    case "milestone":
      return milestone.liability(rules, reward);
    case "scorecard":
      return scorecard.liability(rules, reward);
    case "pool":
      return pool.liability(rules, reward);
    case "override":
      return override.liability(rules, reward);
    case "payPlan":
      return payPlan.liability(rules, reward);
    case "advance":
      return advance.liability(rules, reward);
  }
}

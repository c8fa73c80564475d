import type { OverrideReward } from "../rewards/override.ts";
import type { PoolReward } from "../rewards/pool.ts";
import type { ScorecardReward } from "../rewards/scorecard.ts";

interface Amount {
  readonly at: string;
  readonly text: string;
}

/** Amounts of these kinds that are paid or rounded to as they stand. An amount for each point can be finer. */
export function payableOfShares(reward: ScorecardReward | PoolReward | OverrideReward): readonly Amount[] {
  switch (reward.kind) {
    case "scorecard":
      return [
        ...reward.grades.flatMap(({ pays }, index) =>
          pays === undefined ? [] : [{ at: `grades/${index}/pays`, text: pays }],
        ),
        ...(reward.perPoint ? [{ at: "perPoint/rounding/unit", text: reward.perPoint.rounding.unit }] : []),
      ];
    case "pool":
      return "amount" in reward.pot
        ? [{ at: "pot/amount", text: reward.pot.amount }]
        : [{ at: "pot/rounding/unit", text: reward.pot.rounding.unit }];
    case "override":
      return [{ at: "rounding/unit", text: reward.rounding.unit }];
  }
}

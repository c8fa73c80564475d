import type { MeasuredBy } from "./parts.ts";
import type { Reward } from "./plan.ts";
import type { RankedBy } from "./rewards/ranking.ts";

/** A target of the targets table that a reward's own rule asks for of those it judges; gates ask for theirs besides. */
export interface RuleTarget {
  readonly measure: string;
  readonly label: string;
}

/** The targets that attainments are parts of, of kinds that cannot be decided without them. */
export function attainedTargets(reward: Reward): readonly RuleTarget[] {
  const ofMeasure = (measure: string, by: MeasuredBy | RankedBy | undefined): RuleTarget[] =>
    by === undefined || by === "value" || "scorecard" in by ? [] : [{ measure, label: by.attainment }];
  switch (reward.kind) {
    case "ranking":
      return ofMeasure(reward.measure, reward.by);
    case "pool":
      return "byAttainment" in reward.share ? [{ measure: reward.measure, label: reward.share.byAttainment }] : [];
    case "scorecard":
      return reward.kpis.flatMap(({ measure, by }) => ofMeasure(measure, by));
    default:
      return [];
  }
}

/** The measures that a scorecard, a pool or an override looks at, beyond a `measure` of its own. */
export function furtherMeasures(reward: Reward): readonly string[] {
  switch (reward.kind) {
    case "scorecard":
      return reward.kpis.flatMap(({ measure, fallback }) => (fallback === undefined ? [measure] : [measure, fallback]));
    case "pool": {
      const pot = "rate" in reward.pot ? [reward.pot.measure] : [];
      const contribution = "byRank" in reward.share ? reward.share.byRank.contribution : undefined;
      return contribution === undefined ? pot : [...pot, contribution];
    }
    case "override":
      return "measure" in reward.from ? [reward.from.measure] : [];
    default:
      return [];
  }
}

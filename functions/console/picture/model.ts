import type { Conduct } from "#domain/conduct.ts";
import { type Language, nameIn } from "../i18n/language.ts";
import {
  audienceText,
  type Condition,
  conditions,
  limitsOf,
  type Named,
  payoutText,
  type Target,
  targetsOf,
} from "./audience.ts";
import { type HalfPlan, list } from "./half.ts";
import { type RewardPicture, rewardPicture } from "./reward-picture.ts";
import { type TimeLine, timeLineOf } from "./time-line.ts";
import { type UnitNames, type Words, wordsOf } from "./words.ts";

/** All that is shown of a plan, in one language. */
export interface PlanPictureData {
  readonly words: Words;
  readonly name: string;
  readonly time: TimeLine | undefined;
  readonly audience: readonly string[];
  readonly counts: readonly Condition[];
  readonly targets: readonly Target[];
  readonly limits: readonly Named[];
  readonly payout: readonly string[];
  readonly rewards: readonly RewardPicture[];
}

/** Of a valid plan or of one that is half written: what is missing is left out, and nothing throws. */
export function pictureOf(plan: HalfPlan, language: Language, conduct?: Conduct, units?: UnitNames): PlanPictureData {
  const words = wordsOf(plan, language, units);
  return {
    words,
    name: nameIn(language, plan.name, words.t("picture.unnamed")),
    time: timeLineOf(words, plan, conduct),
    audience: audienceText(words, plan),
    counts: conditions(words, plan),
    targets: targetsOf(words, plan),
    limits: limitsOf(words, plan),
    payout: payoutText(words, plan),
    rewards: list(plan.rewards).map((reward, index) => rewardPicture(words, reward, index)),
  };
}

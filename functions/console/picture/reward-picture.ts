import type { TextKey } from "../i18n/en.ts";
import { type HalfReward, has, list, textOf } from "./half.ts";
import { gift, points, rebate } from "./kind-rewards.ts";
import { gateRules, modifierFigures, modifierRules } from "./modifiers.ts";
import { advance, override, payPlan } from "./pay-rewards.ts";
import { honour, penalty, pool, race, ranking } from "./place-rewards.ts";
import type { Said } from "./said.ts";
import { commission, milestone, perUnit, tiers } from "./sales-rewards.ts";
import { scorecard } from "./scorecard.ts";
import { MISSING, type Words } from "./words.ts";

/** One reward as a card: what it pays in a sentence, its rules, and what can be drawn of it. */
export interface RewardPicture extends Said {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** How often it is decided. */
  readonly when: string;
}

export function rewardPicture(words: Words, reward: HalfReward, index: number): RewardPicture {
  const said = saidOf(words, reward);
  return {
    id: textOf(reward.id) ?? `reward-${index}`,
    name: textOf(reward.id) === undefined ? words.t("picture.unnamed") : words.reward(reward.id),
    kind: kindText(words, reward.kind),
    when: perText(words, reward.per),
    ...said,
    rules: [...gateRules(words, reward), ...said.rules, ...modifierRules(words, reward)],
    figures: [...said.figures, ...modifierFigures(words, reward)],
  };
}

const KINDS: Readonly<Record<NonNullable<HalfReward["kind"]>, TextKey>> = {
  commission: "picture.kind.commission",
  tiers: "picture.kind.tiers",
  perUnit: "picture.kind.perUnit",
  milestone: "picture.kind.milestone",
  race: "picture.kind.race",
  ranking: "picture.kind.ranking",
  scorecard: "picture.kind.scorecard",
  pool: "picture.kind.pool",
  override: "picture.kind.override",
  payPlan: "picture.kind.payPlan",
  advance: "picture.kind.advance",
  rebate: "picture.kind.rebate",
  gift: "picture.kind.gift",
  points: "picture.kind.points",
  honour: "picture.kind.honour",
  penalty: "picture.kind.penalty",
};

export function kindText({ t }: Words, kind: HalfReward["kind"]): string {
  return kind !== undefined && Object.hasOwn(KINDS, kind) ? t(KINDS[kind]) : t("picture.kind.none");
}

function saidOf(words: Words, reward: HalfReward): Said {
  const who = whoOf(words, reward);
  switch (reward.kind) {
    case "commission":
      return commission(words, who, reward);
    case "tiers":
      return tiers(words, who, reward);
    case "perUnit":
      return perUnit(words, who, reward);
    case "milestone":
      return milestone(words, who, reward);
    case "race":
      return race(words, who, reward);
    case "ranking":
      return ranking(words, who, reward);
    case "scorecard":
      return scorecard(words, who, reward);
    case "pool":
      return pool(words, who, reward);
    case "override":
      return override(words, who, reward);
    case "payPlan":
      return payPlan(words, who, reward);
    case "advance":
      return advance(words, who, reward);
    case "rebate":
      return rebate(words, who, reward);
    case "gift":
      return gift(words, who, reward);
    case "points":
      return points(words, who, reward);
    case "honour":
      return honour(words, who, reward);
    case "penalty":
      return penalty(words, who, reward);
    default:
      return { sentence: words.t("picture.say.none"), rules: [], figures: [] };
  }
}

/** `each agent in Jiangxi`, `each branch`. */
function whoOf(words: Words, { level, roles, within }: HalfReward): string {
  const { t } = words;
  const named = list(roles?.anyOf).map(words.name);
  const what = named.length > 0 ? words.either(named) : textOf(level) === undefined ? MISSING : words.level(level);
  const unit = textOf(within?.unit);
  return unit === undefined ? t("picture.each", { what }) : t("picture.each.in", { what, unit: words.name(unit) });
}

const PERS: Readonly<Record<string, TextKey>> = {
  campaign: "picture.per.campaign",
  day: "picture.per.day",
  week: "picture.per.week",
  month: "picture.per.month",
  quarter: "picture.per.quarter",
  year: "picture.per.year",
};

function perText(words: Words, per: HalfReward["per"]): string {
  if (has(per, "windows")) return words.t("picture.per.windows", { list: words.name(per.windows) });
  const key = typeof per === "string" && Object.hasOwn(PERS, per) ? PERS[per] : undefined;
  return words.t(key ?? "picture.per.campaign");
}

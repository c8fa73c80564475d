import { barsOf, money, percentOrValue, ruleOf, shareFigure, thresholdText } from "./figure-parts.ts";
import type { Figure } from "./figures.ts";
import { drawn, has, list, pairsOf, type RewardOf, textOf, wholeOf } from "./half.ts";
import type { Said } from "./said.ts";
import type { Words } from "./words.ts";

/** Rewards by place among others: races, rankings, shared pots, honours. */

type HalfPrizes = RewardOf<"ranking">["prizes"];

/** More places than this are not drawn one by one. */
const MOST_BARS = 60;

interface Prizes {
  readonly count: string;
  readonly sum: string;
  readonly figures: Figure[];
}

function prizesOf(words: Words, prizes: HalfPrizes): Prizes {
  const { t } = words;
  const bands = list(prizes).flatMap(({ from, to, amount }) => {
    const [first, last] = [wholeOf(from), wholeOf(to) ?? wholeOf(from)];
    return first === undefined || last === undefined || last < first ? [] : [{ first, last, amount }];
  });
  const count = bands.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const sum = bands.reduce((all, { first, last, amount }) => all + (last - first + 1) * (drawn(amount) ?? 0), 0);
  const rows = bands.map(({ first, last, amount }) => [placesText(words, first, last), words.money(amount)]);
  const items = bands.flatMap(({ first, last, amount }) => {
    const many = Math.min(last - first + 1, MOST_BARS);
    return Array.from({ length: many }, (_, index) => ({ name: String(first + index), value: drawn(amount) ?? 0 }));
  });
  const table = { columns: [t("picture.col.place"), t("picture.col.prize")], rows };
  const chart = barsOf(t("picture.col.prize"), "money", items.slice(0, MOST_BARS));
  const figures = bands.length === 0 ? [] : [{ title: t("picture.figure.prizes"), chart, table }];
  return { count: words.number(count), sum: money(words, sum), figures };
}

function placesText({ t, number }: Words, first: number, last: number): string {
  return first === last ? number(first) : t("picture.places", { from: number(first), to: number(last) });
}

const TIES = {
  earliestReach: "picture.rule.ties.earliestReach",
  earlierLastFact: "picture.rule.ties.earlierLastFact",
  poolPrizes: "picture.rule.ties.poolPrizes",
  samePrize: "picture.rule.ties.samePrize",
} as const;
const GATE_EFFECTS = {
  rerank: "picture.rule.gateEffect.rerank",
  forfeit: "picture.rule.gateEffect.forfeit",
} as const;

export function race(words: Words, who: string, reward: RewardOf<"race">): Said {
  const { count, sum, figures } = prizesOf(words, reward.prizes);
  const [target, ...fallbacks] = list(reward.targets);
  const said = { who, target: words.name(target), measure: words.measure(reward.measure), count, sum };
  return {
    sentence: words.t("picture.say.race", said),
    rules: fallbacks.map((label) => words.t("picture.rule.fallback", { target: words.name(label) })),
    figures,
  };
}

export function ranking(words: Words, who: string, reward: RewardOf<"ranking">): Said {
  const { count, sum, figures } = prizesOf(words, reward.prizes);
  const { by: ranked } = reward;
  const by = has(ranked, "scorecard")
    ? words.t("picture.by.scorecard", { scorecard: words.reward(ranked.scorecard) })
    : percentOrValue(words, has(ranked, "attainment") ? ranked : "value", reward.measure).text;
  const hasGates = list(reward.gates).length > 0;
  return {
    sentence: words.t("picture.say.ranking", { who, by, count, sum }),
    rules: [...(hasGates ? ruleOf(words, GATE_EFFECTS, reward.gateEffect) : []), ...ruleOf(words, TIES, reward.ties)],
    figures,
  };
}

export function pool(words: Words, who: string, reward: RewardOf<"pool">): Said {
  const { t } = words;
  const { pot, share } = reward;
  const how = sharedHow(words, reward);
  const sentence = has(pot, "rate")
    ? t("picture.say.pool.rate", { rate: words.rate(pot.rate), measure: words.measure(pot.measure), who, how })
    : t("picture.say.pool.amount", { amount: words.money(has(pot, "amount") ? pot.amount : undefined), who, how });
  const byRank = has(share, "byRank") ? share.byRank : undefined;
  const rules = [
    ...ruleOf(words, TIES, byRank?.ties),
    ...ruleOf(words, { scaledAndShared: "picture.rule.scaled" }, byRank?.belowAverage),
    ...ruleOf(words, UNCLAIMED, byRank?.unclaimed),
    ...(has(share, "atMost") ? [t("picture.rule.atMost", { part: words.rate(share.atMost) })] : []),
  ];
  return { sentence, rules, figures: potFigures(words, reward) };
}

const UNCLAIMED = {
  kept: "picture.rule.unclaimed.kept",
  redistributed: "picture.rule.unclaimed.redistributed",
} as const;

function sharedHow(words: Words, { share, measure: id }: RewardOf<"pool">): string {
  const { t } = words;
  const measure = words.measure(id);
  if (has(share, "byAttainment")) return t("picture.how.byAttainment", { label: words.name(share.byAttainment) });
  if (has(share, "byContribution")) return t("picture.how.byContribution", { measure });
  if (has(share, "byWeight")) return t("picture.how.byWeight");
  return t("picture.how.byRank", { measure });
}

function potFigures(words: Words, { share }: RewardOf<"pool">): Figure[] {
  const { t } = words;
  const title = t("picture.figure.shares");
  if (has(share, "byRank")) {
    const shares = list(share.byRank?.shares).map((text, index) => [String(index + 1), text] as const);
    return shareFigure(
      words,
      title,
      t("picture.col.place"),
      shares.map(([place, text]) => [place, asPercent(text)]),
    );
  }
  if (!has(share, "byWeight")) return [];
  const roles = pairsOf(share.byWeight?.roles).map(([role, weight]) => [words.name(role), weight] as const);
  return shareFigure(words, title, t("picture.col.role"), roles);
}

/** Shares of a pot are parts, however they are written. */
function asPercent(text: string): string {
  const part = drawn(text);
  return text.includes("%") || part === undefined ? text : `${Number((part * 100).toPrecision(10))}%`;
}

const BEST = { all: "picture.rule.best.all", earliestReach: "picture.rule.best.earliestReach" } as const;
const NOBODY = { keeps: "picture.rule.nobody.keeps", vacant: "picture.rule.nobody.vacant" } as const;

export function honour(words: Words, who: string, reward: RewardOf<"honour">): Said {
  const { t } = words;
  const { to } = reward;
  const badge = words.name(reward.badge);
  const measure = words.measure(reward.measure);
  const threshold = has(to, "atLeast") ? thresholdText(words, reward.measure, to.atLeast) : "";
  const sentence = has(to, "winnerOf")
    ? t("picture.say.honour.winnerOf", { badge, reward: words.reward(to.winnerOf) })
    : has(to, "atLeast")
      ? t("picture.say.honour.atLeast", { badge, who, measure, threshold })
      : t("picture.say.honour.best", { badge, who, measure });
  const rules = [
    ...ruleOf(words, BEST, has(to, "best") ? to.best : undefined),
    ...ruleOf(words, NOBODY, reward.nobody),
  ];
  return { sentence, rules, figures: [] };
}

const PENALTY_TIES = { all: "picture.rule.penaltyTies.all", none: "picture.rule.penaltyTies.none" } as const;

export function penalty(words: Words, who: string, reward: RewardOf<"penalty">): Said {
  const { t } = words;
  const { when, escalate } = reward;
  const card = words.name(reward.card);
  const measure = words.measure(reward.measure);
  const sentence = has(when, "last")
    ? t("picture.say.penalty.last", { card, who, count: words.number(when.last), measure })
    : t("picture.say.penalty.below", {
        card,
        who,
        measure,
        threshold: thresholdText(words, reward.measure, has(when, "below") ? when.below : undefined),
      });
  const fine = textOf(reward.fine);
  return {
    sentence,
    rules: [
      ...(fine === undefined ? [] : [t("picture.rule.fine", { amount: words.money(fine) })]),
      ...ruleOf(words, PENALTY_TIES, has(when, "ties") ? when.ties : undefined),
      ...escalationRules(words, escalate),
    ],
    figures: cardFigure(words, reward),
  };
}

function escalationRules(words: Words, escalate: RewardOf<"penalty">["escalate"]): string[] {
  if (!escalate) return [];
  const { t } = words;
  const card = words.name(escalate.card);
  const after = words.number(escalate.after);
  const slices = has(escalate.over, "slices") ? words.number(escalate.over.slices) : undefined;
  const fine = textOf(escalate.fine);
  return [
    slices === undefined
      ? t("picture.rule.escalate.inARow", { after, card })
      : t("picture.rule.escalate.slices", { after, slices, card }),
    ...(fine === undefined ? [] : [t("picture.rule.escalate.fine", { card, amount: words.money(fine) })]),
  ];
}

/** Which card and fine follow one another. */
function cardFigure(words: Words, { card, fine, escalate }: RewardOf<"penalty">): Figure[] {
  const { t } = words;
  const after = wholeOf(escalate?.after);
  if (after === undefined || after < 2 || after > 20) return [];
  const cards = Array.from({ length: after }, (_, index) => (index === after - 1 ? escalate : { card, fine }));
  const items = cards.map((one, index) => ({ name: String(index + 1), value: drawn(one?.fine) ?? 0 }));
  const rows = cards.map((one, index) => [
    index === 0 ? t("picture.card.first") : t("picture.card.again", { count: index + 1 }),
    words.name(one?.card),
    textOf(one?.fine) === undefined ? "–" : words.money(one?.fine),
  ]);
  const columns = [t("picture.col.when"), t("picture.col.card"), t("picture.col.fine")];
  const hasFines = items.some(({ value }) => value > 0);
  const chart = hasFines ? { chart: barsOf(t("picture.col.fine"), "money" as const, items) } : {};
  return [{ title: t("picture.figure.cards"), ...chart, table: { columns, rows } }];
}

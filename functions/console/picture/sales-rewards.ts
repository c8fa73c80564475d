import { curveOf, factorFigure, keptFigure, money, percentOrValue, roundingRule } from "./figure-parts.ts";
import { type Figure, piecesOf, roundUp, smooth } from "./figures.ts";
import { drawn, has, list, type RewardOf, textOf } from "./half.ts";
import type { Said } from "./said.ts";
import { tierPay } from "./tier-pay.ts";
import { MISSING, type Words } from "./words.ts";

/** Rewards for what is sold: commission, bands, by the piece, milestones. */

const EXAMPLE = 1000;

export function commission(words: Words, who: string, reward: RewardOf<"commission">): Said {
  const { t } = words;
  const rate = drawn(reward.rate);
  const measure = words.measure(reward.measure);
  return {
    sentence: t("picture.say.commission", { who, rate: words.rate(reward.rate), measure }),
    ...(rate === undefined
      ? {}
      : {
          example: t("picture.say.example", {
            value: words.valueOf(reward.measure, String(EXAMPLE)),
            pay: money(words, rate * EXAMPLE),
          }),
        }),
    rules: [...roundingRule(words, reward.rounding), ...clawbackRule(words, reward.clawback)],
    figures: [...factorFigure(words, reward.multipliers), ...keptFigure(words, reward.clawback)],
  };
}

function clawbackRule({ t, duration, rate }: Words, clawback: RewardOf<"commission">["clawback"]): string[] {
  if (!clawback) return [];
  const within = duration(clawback.within);
  if (clawback.take === "full") return [t("picture.rule.clawback.full", { within })];
  if (has(clawback.take, "part")) return [t("picture.rule.clawback.part", { within, part: rate(clawback.take.part) })];
  return has(clawback.take, "unearned") ? [t("picture.rule.clawback.unearned", { within })] : [];
}

const TIER_TEXTS = {
  marginal: "picture.say.tiers.marginal",
  whole: "picture.say.tiers.whole",
  interpolated: "picture.say.tiers.interpolated",
} as const;

export function tiers(words: Words, who: string, reward: RewardOf<"tiers">): Said {
  const { t } = words;
  const mode = reward.mode ?? "marginal";
  const by = percentOrValue(words, reward.by, reward.measure);
  const key = Object.hasOwn(TIER_TEXTS, mode) ? TIER_TEXTS[mode] : TIER_TEXTS.marginal;
  return {
    sentence: t(key, { who, by: by.text }),
    rules: [
      ...(reward.scope === "perFact" ? [t("picture.rule.scope.perFact")] : []),
      ...roundingRule(words, reward.rounding),
    ],
    figures: list(reward.bands).length === 0 ? [] : [tierFigure(words, reward)],
  };
}

function tierFigure(words: Words, reward: RewardOf<"tiers">): Figure {
  const { t } = words;
  const by = percentOrValue(words, reward.by, reward.measure);
  const bands = list(reward.bands);
  const rows = bands.map((band) => [
    by.mark(band.from),
    textOf(band.to) === undefined ? t("picture.noEnd") : by.mark(band.to),
    bandPay(words, band),
    bandMode(words, band.mode ?? reward.mode),
  ]);
  const columns = [t("picture.col.from"), t("picture.col.to"), t("picture.col.pays"), t("picture.col.how")];
  const table = { columns, rows };
  const title = t("picture.figure.bands");
  const marks = bands.flatMap(({ from }) => drawn(from) ?? []);
  const last = Math.max(...marks, ...bands.flatMap(({ to }) => drawn(to) ?? []), 0);
  if (marks.length === 0) return { title, table };
  const most = last === 0 ? roundUp(EXAMPLE) : roundUp(last * 1.3);
  const stops = [...new Set([0, ...marks, ...bands.flatMap(({ to }) => drawn(to) ?? []), most])].sort((a, b) => a - b);
  const pay = tierPay(bands, reward.mode, reward.edge, by.target);
  const isBent = [reward.mode, ...bands.map(({ mode }) => mode)].includes("interpolated");
  const pieces = piecesOf(pay, stops, reward.edge === "lower" ? "lower" : "upper", isBent ? 12 : 1);
  const chart = curveOf(words, by, [{ name: words.reward(reward.id), pieces }], marks);
  return { title, chart, table, ...(by.isPart ? { note: bandNote(words, by.targetText) } : {}) };
}

function bandNote({ t }: Words, target: string): string {
  return t("picture.figure.bands.note", { target });
}

type HalfBand = NonNullable<NonNullable<RewardOf<"tiers">["bands"]>[number]>;

function bandPay({ t, rate, money: amount, all }: Words, band: HalfBand): string {
  const parts = [
    ...(textOf(band.rate) === undefined ? [] : [t("picture.band.rate", { rate: rate(band.rate) })]),
    ...(textOf(band.perUnit) === undefined ? [] : [t("picture.band.perUnit", { amount: amount(band.perUnit) })]),
    ...(textOf(band.flat) === undefined ? [] : [t("picture.band.flat", { amount: amount(band.flat) })]),
  ];
  return parts.length === 0 ? t("picture.band.nothing") : all(parts);
}

const BAND_MODES = {
  marginal: "picture.band.marginal",
  whole: "picture.band.whole",
  interpolated: "picture.band.interpolated",
} as const;

function bandMode({ t }: Words, mode: RewardOf<"tiers">["mode"]): string {
  return mode !== undefined && Object.hasOwn(BAND_MODES, mode) ? t(BAND_MODES[mode]) : MISSING;
}

export function perUnit(words: Words, who: string, reward: RewardOf<"perUnit">): Said {
  const { t } = words;
  const measure = words.measure(reward.measure);
  const amount = words.money(reward.amount);
  const { packages } = reward;
  const size = words.number(packages?.size);
  const free = drawn(reward.freeUnits) ?? 0;
  return {
    sentence: packages
      ? t("picture.say.perUnit.packages", { who, amount, size, measure })
      : t("picture.say.perUnit", { who, amount, measure }),
    rules: [
      ...(packages?.partial === "started" ? [t("picture.rule.partial.started")] : []),
      ...(packages?.partial === "full" ? [t("picture.rule.partial.full")] : []),
      ...(free > 0 ? [t("picture.rule.freeUnits", { count: words.number(free) })] : []),
      ...(packages && reward.scope === "perFact" ? [t("picture.rule.scope.perFact")] : []),
      ...clawbackRule(words, reward.clawback),
    ],
    figures: [
      ...packageFigure(words, reward),
      ...factorFigure(words, reward.multipliers),
      ...keptFigure(words, reward.clawback),
    ],
  };
}

/** What units come to, by the unit or by the package. */
function packageFigure(words: Words, reward: RewardOf<"perUnit">): Figure[] {
  const { t } = words;
  const amount = drawn(reward.amount);
  const size = reward.packages ? drawn(reward.packages.size) : 1;
  const free = drawn(reward.freeUnits) ?? 0;
  if (amount === undefined || size === undefined || size <= 0) return [];
  const isStarted = reward.packages?.partial === "started";
  const counts = [1, 2, 3, 4, 5];
  const units = counts.map((count) => free + size * count);
  const rows = counts.map((count, index) => [words.number(units[index] ?? 0), money(words, count * amount)]);
  const table = { columns: [t("picture.col.units"), t("picture.col.amount")], rows };
  const most = free + size * 5.5;
  const pay = (x: number) => {
    const packs = Math.max(0, x - free) / size;
    if (!reward.packages) return packs * amount;
    return (isStarted ? Math.ceil(packs) : Math.floor(packs)) * amount;
  };
  const stops = reward.packages ? [...new Set([0, free, ...units, most])] : [...new Set([0, free, most])];
  const pieces = piecesOf(pay, stops, isStarted ? "lower" : "upper");
  const by = percentOrValue(words, "value", reward.measure);
  const chart = curveOf(words, by, [{ name: words.reward(reward.id), pieces }], reward.packages ? units : []);
  return [{ title: t(reward.packages ? "picture.figure.packages" : "picture.figure.bands"), chart, table }];
}

export function milestone(words: Words, who: string, reward: RewardOf<"milestone">): Said {
  const { t } = words;
  const by = percentOrValue(words, reward.by, reward.measure);
  const isEvery = reward.policy === "every";
  const amounts = list(reward.steps).map(({ amount }) => drawn(amount) ?? 0);
  const most = isEvery ? amounts.reduce((sum, one) => sum + one, 0) : Math.max(0, ...amounts);
  return {
    sentence: t(isEvery ? "picture.say.milestone.every" : "picture.say.milestone.highestOnly", {
      who,
      by: by.text,
      sum: money(words, most),
    }),
    rules: reward.reach === "peak" ? [t("picture.rule.peak")] : [],
    figures: amounts.length === 0 ? [] : [stepFigure(words, reward, isEvery)],
  };
}

function stepFigure(words: Words, reward: RewardOf<"milestone">, isEvery: boolean): Figure {
  const { t } = words;
  const by = percentOrValue(words, reward.by, reward.measure);
  const steps = list(reward.steps);
  const rows = steps.map(({ at, amount }) => [by.mark(at), words.money(amount)]);
  const table = { columns: [t("picture.col.mark"), t("picture.col.amount")], rows };
  const title = t("picture.figure.steps");
  const known = steps.flatMap(({ at, amount }) => {
    const [mark, sum] = [drawn(at), drawn(amount)];
    return mark === undefined || sum === undefined ? [] : [{ mark, sum }];
  });
  if (known.length === 0) return { title, table };
  const marks = known.map(({ mark }) => mark);
  const pay = (x: number) => {
    const reached = known.filter(({ mark }) => mark <= x);
    return isEvery ? reached.reduce((sum, one) => sum + one.sum, 0) : (reached.at(-1)?.sum ?? 0);
  };
  const most = roundUp(Math.max(...marks) * 1.3);
  const stops = [...new Set([0, ...marks, most])].sort((a, b) => a - b);
  const pieces = stops.length < 2 ? smooth([]) : piecesOf(pay, stops, "upper");
  return { title, chart: curveOf(words, by, [{ name: words.reward(reward.id), pieces }], marks), table };
}

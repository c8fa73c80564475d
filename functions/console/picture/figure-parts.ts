import { durationParts } from "./calendar.ts";
import { type Bars, type Curve, type Figure, type Piece, piecesOf } from "./figures.ts";
import { drawn, type Half, has, list, type RewardOf, textOf } from "./half.ts";
import { MISSING, type Words } from "./words.ts";

/** What the pictures of several kinds of reward have in common. */

/** An amount that was worked out for a drawing. */
export function money({ currency, locale }: Words, value: number): string {
  if (!/^[A-Z]{3}$/.test(currency)) return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(value);
}

/** What bands and steps are marks of. */
export interface Scale {
  readonly text: string;
  readonly isPart: boolean;
  readonly mark: (text: unknown) => string;
  /** What is drawn as the whole of a target; 1 of a value. */
  readonly target: number;
  readonly targetText: string;
  readonly axis: string;
}

const MONEY_TARGET = 10_000;
const COUNT_TARGET = 100;

type By = RewardOf<"tiers">["by"];

export function percentOrValue(words: Words, by: By, measure: unknown): Scale {
  const name = words.measure(measure);
  if (!has(by, "attainment")) {
    const mark = (text: unknown) => (textOf(text) === undefined ? MISSING : words.valueOf(measure, text));
    return { text: name, isPart: false, mark, target: 1, targetText: "", axis: name };
  }
  const target = words.isMoney(measure) ? MONEY_TARGET : COUNT_TARGET;
  return {
    text: words.t("picture.by.attainment", { label: words.name(by.attainment), measure: name }),
    isPart: true,
    mark: words.rate,
    target,
    targetText: words.isMoney(measure) ? money(words, target) : words.number(target),
    axis: words.t("picture.attained"),
  };
}

export function curveOf(
  { t }: Words,
  scale: Pick<Scale, "axis" | "isPart">,
  lines: readonly { readonly name: string; readonly pieces: readonly Piece[] }[],
  marks: readonly number[],
): Curve {
  return {
    kind: "curve",
    x: scale.axis,
    y: t("picture.col.amount"),
    xIsPart: scale.isPart,
    yIsMoney: true,
    lines,
    marks,
  };
}

export function barsOf(y: string, unit: Bars["unit"], items: Bars["items"]): Bars {
  return { kind: "bars", y, unit, items };
}

/** Shares by name: bars and the same as a table. */
export function shareFigure(
  words: Words,
  title: string,
  name: string,
  pairs: readonly (readonly [string, string])[],
): Figure[] {
  if (pairs.length === 0) return [];
  const items = pairs.flatMap(([one, text]) => {
    const value = drawn(text);
    return value === undefined ? [] : [{ name: one, value }];
  });
  const rows = pairs.map(([one, text]) => [one, text.includes("%") ? words.rate(text) : words.number(text)]);
  const isPart = pairs.every(([, text]) => text.includes("%"));
  const y = words.t("picture.col.share");
  return [{ title, chart: barsOf(y, isPart ? "part" : "number", items), table: { columns: [name, y], rows } }];
}

type HalfMultipliers = RewardOf<"commission">["multipliers"];

const STACKING = {
  multiply: "picture.rule.stacking.multiply",
  highest: "picture.rule.stacking.highest",
  add: "picture.rule.stacking.add",
} as const;

/** Factors on what single sales pay, with when they hold. */
export function factorFigure(words: Words, multipliers: HalfMultipliers): Figure[] {
  const factors = list(multipliers?.factors);
  if (factors.length === 0) return [];
  const { t } = words;
  const rows = factors.map(({ id, factor, during, when }) => [
    words.name(id),
    words.number(factor),
    [
      ...(during
        ? [
            `${textOf(during.start)?.replace("T", " ") ?? MISSING} – ${textOf(during.end)?.replace("T", " ") ?? MISSING}`,
          ]
        : []),
      ...(textOf(when) === undefined ? [] : [textOf(when) ?? ""]),
    ].join(" · ") || t("picture.always"),
  ]);
  const items = factors.flatMap(({ id, factor }) => {
    const value = drawn(factor);
    return value === undefined ? [] : [{ name: words.name(id), value }];
  });
  const stacking = multipliers?.stacking;
  const note = stacking !== undefined && Object.hasOwn(STACKING, stacking) ? { note: t(STACKING[stacking]) } : {};
  const columns = [t("picture.col.what"), t("picture.col.factor"), t("picture.col.when")];
  return [
    {
      title: t("picture.figure.factors"),
      chart: barsOf(t("picture.col.factor"), "number", items),
      table: { columns, rows },
      ...(factors.length > 1 ? note : {}),
    },
  ];
}

/** How much of the pay for a sale is kept when it is cancelled later and later. */
export function keptFigure(words: Words, clawback: RewardOf<"commission">["clawback"]): Figure[] {
  const unearned = has(clawback?.take, "unearned") ? clawback?.take.unearned : undefined;
  const count = monthsOf(clawback?.within);
  if (unearned !== "months" || count === 0) return [];
  const { t } = words;
  const months = Array.from({ length: count + 1 }, (_, month) => month);
  const kept = (x: number) => Math.min(1, Math.ceil(x) / count);
  const chart: Curve = {
    kind: "curve",
    x: t("picture.col.month"),
    y: t("picture.col.kept"),
    xIsPart: false,
    yIsMoney: false,
    lines: [{ name: t("picture.col.kept"), pieces: piecesOf(kept, months, "lower") }],
    marks: [],
  };
  const rows = months.slice(1).map((month) => [words.number(month), `${month}/${count}`]);
  return [
    {
      title: t("picture.figure.clawback"),
      chart,
      table: { columns: [t("picture.col.month"), t("picture.col.kept")], rows },
    },
  ];
}

/** A duration in whole months; 0 where it is of days. */
export function monthsOf(duration: unknown): number {
  const lengths: Readonly<Record<string, number>> = { year: 12, month: 1 };
  const parts = durationParts(duration);
  if (parts.some(([unit]) => lengths[unit] === undefined)) return 0;
  const months = parts.reduce((sum, [unit, count]) => sum + count * (lengths[unit] ?? 0), 0);
  return months > 120 ? 0 : months;
}

export function roundingRule({ t }: Words, rounding: RewardOf<"commission">["rounding"]): string[] {
  if (rounding?.scope === "perFact") return [t("picture.rule.perFact")];
  return rounding?.scope === "perTotal" ? [t("picture.rule.perTotal")] : [];
}

type HalfThreshold = Half<{ value: string } | { target: string }>;

/** A value that a measure is compared with. */
export function thresholdText(words: Words, measure: unknown, threshold: HalfThreshold | undefined): string {
  if (has(threshold, "target")) return words.t("picture.threshold.target", { label: words.name(threshold.target) });
  return has(threshold, "value") ? words.valueOf(measure, threshold.value) : MISSING;
}

/** A text of a choice that is there; nothing of one that is not said or not known. */
export function ruleOf<K extends string>(
  { t }: Words,
  texts: Readonly<Record<K, Parameters<Words["t"]>[0]>>,
  choice: unknown,
  values?: Parameters<Words["t"]>[1],
): string[] {
  for (const [known, key] of Object.entries<Parameters<Words["t"]>[0]>(texts)) {
    if (known === choice) return [t(key, values)];
  }
  return [];
}

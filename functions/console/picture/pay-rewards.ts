import { curveOf, money, ruleOf } from "./figure-parts.ts";
import { type Curve, type Figure, piecesOf, roundUp } from "./figures.ts";
import { drawn, has, list, pairsOf, type RewardOf, textOf, wholeOf } from "./half.ts";
import type { Said } from "./said.ts";
import { MISSING, type Words } from "./words.ts";

/** Leaders' parts, pay plans and advances. */

const OWN = { included: "picture.rule.own.included", excluded: "picture.rule.own.excluded" } as const;
const SEVERAL = { each: "picture.rule.several.each", shared: "picture.rule.several.shared" } as const;

export function override(words: Words, who: string, reward: RewardOf<"override">): Said {
  const { t } = words;
  const { from, leaders } = reward;
  const roles = words.all(list(leaders?.roles).map(words.name)) || MISSING;
  const rate = words.rate(reward.rate);
  const sentence = has(from, "measure")
    ? t("picture.say.override.measure", { roles, who, rate, measure: words.measure(from.measure) })
    : t("picture.say.override.lines", {
        roles,
        who,
        rate,
        rewards: rewardsText(words, has(from, "lines") ? from.lines : []),
      });
  const rules = [...ruleOf(words, OWN, reward.own), ...ruleOf(words, SEVERAL, leaders?.several)];
  return { sentence, rules, figures: [] };
}

export function rewardsText(words: Words, ids: readonly (string | undefined)[] | undefined): string {
  return words.all(list(ids).map((id) => `“${words.reward(id)}”`)) || MISSING;
}

const DRAW = {
  guarantee: "picture.rule.draw.guarantee",
  onTop: "picture.rule.draw.onTop",
  ahead: "picture.rule.draw.ahead",
} as const;
const RECOVERY = {
  aboveDraw: "picture.rule.recovery.aboveDraw",
  allEarnings: "picture.rule.recovery.allEarnings",
  none: "picture.rule.recovery.none",
} as const;

export function payPlan(words: Words, who: string, reward: RewardOf<"payPlan">): Said {
  const { t } = words;
  const components = list(reward.components);
  const parts = [
    ...(reward.base ? [t("picture.part.base")] : []),
    ...list(reward.allowances).map(({ id }) => words.name(id)),
    ...(components.length === 0 ? [] : [t("picture.part.components", { rewards: rewardsText(words, components) })]),
    ...(reward.draw ? [t("picture.part.draw")] : []),
  ];
  const rate = has(reward.adjustment?.by, "rate") ? reward.adjustment?.by.rate : undefined;
  return {
    sentence: t("picture.say.payPlan", { who, parts: words.all(parts) || MISSING }),
    rules: [
      ...(rate === undefined ? [] : [t("picture.rule.adjustment", { rate: words.rate(rate) })]),
      ...boundRule(words, MINIMUM, reward.minimum),
      ...boundRule(words, MAXIMUM, reward.maximum),
      ...ruleOf(words, DRAW, reward.draw?.timing),
      ...ruleOf(words, RECOVERY, reward.draw?.recovery),
    ],
    figures: [...fixedFigure(words, reward), ...adjustmentFigure(words, reward), ...payFigure(words, reward)],
  };
}

const MINIMUM = { total: "picture.rule.minimum.total", performance: "picture.rule.minimum.performance" } as const;
const MAXIMUM = { total: "picture.rule.maximum.total", performance: "picture.rule.maximum.performance" } as const;

function boundRule(
  words: Words,
  texts: typeof MINIMUM | typeof MAXIMUM,
  bound: RewardOf<"payPlan">["minimum"],
): string[] {
  return bound ? ruleOf(words, texts, bound.on, { amount: words.money(bound.amount) }) : [];
}

type HalfAmount = RewardOf<"payPlan">["base"];

function amountRows(words: Words, name: string, amount: HalfAmount): string[][] {
  if (has(amount, "byRole"))
    return pairsOf(amount.byRole).map(([role, text]) => [name, words.name(role), words.money(text)]);
  if (has(amount, "target")) {
    const label = words.t("picture.threshold.target", { label: words.name(amount.target?.label) });
    return [[name, words.t("picture.everybody"), label]];
  }
  return has(amount, "amount") ? [[name, words.t("picture.everybody"), words.money(amount.amount)]] : [];
}

function fixedFigure(words: Words, reward: RewardOf<"payPlan">): Figure[] {
  const { t } = words;
  const rows = [
    ...amountRows(words, t("picture.part.base"), reward.base),
    ...list(reward.allowances).flatMap(({ id, pay }) => amountRows(words, words.name(id), pay)),
    ...amountRows(words, t("picture.part.draw"), reward.draw?.amount),
  ];
  if (rows.length === 0) return [];
  const columns = [t("picture.col.what"), t("picture.col.role"), t("picture.col.amount")];
  return [{ title: t("picture.figure.base"), table: { columns, rows } }];
}

function adjustmentFigure(words: Words, { adjustment }: RewardOf<"payPlan">): Figure[] {
  const by = adjustment?.by;
  const rates = has(by, "byUnit") ? pairsOf(by.byUnit) : has(by, "byRole") ? pairsOf(by.byRole) : [];
  if (rates.length === 0) return [];
  const { t } = words;
  const rows = rates.map(([id, text]) => [words.name(id), words.rate(text)]);
  const columns = [t("picture.col.what"), t("picture.col.factor")];
  return [{ title: t("picture.figure.factors"), table: { columns, rows } }];
}

/** What the fixed amounts of a role come to; amounts of the targets table are not known here. */
function fixedOf(reward: RewardOf<"payPlan">, role: string | undefined): number {
  const one = (amount: HalfAmount) => {
    if (has(amount, "amount")) return drawn(amount.amount) ?? 0;
    const known = has(amount, "byRole") ? pairsOf(amount.byRole).find(([id]) => id === role) : undefined;
    return drawn(known?.[1]) ?? 0;
  };
  return one(reward.base) + list(reward.allowances).reduce((sum, { pay }) => sum + one(pay), 0);
}

/** Pay by performance, one line a role, with minimum and maximum. */
function payFigure(words: Words, reward: RewardOf<"payPlan">): Figure[] {
  const { t } = words;
  const roles = has(reward.base, "byRole") ? pairsOf(reward.base.byRole).map(([role]) => role) : [undefined];
  const fixed = roles.map((role) => fixedOf(reward, role));
  const [low, high] = [drawn(reward.minimum?.amount), drawn(reward.maximum?.amount)];
  const scale = Math.max(...fixed, low ?? 0, high ?? 0);
  if (!(scale > 0)) return [];
  const most = roundUp(scale * 1.5);
  const payAt = (base: number) => (x: number) => {
    const clip = (value: number, on: "performance" | "total") => {
      const least = reward.minimum?.on === on && low !== undefined ? Math.max(value, low) : value;
      return reward.maximum?.on === on && high !== undefined ? Math.min(least, high) : least;
    };
    return clip(base + clip(x, "performance"), "total");
  };
  const stops = Array.from({ length: 61 }, (_, index) => (most * index) / 60);
  const lines = fixed.map((base, index) => ({
    name: roles[index] === undefined ? words.reward(reward.id) : words.name(roles[index]),
    pieces: piecesOf(payAt(base), stops, "upper"),
  }));
  const at = [0, 0.25, 0.5, 0.75, 1].map((part) => part * most);
  const rows = at.map((x) => [money(words, x), ...fixed.map((base) => money(words, payAt(base)(x)))]);
  const columns = [t("picture.col.performance"), ...lines.map(({ name }) => name)];
  const curve: Curve = {
    ...curveOf(words, { axis: t("picture.col.performance"), isPart: false }, lines, []),
    y: t("picture.col.pay"),
  };
  return [
    { title: t("picture.figure.pay"), chart: curve, table: { columns, rows }, note: t("picture.figure.pay.note") },
  ];
}

const EARNED = {
  monthStart: "picture.rule.earned.monthStart",
  monthEnd: "picture.rule.earned.monthEnd",
  payment: "picture.rule.earned.payment",
} as const;
const UNEARNED = { chargeBack: "picture.rule.unearned.chargeBack", keep: "picture.rule.unearned.keep" } as const;
/** What a contract is drawn for. */
const CONTRACT = 1000;

export function advance(words: Words, who: string, reward: RewardOf<"advance">): Said {
  const { t } = words;
  const ahead = has(reward.advance, "months")
    ? t("picture.advance.months", { count: words.number(reward.advance.months) })
    : words.rate(has(reward.advance, "part") ? reward.advance.part : undefined);
  const measure = has(reward.value, "yearly")
    ? reward.value.yearly
    : has(reward.value, "monthly")
      ? reward.value.monthly
      : undefined;
  return {
    sentence: t("picture.say.advance", {
      who,
      rate: words.rate(reward.rate),
      measure: words.measure(measure),
      months: words.number(reward.months),
      advance: ahead,
    }),
    rules: [...ruleOf(words, EARNED, reward.earned), ...ruleOf(words, UNEARNED, reward.unearned)],
    figures: contractFigure(words, reward),
  };
}

/** What a contract has paid and earned, month by month: nothing more is paid until the advance is earned. */
function contractFigure(words: Words, reward: RewardOf<"advance">): Figure[] {
  const { t } = words;
  const months = wholeOf(reward.months);
  const rate = drawn(reward.rate);
  if (months === undefined || rate === undefined || months < 1 || months > 120) return [];
  const isMonthly = has(reward.value, "monthly");
  const all = rate * CONTRACT * (isMonthly ? months : 1);
  const ahead = has(reward.advance, "months")
    ? (all * (wholeOf(reward.advance.months) ?? 0)) / months
    : all * ((has(reward.advance, "part") ? drawn(reward.advance.part) : undefined) ?? 0);
  const earned = (x: number) => (all * Math.min(months, Math.floor(x))) / months;
  const paid = (x: number) => Math.max(ahead, earned(x));
  const stops = Array.from({ length: months + 1 }, (_, month) => month);
  // One month more, so that the last one can be seen.
  const drawnTo = [...stops, months + 1];
  const lines = [
    { name: t("picture.line.paid"), pieces: piecesOf(paid, drawnTo, "upper") },
    { name: t("picture.line.earned"), pieces: piecesOf(earned, drawnTo, "upper") },
  ];
  const rows = stops.map((month) => [words.number(month), money(words, paid(month)), money(words, earned(month))]);
  const columns = [t("picture.col.month"), t("picture.col.paid"), t("picture.col.earned")];
  const chart = curveOf(words, { axis: t("picture.col.month"), isPart: false }, lines, []);
  const value = textOf(words.currency) === undefined ? words.number(CONTRACT) : money(words, CONTRACT);
  const note = t("picture.figure.advance.note", { value });
  return [{ title: t("picture.figure.advance"), chart, table: { columns, rows }, note }];
}

import { curveOf, factorFigure, money, percentOrValue, roundingRule, ruleOf } from "./figure-parts.ts";
import { type Figure, piecesOf, roundUp } from "./figures.ts";
import { drawn, has, type RewardOf, textOf, wholeOf } from "./half.ts";
import type { Said } from "./said.ts";
import { MISSING, type Words } from "./words.ts";

/** Benefits in kind: rebates, gifts, points. */

const ORDERS = { first: "picture.rule.orders.first", firstWithin: "picture.rule.orders.firstWithin" } as const;
const EVIDENCE = { before: "picture.rule.evidence.before", after: "picture.rule.evidence.after" } as const;

export function rebate(words: Words, who: string, reward: RewardOf<"rebate">): Said {
  const { t } = words;
  const goods = has(reward.in, "goods") ? reward.in : undefined;
  const said = { who, rate: words.rate(reward.rate), measure: words.measure(reward.measure) };
  const { evidence } = reward;
  const proof = { measure: words.measure(evidence?.measure), within: words.duration(evidence?.within) };
  return {
    sentence: goods
      ? t("picture.say.rebate.goods", { ...said, goods: words.name(goods.goods), value: words.money(goods.unitValue) })
      : t("picture.say.rebate.credit", said),
    rules: [
      ...orderRule(words, reward),
      ...ruleOf(words, ORDERS, reward.orders),
      ...ruleOf(words, EVIDENCE, evidence?.grant, proof),
      ...stockRule(words, goods?.stock),
    ],
    figures: orderFigure(words, reward),
  };
}

function orderRule({ t, money: amount }: Words, { order }: RewardOf<"rebate">): string[] {
  const [least, most] = [textOf(order?.minimum), textOf(order?.maximum)];
  if (least !== undefined && most !== undefined) {
    return [t("picture.rule.order.between", { minimum: amount(least), maximum: amount(most) })];
  }
  if (least !== undefined) return [t("picture.rule.order.minimum", { minimum: amount(least) })];
  return most === undefined ? [] : [t("picture.rule.order.maximum", { maximum: amount(most) })];
}

function stockRule(words: Words, stock: unknown): string[] {
  return textOf(stock) === undefined ? [] : [words.t("picture.rule.stock", { stock: words.name(stock) })];
}

/** What orders of rising size are given, with the limits; goods in whole pieces. */
function orderFigure(words: Words, reward: RewardOf<"rebate">): Figure[] {
  const { t } = words;
  const rate = drawn(reward.rate);
  if (rate === undefined) return [];
  const [least, most] = [drawn(reward.order?.minimum) ?? 0, drawn(reward.order?.maximum)];
  const worth = has(reward.in, "goods") ? drawn(reward.in.unitValue) : undefined;
  const end = roundUp((most ?? Math.max(least, 1000) * 1.5) * 1.2);
  const given = (x: number) => {
    if (x < least || x > (most ?? Number.POSITIVE_INFINITY)) return 0;
    return worth === undefined || worth <= 0 ? rate * x : Math.floor((rate * x) / worth);
  };
  const stops = [...new Set([0, least, most ?? end, end])].sort((a, b) => a - b);
  const by = percentOrValue(words, "value", reward.measure);
  const pieces = piecesOf(given, stops, "upper", worth === undefined ? 1 : 24);
  const shown = (x: number) => (worth === undefined ? money(words, given(x)) : words.number(given(x)));
  const rows = [...new Set([least, (least + (most ?? end)) / 2, most ?? end])].map((x) => [money(words, x), shown(x)]);
  const gives =
    worth === undefined ? t("picture.col.amount") : words.name(has(reward.in, "goods") ? reward.in.goods : undefined);
  const curve = curveOf(words, { axis: t("picture.col.order"), isPart: by.isPart }, [{ name: gives, pieces }], []);
  return [
    {
      title: t("picture.figure.order"),
      chart: { ...curve, y: gives, yIsMoney: worth === undefined },
      table: { columns: [t("picture.col.order"), gives], rows },
    },
  ];
}

const GIFT_MOST = { payee: "picture.rule.giftMost.payee", recipient: "picture.rule.giftMost.recipient" } as const;

export function gift(words: Words, who: string, reward: RewardOf<"gift">): Said {
  const { t } = words;
  const measure = words.measure(reward.measure);
  const said = { who, pieces: words.number(reward.pieces), item: words.name(reward.item), measure };
  const every = has(reward.for, "every") ? words.valueOf(reward.measure, reward.for.every) : MISSING;
  const sentence =
    reward.for === "eachFact"
      ? t("picture.say.gift.eachFact", said)
      : reward.for === "eachRecipient"
        ? t("picture.say.gift.eachRecipient", said)
        : t("picture.say.gift.every", { ...said, every });
  const count = wholeOf(reward.atMost?.pieces);
  const attribute = has(reward.to, "attribute") ? textOf(reward.to.attribute) : undefined;
  return {
    sentence,
    rules: [
      ...(attribute === undefined ? [] : [t("picture.rule.recipient", { attribute })]),
      ...(count === undefined ? [] : ruleOf(words, GIFT_MOST, reward.atMost?.each, { count: words.number(count) })),
      ...stockRule(words, reward.stock),
      ...(textOf(reward.value) === undefined ? [] : [t("picture.rule.value", { amount: words.money(reward.value) })]),
    ],
    figures: giftFigure(words, reward),
  };
}

/** A gift for every so much is a staircase. */
function giftFigure(words: Words, reward: RewardOf<"gift">): Figure[] {
  const { t } = words;
  const every = has(reward.for, "every") ? drawn(reward.for.every) : undefined;
  const pieces = wholeOf(reward.pieces);
  if (every === undefined || every <= 0 || pieces === undefined) return [];
  const stops = [0, 1, 2, 3, 4, 5, 5.5].map((count) => count * every);
  const marks = stops.slice(1, -1);
  const gives = words.name(reward.item);
  const scale = percentOrValue(words, "value", reward.measure);
  const at = (x: number) => Math.floor(x / every + 1e-9) * pieces;
  const curve = curveOf(words, scale, [{ name: gives, pieces: piecesOf(at, stops, "upper") }], marks);
  const rows = marks.map((x) => [scale.mark(String(x)), words.number(at(x))]);
  return [
    {
      title: t("picture.figure.packages"),
      chart: { ...curve, y: gives, yIsMoney: false },
      table: { columns: [scale.axis, gives], rows },
    },
  ];
}

export function points(words: Words, who: string, reward: RewardOf<"points">): Said {
  const { t } = words;
  const said = {
    who,
    rate: words.number(reward.rate),
    programme: words.name(reward.programme),
    measure: words.measure(reward.measure),
  };
  const redeemed = textOf(reward.redemption?.measure);
  return {
    sentence: t("picture.say.points", said),
    rules: [
      ...roundingRule(words, reward.rounding),
      ...(reward.expiry ? [t("picture.rule.expiry", { after: words.duration(reward.expiry.after) })] : []),
      ...(redeemed === undefined ? [] : [t("picture.rule.redemption", { measure: words.measure(redeemed) })]),
    ],
    figures: factorFigure(words, reward.multipliers),
  };
}

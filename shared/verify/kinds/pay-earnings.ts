import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";
import type { Award } from "../award.ts";
import { type Fraction, fraction } from "../exact.ts";
import { product } from "../fractions.ts";
import { asMoney, roundedMoney } from "../money.ts";
import type { Candidate, Numbers, Reckoned, Reckoner } from "../reckon.ts";
import { fixedPay } from "./pay-fixed.ts";
import { addedUp } from "./pieces.ts";

type Person = Omit<Candidate, "sales" | "value">;

/** Base, allowances and performance pay within their bounds, before any draw. */
export function earningsOf(
  reckoner: Reckoner,
  reward: PayPlanReward,
  person: Person,
  components: readonly Award[],
): Pick<Reckoned, "trace"> & { readonly total: bigint; readonly fixed: bigint } {
  const { id, trace: gates, passes } = person;
  const isMember = reckoner.book.where.post(id, reckoner.last) !== undefined;
  const amounts = [...(reward.base ? [{ id: "base", pay: reward.base }] : []), ...reward.allowances];
  const fixed = amounts.map(({ id: name, pay }) => ({ name, ...fixedPay(reckoner, pay, id) }));
  const fixedSteps = fixed
    .filter(({ amount }) => amount !== 0n)
    .map(({ name, amount, step }) => ({ step: "fixedPay", id: name, ...step, amount: reckoner.moneyText(amount) }));
  const all = addedUp(fixed, ({ amount }) => amount);
  const earned = passes ? addedUp(components, ({ amount }) => amount) : 0n;
  const adjusted = adjustment(reckoner, reward, id, earned);
  const performance = bounded(reckoner, reward, "performance", adjusted.amount, isMember);
  const total = bounded(reckoner, reward, "total", all + performance.amount, isMember);
  const [allText, performanceText, text] = [all, performance.amount, total.amount].map((one) =>
    reckoner.moneyText(one),
  );
  return {
    total: total.amount,
    fixed: all,
    trace: [
      ...gates,
      ...fixedSteps,
      ...(passes ? componentSteps(reckoner, reward, components) : []),
      ...adjusted.told,
      ...performance.told,
      ...total.told,
      { step: "earnings", fixed: allText, performance: performanceText, amount: text },
    ],
  };
}

function componentSteps(reckoner: Reckoner, reward: PayPlanReward, awards: readonly Award[]): Numbers[] {
  return reward.components.map((component) => {
    const own = awards.filter(({ reward: { id } }) => id === component);
    const slices = new Map<string, bigint>();
    for (const { span, amount } of own) slices.set(span.id, (slices.get(span.id) ?? 0n) + amount);
    return {
      step: "component",
      reward: component,
      slices: [...slices]
        .filter(([, amount]) => amount !== 0n)
        .map(([slice, amount]) => ({ slice, amount: reckoner.moneyText(amount) })),
      amount: reckoner.moneyText(addedUp(own, ({ amount }) => amount)),
    };
  });
}

interface Step {
  readonly amount: bigint;
  readonly told: readonly Numbers[];
}

/** Performance pay times a factor, rounded once. */
function adjustment(reckoner: Reckoner, { adjustment: rule }: PayPlanReward, id: string, before: bigint): Step {
  if (!rule || before === 0n) return { amount: before, told: [] };
  const { rate, step } = rateOf(reckoner, rule.by, id);
  const amount = roundedMoney(reckoner, product(asMoney(reckoner, before), rate.factor), rule.rounding);
  const [from, text] = [before, amount].map((money) => reckoner.moneyText(money));
  return { amount, told: [{ step: "adjusted", ...step, rate: rate.text, before: from, amount: text }] };
}

type By = NonNullable<PayPlanReward["adjustment"]>["by"];
interface Rate {
  readonly text: string;
  readonly factor: Fraction;
}

/** One for all, of the role, or of the nearest unit that is named, the own one first. */
function rateOf(
  { book: { where }, last }: Reckoner,
  by: By,
  id: string,
): { readonly rate: Rate; readonly step: Numbers } {
  const said = (text: string): Rate => ({ text, factor: fraction(text) });
  if ("rate" in by) return { rate: said(by.rate), step: {} };
  const post = where.post(id, last);
  const without = said(by.without === "one" ? "1" : "0");
  if ("byRole" in by) {
    const rate = post && new Map(Object.entries(by.byRole)).get(post.role);
    return {
      rate: rate === undefined ? without : said(rate),
      step: { role: rate === undefined ? undefined : post?.role },
    };
  }
  const named = new Map(Object.entries(by.byUnit));
  const unit = post && where.chain(post.unit).find((above) => named.has(above));
  const rate = unit === undefined ? undefined : named.get(unit);
  return { rate: rate === undefined ? without : said(rate), step: { unit } };
}

/** At least the minimum, of who belongs to a unit; then at most the maximum. */
function bounded(
  reckoner: Reckoner,
  { minimum, maximum }: PayPlanReward,
  on: "performance" | "total",
  amount: bigint,
  isMember: boolean,
): Step {
  const bounds = [
    ...(minimum?.on === on && isMember ? [{ bound: "minimum", limit: minimum.amount } as const] : []),
    ...(maximum?.on === on ? [{ bound: "maximum", limit: maximum.amount } as const] : []),
  ];
  let now = amount;
  const told: Numbers[] = [];
  for (const { bound, limit: said } of bounds) {
    const limit = reckoner.money(said);
    if (bound === "minimum" ? now >= limit : now <= limit) continue;
    const [before, text] = [now, limit].map((money) => reckoner.moneyText(money));
    told.push({ step: "bounded", bound, on, limit: said, before, amount: text });
    now = limit;
  }
  return { amount: now, told };
}

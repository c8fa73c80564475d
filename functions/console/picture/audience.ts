import type { TextKey } from "../i18n/en.ts";
import { ruleOf } from "./figure-parts.ts";
import { type HalfPlan, type HalfReward, has, list, textOf } from "./half.ts";
import { rewardsText } from "./pay-rewards.ts";
import { MISSING, type Words } from "./words.ts";

/** Who takes part, what counts, which targets and limits there are: in words. */

export interface Condition {
  readonly name: string;
  /** What it asks, in words where it is simple. */
  readonly means: readonly string[];
  /** As the plan writes it. */
  readonly code: string;
}

export interface Named {
  readonly title: string;
  readonly text: string;
}

const MEMBERSHIP = { occurrence: "picture.who.occurrence", periodEnd: "picture.who.periodEnd" } as const;

export function audienceText(words: Words, { audience, crediting }: HalfPlan): string[] {
  const { t, all } = words;
  const units = list(audience?.units).map(words.name);
  const roles = list(audience?.roles).map(words.name);
  return [
    ...(units.length === 0 && roles.length === 0 ? [t("picture.who.all")] : []),
    ...(units.length === 0 ? [] : [t("picture.who.units", { units: all(units) })]),
    ...(roles.length === 0 ? [] : [t("picture.who.roles", { roles: all(roles) })]),
    ...ruleOf(words, MEMBERSHIP, audience?.membership),
    ...ruleOf(words, { seller: "picture.who.seller", splits: "picture.who.splits" }, crediting?.to),
    ...(crediting?.overlays === "credited" ? [t("picture.who.overlays")] : []),
  ];
}

export function conditions(words: Words, { counts }: HalfPlan): Condition[] {
  return list(counts).map(({ id, when, name }) => {
    const code = textOf(when) ?? MISSING;
    const own = textOf(name?.[words.language]) ?? textOf(name?.en);
    return { name: own ?? words.name(id), means: conditionWords(words, code), code };
  });
}

const FIELDS: Readonly<Record<string, TextKey>> = {
  product: "picture.field.product",
  channel: "picture.field.channel",
  amount: "picture.field.amount",
  quantity: "picture.field.quantity",
  kind: "picture.field.kind",
  topic: "picture.field.topic",
  source: "picture.field.source",
  value: "picture.field.value",
};
const COMPARED: Readonly<Record<string, TextKey>> = {
  "==": "picture.when.is",
  "!=": "picture.when.not",
  ">=": "picture.when.least",
  ">": "picture.when.more",
  "<=": "picture.when.most",
  "<": "picture.when.less",
};

/** A condition in words where it is a row of simple ones; nothing where it says more than that. */
export function conditionWords(words: Words, code: string): string[] {
  if (/\|\||\?|[()!](?!=)/.test(code.replaceAll(/"[^"]*"/g, '""'))) return [];
  const parts = code.split("&&").map((part) => simpleWords(words, part.trim()));
  return parts.every((part) => part !== undefined) ? parts.flatMap((part) => part ?? []) : [];
}

function simpleWords({ t, either, number }: Words, part: string): string | undefined {
  const fieldText = (name: string) => {
    const key = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    return key === undefined ? name : t(key);
  };
  const [, member, values] = /^(\w+) in \[([^\]]*)\]$/.exec(part) ?? [];
  if (member !== undefined && values !== undefined) {
    const items = [...values.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);
    return t("picture.when.in", { field: fieldText(member), values: either(items) });
  }
  const [, field, operator = "", text, digits] =
    /^(\w+) ?(==|!=|>=|<=|>|<) ?(?:"([^"]*)"|(-?\d+(?:\.\d+)?|true|false))$/.exec(part) ?? [];
  const key = COMPARED[operator];
  if (field === undefined || key === undefined) return undefined;
  const shown = text ?? (/^[tf]/.test(digits ?? "") ? digits : number(digits));
  return t(key, { field: fieldText(field), values: shown ?? "" });
}

export interface Target {
  readonly text: string;
  readonly used: string;
}

/** Targets that rewards need, with what for. */
export function targetsOf(words: Words, plan: HalfPlan): Target[] {
  const uses = new Map<string, { measure: string; label: string; rewards: Set<string> }>();
  for (const reward of list(plan.rewards)) {
    for (const [measure, label] of targetsAsked(reward)) {
      const key = `${measure} ${label}`;
      const use = uses.get(key) ?? { measure, label, rewards: new Set() };
      if (textOf(reward.id) !== undefined) use.rewards.add(reward.id ?? "");
      uses.set(key, use);
    }
  }
  return [...uses.values()].map(({ measure, label, rewards }) => ({
    text: words.t("picture.targets.text", { measure: words.measure(measure), label: words.name(label) }),
    used: words.t("picture.targets.for", { rewards: rewardsText(words, [...rewards]) }),
  }));
}

type Asked = readonly [measure: string, label: string];

function targetsAsked(reward: HalfReward): Asked[] {
  const own = has(reward, "measure") ? textOf(reward.measure) : undefined;
  const asked: (readonly [unknown, unknown])[] = list(reward.gates).map((gate) => [
    gate.measure,
    has(gate.atLeast, "target") ? gate.atLeast.target : undefined,
  ]);
  for (const { provided } of list(reward.instalments)) {
    asked.push([provided?.measure, has(provided?.atLeast, "target") ? provided?.atLeast.target : undefined]);
  }
  if (has(reward, "by")) asked.push([own, has(reward.by, "attainment") ? reward.by.attainment : undefined]);
  if (reward.kind === "race") asked.push(...list(reward.targets).map((label) => [own, label] as const));
  if (reward.kind === "scorecard") {
    for (const { measure, by } of list(reward.kpis))
      asked.push([measure, has(by, "attainment") ? by.attainment : undefined]);
  }
  if (reward.kind === "pool" && has(reward.share, "byAttainment")) asked.push([own, reward.share.byAttainment]);
  if (reward.kind === "honour" && has(reward.to, "atLeast")) {
    asked.push([own, has(reward.to.atLeast, "target") ? reward.to.atLeast.target : undefined]);
  }
  if (reward.kind === "penalty" && has(reward.when, "below")) {
    asked.push([own, has(reward.when.below, "target") ? reward.when.below.target : undefined]);
  }
  if (reward.kind === "payPlan") asked.push(...payTargets(reward));
  return asked.flatMap(([measure, label]): Asked[] => {
    const [known, named] = [textOf(measure), textOf(label)];
    return known === undefined || named === undefined ? [] : [[known, named]];
  });
}

function payTargets(
  reward: Extract<HalfReward, { readonly kind?: "payPlan" | undefined }>,
): (readonly [unknown, unknown])[] {
  const amounts = [reward.base, ...list(reward.allowances).map(({ pay }) => pay), reward.draw?.amount];
  return amounts.flatMap((amount) =>
    has(amount, "target") ? [[amount.target?.measure, amount.target?.label] as const] : [],
  );
}

const BUDGETS = {
  firstCome: "picture.budget.firstCome",
  proRata: "picture.budget.proRata",
  stopAndFlag: "picture.budget.stopAndFlag",
} as const;

/** Budgets, then stocks. */
export function limitsOf(words: Words, plan: HalfPlan): Named[] {
  const { t } = words;
  const budgets = list(plan.budgets).map(({ id, rewards, amount, policy }) => ({
    title: words.name(id),
    text: [
      t("picture.budget", { amount: words.money(amount), rewards: rewardsText(words, rewards) }),
      ...ruleOf(words, BUDGETS, policy),
    ].join(" · "),
  }));
  const stocks = list(plan.stocks).map(({ id, name, quantity }) => {
    const own = textOf(name?.[words.language]) ?? textOf(name?.en) ?? words.name(id);
    return { title: own, text: t("picture.stock", { name: own, count: words.number(quantity) }) };
  });
  return [...budgets, ...stocks];
}

const RECOVERY = { nextPayout: "picture.payout.nextPayout", receivable: "picture.payout.receivable" } as const;

export function payoutText(words: Words, { minimumPayout, recovery }: HalfPlan): string[] {
  const least = textOf(minimumPayout);
  return [
    ...(least === undefined ? [] : [words.t("picture.payout.minimum", { amount: words.money(least) })]),
    ...ruleOf(words, RECOVERY, recovery),
  ];
}

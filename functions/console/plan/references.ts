import { isFields, type Path, valueAt } from "./shape.ts";

/** What a text field can name of the plan itself: ids of measures, rewards, stocks; and roles, levels, units and targets that stand elsewhere in it. */

export interface Option {
  readonly id: string;
  readonly name?: unknown;
}

export interface References {
  readonly options: readonly Option[];
  /** Nothing else is right: the plan itself has to have it. Otherwise what stands elsewhere is only proposed. */
  readonly isClosed: boolean;
}

type Source = (plan: unknown, path: Path) => References;

const closed =
  (...at: readonly string[]): Source =>
  (plan) => ({ options: listed(valueAt(plan, at)), isClosed: true });

const rewardsOf =
  (fits: (reward: Readonly<Record<string, unknown>>) => boolean): Source =>
  (plan, path) => {
    const rewards = valueAt(plan, ["rewards"]);
    const own = path[0] === "rewards" ? Number(path[1]) : Number.POSITIVE_INFINITY;
    const earlier = Array.isArray(rewards)
      ? rewards.filter((reward, at) => at < own && isFields(reward) && fits(reward))
      : [];
    return { options: listed(earlier), isClosed: true };
  };

const within =
  (list: string): Source =>
  (plan, path) => ({ options: listed(valueAt(plan, [...path.slice(0, 2), list])), isClosed: true });

/** Whatever stands elsewhere in the plan in fields of these names. */
const used =
  (names: readonly string[], ...always: readonly string[]): Source =>
  (plan) => {
    const ids = new Set([...always, ...textsIn(plan, names)]);
    const known = valueAt(plan, ["names"]);
    const named = isFields(known) ? known : {};
    return { options: [...ids].map((id) => ({ id, name: named[id] })), isClosed: false };
  };

const measures = closed("measures");
const targets = used(["attainment", "target", "targets", "label", "byAttainment"]);
const units = used(["units", "unit", "outside", "byUnit"]);
const roles = used(["anyOf", "roles", "byRole"]);
const attributes: Source = (plan) => ({
  options: keysIn(valueAt(plan, ["attributes"])).map((id) => ({ id })),
  isClosed: true,
});
const facts: Source = (plan, path) => ({
  options: [...["amount", "quantity", "value"].map((id) => ({ id })), ...attributes(plan, path).options],
  isClosed: true,
});
const scorecards = rewardsOf(({ kind }) => kind === "scorecard");

/** By the field's name, or the field around it and its name. */
const SOURCES: Readonly<Record<string, Source>> = {
  measure: measures,
  numerator: measures,
  denominator: measures,
  contribution: measures,
  fallback: measures,
  payments: measures,
  lapses: measures,
  inProportionTo: measures,
  yearly: measures,
  monthly: measures,
  "measures.of": facts,
  scorecard: scorecards,
  winnerOf: rewardsOf(({ kind }) => kind === "ranking"),
  lines: rewardsOf(() => true),
  components: rewardsOf(({ component }) => component === true),
  "budgets.rewards": rewardsOf(() => true),
  kpi: within("kpis"),
  grade: within("grades"),
  stock: closed("stocks"),
  "per.windows": closed("windows"),
  contract: attributes,
  customer: attributes,
  attribute: attributes,
  level: used(["level", "ancestor"], "participant"),
  ancestor: used(["level", "ancestor"]),
  target: targets,
  targets,
  attainment: targets,
  label: targets,
  byAttainment: targets,
  unit: units,
  units,
  outside: units,
  byUnit: units,
  roles,
  anyOf: roles,
  byRole: roles,
};

/** Undefined where a text is a text. Amounts called `unit`, as of rounding, are none. */
export function referencesAt(plan: unknown, path: Path): References | undefined {
  const names = path.filter((part) => typeof part === "string");
  const [around = "", name = ""] = [names.at(-2), names.at(-1)];
  if (["rounding", "period", "attributes", "names"].includes(around)) return undefined;
  const source = SOURCES[`${around}.${name}`] ?? SOURCES[name];
  return source?.(plan, path);
}

function listed(items: unknown): Option[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) =>
    isFields(item) && typeof item.id === "string" ? [{ id: item.id, name: item.name }] : [],
  );
}

function keysIn(value: unknown): string[] {
  return isFields(value) ? Object.keys(value) : [];
}

function textsIn(value: unknown, names: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, names));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!names.includes(name)) return textsIn(inner, names);
    if (typeof inner === "string") return isAmount(inner) ? [] : [inner];
    if (Array.isArray(inner))
      return inner.flatMap((item) => (typeof item === "string" ? [item] : textsIn(item, names)));
    return name.startsWith("by") ? keysIn(inner) : [...textsIn(inner, names)];
  });
}

function isAmount(text: string): boolean {
  return /^[\d.]+%?$/.test(text);
}

import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { isTextKey, type Translate } from "../i18n/language.ts";
import { amountText, figure, rate } from "./figures.ts";
import type { Names } from "./names.ts";

/** What each field of a step is, so that it is shown as that. `told`: the step's sentence says it, and nothing is shown beside. */
export type FieldKind =
  | "money"
  | "figure"
  | "rate"
  | "count"
  | "instant"
  | "text"
  | "measure"
  | "reward"
  | "subject"
  | "named"
  | "reached"
  | "list"
  | "told";

export interface TraceWords {
  readonly t: Translate;
  readonly locale: string;
  readonly names: Names;
  /** What the line pays in. */
  readonly currency: string;
}

const group = (kind: FieldKind, names: string) => names.split(" ").map((name) => [name, kind] as const);

/** By name, where a name means the same in every step. */
const FIELDS: ReadonlyMap<string, FieldKind> = new Map([
  ...group(
    "money",
    "amount before earned cap limit whole fine flat perUnit pays draw toppedUp recovered balance commission advanced repaid " +
      "chargedBack paid fixed performance taken left perPoint residual exact price unitValue",
  ),
  ...group(
    "figure",
    "value threshold missing numerator denominator toNext factor coefficient score result total points own all contribution " +
      "average sum base from to units free pieces every redeemed expired after",
  ),
  ...group("rate", "rate keeps attainment share part proportion weight weights"),
  ...group("count", "facts sales of rank members sharers leaders cards"),
  ...group("instant", "occurredAt cancelledAt issued lapsed approvedAt due"),
  ...group("text", "fact contract since number reason evidence requestedBy approvedBy"),
  ...group("measure", "measure"),
  ...group("reward", "reward rewards scorecard ranking"),
  ...group("subject", "subject unit tiedWith"),
  ...group("named", "target label role kpi grade badge card flag programme item budget id insteadOf factors"),
  ...group("reached", "reached"),
  ...group("list", "contributions contributors orders given movements slices parts grades"),
  ...group(
    "told",
    "step version bound on timing policy months passed message by ahead behind rounding mode packages pooled over unmet next " +
      "places shared for how thenId because",
  ),
]);

/** Where a step means something else by a name. */
const OWN: ReadonlyMap<string, FieldKind> = new Map([
  ...group("told", "excluded.reason nothing.reason milestone.pays grade.result kpi.missing consequence.id fixedPay.id"),
  ...group("figure", "attainment.target milestone.at total.exact units.paid gifts.earned gifts.limit gifts.amount"),
  ...group("figure", "balance.before balance.earned points.rate"),
  ...group("money", "deducted.of instalment.of contract.value draw.after"),
  ...group("subject", "honour.before"),
  ...group("list", "points.facts"),
]);

export function kindOf(step: string, field: string): FieldKind | undefined {
  return OWN.get(`${step}.${field}`) ?? FIELDS.get(field);
}

/** The columns of what stands behind a number, one row each; by the field that lists them. */
export const LISTS: Readonly<Record<string, readonly (readonly [field: string, kind: FieldKind])[]>> = {
  contributions: [
    ["occurredAt", "instant"],
    ["fact", "text"],
    ["value", "figure"],
    ["pays", "money"],
  ],
  contributors: [
    ["participantId", "subject"],
    ["facts", "count"],
    ["value", "figure"],
  ],
  orders: [
    ["occurredAt", "instant"],
    ["fact", "text"],
    ["value", "figure"],
    ["outcome", "told"],
    ["due", "instant"],
    ["evidence", "text"],
    ["amount", "money"],
  ],
  given: [
    ["occurredAt", "instant"],
    ["fact", "text"],
    ["recipient", "subject"],
    ["pieces", "figure"],
  ],
  facts: [
    ["occurredAt", "instant"],
    ["fact", "text"],
    ["value", "figure"],
    ["factor", "figure"],
    ["factors", "named"],
    ["exact", "figure"],
  ],
  movements: [
    ["at", "instant"],
    ["fact", "text"],
    ["points", "figure"],
    ["missing", "figure"],
  ],
  slices: [
    ["slice", "text"],
    ["amount", "money"],
  ],
  parts: [
    ["id", "subject"],
    ["value", "figure"],
  ],
  grades: [
    ["slice", "text"],
    ["grade", "named"],
  ],
};

export interface ShownField {
  readonly label: string;
  readonly value: string;
}

export interface ShownList {
  readonly name: string;
  readonly items: readonly object[];
}

/** What a step says beside its sentence, each with its name. */
export function fieldsOf(step: { readonly step: string }, words: TraceWords): ShownField[] {
  return Object.entries(step).flatMap(([name, value]) => {
    const kind = kindOf(step.step, name);
    if (kind === "reached") return reachedFields(value, words);
    if (kind === undefined || kind === "list" || kind === "told" || value === undefined) return [];
    const shown = shownValue(value, kind, words);
    return shown === "" ? [] : [{ label: fieldLabel(step.step, name, words.t), value: shown }];
  });
}

export function listsOf(step: { readonly step: string }): ShownList[] {
  return Object.entries(step).flatMap(([name, value]) => {
    if (kindOf(step.step, name) !== "list" || !Array.isArray(value)) return [];
    const items: readonly unknown[] = value;
    return [{ name, items: items.filter((item): item is object => typeof item === "object" && item !== null) }];
  });
}

export function fieldLabel(step: string, name: string, t: Translate): string {
  const own = `field.${step}.${name}`;
  if (isTextKey(own)) return t(own);
  const key = `field.${name}`;
  return isTextKey(key) ? t(key) : name;
}

export function shownValue(value: unknown, kind: FieldKind, words: TraceWords): string {
  if (Array.isArray(value)) {
    const shown: readonly string[] = value.map((one) => shownValue(one, kind, words));
    return new Intl.ListFormat(words.locale, { type: "conjunction" }).format(shown);
  }
  if (typeof value !== "string" && typeof value !== "number") return "";
  const text = String(value);
  const { locale, names, currency } = words;
  switch (kind) {
    case "money":
      return amountText(text, currency, locale);
    case "figure":
      return figure(text, locale);
    case "rate":
      return rate(text, locale);
    case "count":
      return count(Number(text), locale);
    case "instant":
      return date(text, locale);
    case "measure":
    case "reward":
    case "subject":
      return names[kind](text);
    case "named":
      return names.other(text);
    default:
      return text;
  }
}

/** When a target was reached, to the second, and by which sale: ties are decided by it. */
function reachedFields(value: unknown, { t, locale }: TraceWords): ShownField[] {
  if (typeof value !== "object" || value === null || !("at" in value)) return [];
  const fact = "fact" in value ? [{ label: t("field.fact"), value: String(value.fact) }] : [];
  return [{ label: t("field.reachedAt"), value: date(String(value.at), locale, "second") }, ...fact];
}

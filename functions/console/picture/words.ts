import { spoken } from "../api/plan-names.ts";
import { money as moneyText } from "../format/numbers.ts";
import type { TextKey } from "../i18n/en.ts";
import { type Language, LOCALES, nameIn, type Translate, translator } from "../i18n/language.ts";
import { durationParts, localText } from "./calendar.ts";
import { drawn, type HalfPlan, list, textOf } from "./half.ts";

/** How a plan's parts are said in a language. Nothing here throws, whatever is missing. */
export interface Words {
  readonly language: Language;
  readonly locale: string;
  readonly currency: string;
  readonly t: Translate;
  /** `"8000.00"` with the plan's currency. */
  readonly money: (text: unknown) => string;
  readonly number: (value: unknown) => string;
  /** `"0.35"` as `35%`; what has no short end, such as `1/3`, as it stands. */
  readonly rate: (text: unknown) => string;
  readonly name: (id: unknown) => string;
  readonly measure: (id: unknown) => string;
  readonly reward: (id: unknown) => string;
  readonly level: (id: unknown) => string;
  /** `a, b and c` */
  readonly all: (texts: readonly string[]) => string;
  readonly either: (texts: readonly string[]) => string;
  readonly day: (ms: number) => string;
  readonly duration: (iso: unknown) => string;
  /** Whether a measure is of money, so that its marks are amounts. */
  readonly isMoney: (measure: unknown) => boolean;
  /** A value of a measure: money with its currency, else a number. */
  readonly valueOf: (measure: unknown, value: unknown) => string;
}

/** Names of units by their ids, where the company's organisation is known. */
export type UnitNames = ReadonlyMap<string, string>;

export function wordsOf(plan: HalfPlan, language: Language, units: UnitNames = new Map()): Words {
  const locale = LOCALES[language];
  const t = translator(language);
  const currency = textOf(plan.currency) ?? "";
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const parts = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 4 });
  const number = (value: unknown) => {
    const shown = typeof value === "number" ? value : drawn(value);
    return shown === undefined ? MISSING : numbers.format(shown);
  };
  const rate = (value: unknown) => {
    const text = textOf(value);
    const part = drawn(value);
    if (text === undefined || part === undefined) return MISSING;
    const isShort = Math.abs(part * 1e6 - Math.round(part * 1e6)) < 1e-6;
    return isShort ? parts.format(part) : text;
  };
  const money = (value: unknown) => {
    const text = textOf(value);
    if (text === undefined) return MISSING;
    return isCurrency(currency) ? moneyText(text, currency, locale) : text;
  };
  const named = (items: readonly Named[]) => (id: unknown) => {
    const known = textOf(id);
    if (known === undefined) return MISSING;
    return nameIn(language, items.find((item) => item.id === known)?.name, ownName(plan, language, known, units));
  };
  const isMoney = (measure: unknown) => list(plan.measures).find(({ id }) => id === measure)?.of === "amount";
  const conjunction = new Intl.ListFormat(locale, { type: "conjunction" });
  const disjunction = new Intl.ListFormat(locale, { type: "disjunction" });
  return {
    language,
    locale,
    currency,
    t,
    money,
    number,
    rate,
    name: named([]),
    measure: named(list(plan.measures)),
    reward: named(list(plan.rewards)),
    level: (id) => (id === "participant" ? t("picture.person") : named([])(id)),
    all: (texts) => conjunction.format(texts),
    either: (texts) => disjunction.format(texts),
    day: (ms) => dayText(ms, locale),
    duration: (iso) => durationText(iso, locale),
    isMoney,
    valueOf: (measure, value) => (isMoney(measure) ? money(value) : number(value)),
  };
}

/** Where something is not said yet. */
export const MISSING = "…";

interface Named {
  readonly id?: string | undefined;
  readonly name?: unknown;
}

function ownName(plan: HalfPlan, language: Language, id: string, units: UnitNames): string {
  const names = plan.names ?? {};
  return nameIn(language, Object.hasOwn(names, id) ? names[id] : undefined, units.get(id) ?? spoken(id));
}

function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** A day, with its time where it is not midnight. */
function dayText(ms: number, locale: string): string {
  const isMidnight = localText(ms).endsWith("T00:00");
  const time = isMidnight ? {} : ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const);
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    ...time,
    timeZone: "UTC",
  }).format(ms);
}

function durationText(iso: unknown, locale: string): string {
  const parts = durationParts(iso).map(([unit, count]) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count),
  );
  if (parts.length > 0) return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
  return textOf(iso) ?? MISSING;
}

/** A text by a key that ends with a choice of the plan; the choice itself where there is no such text. */
export function choiceText(t: Translate, known: Readonly<Record<string, TextKey>>, choice: unknown): string {
  const text = textOf(choice);
  if (text === undefined) return MISSING;
  const key = Object.hasOwn(known, text) ? known[text] : undefined;
  return key === undefined ? text : t(key);
}

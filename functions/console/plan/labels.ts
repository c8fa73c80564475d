import { planFields as englishFields, planKinds as englishKinds } from "../i18n/en/plan-fields.ts";
import type { Language } from "../i18n/language.ts";
import { planChoices } from "../i18n/zh/plan-choices.ts";
import { planFields as chineseFields, planKinds as chineseKinds } from "../i18n/zh/plan-fields.ts";
import { policyText } from "./form-model.ts";
import type { Path, Shape } from "./shape.ts";

/** What the plan's fields and choices are called in a language: the schema's own words where no table has better ones. */

export interface Label {
  readonly name: string;
  readonly help: string;
}

const FIELDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: englishFields, zh: chineseFields };
const KINDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: englishKinds, zh: chineseKinds };

/** @param kind of the reward that the path lies in */
export function fieldLabel(language: Language, path: Path, shape: Shape | undefined, kind?: string): Label {
  const told = found(FIELDS[language], keysOf(path, kind));
  const question = policyText(shape?.help).question;
  const help = language === "en" || told === undefined ? sentence(question) : "";
  const last = path.findLast((part) => typeof part === "string");
  if (told === undefined) return { name: words(last ?? ""), help };
  return { name: told.name, help: told.help || help };
}

export function kindLabel(language: Language, kind: string): Label {
  return found(KINDS[language], [kind]) ?? { name: words(kind), help: "" };
}

/** A choice, with what it comes to. */
export function choiceLabel(language: Language, path: Path, word: string, shape: Shape, kind?: string): Label {
  if (path.length === 2 && path[0] === "rewards") return kindLabel(language, word);
  const keys = keysOf(path, kind).map((key) => `${key}=${word}`);
  const told = language === "zh" ? found(planChoices, keys) : undefined;
  const answer = policyText(shape.help).answers.get(word) ?? "";
  return told ?? { name: words(word), help: unmarked(answer) };
}

function keysOf(path: Path, kind: string | undefined): string[] {
  const names = path.filter((part) => typeof part === "string");
  const last = names.at(-1) ?? "";
  const name = typeof path.at(-1) === "number" ? (ITEMS[last] ?? last) : last;
  const around = names.at(-2);
  const isOwn = kind !== undefined && path.length === 3 && path[0] === "rewards";
  const inner = around === undefined ? [] : [`${around}.${name}`];
  // What stands under names of one's own is called by what they are in.
  return [...(isOwn ? [`${kind}.${name}`] : []), ...inner, name, ...inner.map(() => `${around}.*`)];
}

/** A place in a list is called by what the list is of. */
const ITEMS: Readonly<Record<string, string>> = { rewards: "kind" };

function found(table: Readonly<Record<string, string>>, keys: readonly string[]): Label | undefined {
  const key = keys.find((one) => Object.hasOwn(table, one));
  const [name, help = ""] = key === undefined ? [] : (table[key] ?? "").split("|");
  return name === undefined ? undefined : { name, help };
}

/** `earliestReach` → `Earliest reach`; `firstWithin-x` → `First within x`. */
export function words(name: string): string {
  const spaced = name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("-", " ")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function sentence(text: string): string {
  const plain = unmarked(text);
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The schema's texts mark what is written so. */
function unmarked(text: string): string {
  return text.replaceAll("`", "");
}

import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { decimal } from "../format/numbers.ts";
import { isTextKey, type Translate } from "../i18n/language.ts";
import type { Statement } from "./types.ts";

export type Step = Statement["lines"][number]["trace"][number];

/** A step of a trace, to be opened. */
export interface TraceNode {
  readonly title: string;
  /** How it ended, where it can end in two ways. */
  readonly outcome?: "good" | "bad";
  readonly children: readonly TraceNode[];
}

export interface TraceWords {
  readonly t: Translate;
  readonly locale: string;
  readonly words: PlanWords;
}

const MOST_CHILDREN = 50;
/** Fields that hold instants, ids or numbers of their own. */
const INSTANTS = new Set(["at", "occurredAt", "due"]);

export function traceNode(step: Step, context: TraceWords): TraceNode {
  const title = titleOf(step, context);
  return { ...title, children: fieldsOf(step, context) };
}

function titleOf(step: Step, { t, locale, words }: TraceWords): Omit<TraceNode, "children"> {
  const shown = (value: string) => decimal(value, locale);
  switch (step.step) {
    case "measure":
      return {
        title: `${t("trace.measure", { measure: words.measure(step.measure) })}: ${shown(step.value)} (${t("trace.facts", { count: step.facts })})`,
      };
    case "gate":
      return {
        title: `${t("trace.gate")}: ${words.measure(step.measure)} ${shown(step.value)} ${step.passed ? "≥" : "<"} ${shown(step.threshold)} – ${t(step.passed ? "trace.passed" : "trace.failed")}`,
        outcome: step.passed ? "good" : "bad",
      };
    case "reach":
      return {
        title: `${t("trace.reach", { target: words.label(step.target) })}: ${shown(step.threshold)}${step.reached ? `, ${date(step.reached.at, locale)}` : ""}`,
        outcome: step.reached ? "good" : "bad",
      };
    case "place":
      return {
        title:
          step.rank === undefined
            ? t("trace.noPlace", { of: step.of })
            : t("trace.place", { rank: step.rank, of: step.of }),
      };
    case "rate":
      return {
        title: `${t("trace.rate", { rate: step.rate })}: ${shown(step.value)} × ${step.rate} = ${shown(step.amount)}`,
      };
    case "prize":
      return { title: `${t("trace.prize", { from: step.from, to: step.to })}: ${shown(step.amount)}` };
    case "attainment":
      return { title: `${t("trace.attainment", { label: words.label(step.label) })}: ${step.attainment}` };
    case "nothing":
    case "excluded":
      return { title: `${t(`trace.${step.step}`)}: ${step.message}`, outcome: "bad" };
    default:
      return { title: otherTitle(step, t, shown) };
  }
}

function otherTitle(step: Step, t: Translate, shown: (value: string) => string): string {
  const key = `trace.${step.step}`;
  const name = isTextKey(key) ? t(key) : t("trace.other", { step: step.step });
  return "amount" in step && typeof step.amount === "string" ? `${name}: ${shown(step.amount)}` : name;
}

/** What else a step says: each field a line, each list a branch. */
function fieldsOf(step: object, context: TraceWords): TraceNode[] {
  return Object.entries(step)
    .filter(([name]) => name !== "step")
    .flatMap(([name, value]) => fieldNode(name, value, context));
}

function fieldNode(name: string, value: unknown, context: TraceWords): TraceNode[] {
  const { t } = context;
  const key = `field.${name}`;
  if (name === "contributions" || name === "contributors") return listNodes(value, context);
  if (!isTextKey(key) || name === "message") return name === "reached" ? reachedNode(value, context) : [];
  if (name === "by") return [leaf(`${t(key)}: ${decidedBy(value, t)}`)];
  if (typeof value !== "string" && typeof value !== "number") return [];
  return [leaf(`${t(key)}: ${shownValue(name, String(value), context)}`)];
}

function shownValue(name: string, value: string, { locale, words }: TraceWords): string {
  if (INSTANTS.has(name)) return date(value, locale);
  if (name === "measure") return words.measure(value);
  if (name === "target" || name === "role") return words.label(value);
  return decimal(value, locale);
}

function reachedNode(value: unknown, { t, locale }: TraceWords): TraceNode[] {
  if (typeof value !== "object" || value === null || !("at" in value)) return [];
  return [leaf(`${t("field.reachedAt")}: ${date(String(value.at), locale, "second")}`)];
}

function decidedBy(value: unknown, t: Translate): string {
  const rule = typeof value === "object" && value !== null && "rule" in value ? String(value.rule) : "";
  const key = `field.by.${rule}`;
  return isTextKey(key) ? t(key) : rule;
}

/** The sales, or the people, that a value is made of. */
function listNodes(value: unknown, { t, locale }: TraceWords): TraceNode[] {
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  const nodes = items.slice(0, MOST_CHILDREN).map((item) => leaf(itemText(item, locale)));
  return items.length > MOST_CHILDREN
    ? [...nodes, leaf(t("trace.more", { count: items.length - MOST_CHILDREN }))]
    : nodes;
}

function itemText(item: unknown, locale: string): string {
  if (typeof item !== "object" || item === null) return String(item);
  const said = new Map<string, unknown>(Object.entries(item));
  const text = (name: string) => String(said.get(name) ?? "");
  const who = text("fact") || text("participantId");
  const when = said.has("occurredAt") ? `${date(text("occurredAt"), locale)} · ` : "";
  const pays = said.has("pays") ? ` → ${decimal(text("pays"), locale)}` : "";
  return `${when}${who} · ${decimal(text("value"), locale)}${pays}`;
}

function leaf(title: string): TraceNode {
  return { title, children: [] };
}

import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { isTextKey } from "../i18n/language.ts";
import { kindOf, shownValue, type TraceWords } from "./fields.ts";
import { amountText, figure, rate } from "./figures.ts";
import type { Statement } from "./types.ts";

export type Step = Statement["lines"][number]["trace"][number];
type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** A step in a few words: what it is, and what it came to. */
export interface StepTitle {
  readonly title: string;
  /** How it ended, where it can end in two ways. */
  readonly outcome?: "good" | "bad";
}

/** What a step is about, and what it comes to: names of its fields. Steps with titles of their own are not here. */
const TITLED: Readonly<Partial<Record<Step["step"], { readonly about?: string; readonly result?: string }>>> = {
  multiplied: { about: "factors", result: "amount" },
  cancelled: { about: "fact", result: "amount" },
  fixedPay: { about: "role", result: "amount" },
  component: { about: "reward", result: "amount" },
  adjusted: { about: "unit", result: "amount" },
  bounded: { result: "amount" },
  earnings: { result: "amount" },
  draw: { result: "amount" },
  drawAhead: { result: "amount" },
  lessDraw: { result: "amount" },
  trueUp: { result: "amount" },
  contract: { about: "contract", result: "paid" },
  attainment: { about: "label", result: "attainment" },
  band: { result: "amount" },
  units: { result: "amount" },
  rounded: { result: "amount" },
  split: { about: "unit", result: "amount" },
  ratio: { about: "measure", result: "value" },
  toDate: { result: "amount" },
  coefficient: { about: "scorecard", result: "factor" },
  capped: { result: "amount" },
  deducted: { about: "id", result: "taken" },
  budget: { about: "budget", result: "amount" },
  instalment: { about: "id", result: "amount" },
  kpi: { about: "kpi", result: "score" },
  total: { result: "total" },
  scored: { about: "scorecard", result: "total" },
  grade: { result: "grade" },
  scorePay: { result: "amount" },
  consequence: { result: "flag" },
  pot: { result: "amount" },
  potShare: { result: "share" },
  potAverage: { result: "amount" },
  potPaid: { result: "amount" },
  team: { about: "unit", result: "sum" },
  override: { about: "unit", result: "amount" },
  orders: {},
  gifts: { about: "item", result: "amount" },
  points: { about: "programme" },
  used: {},
  balance: { about: "programme", result: "after" },
  honour: { result: "badge" },
  penalty: { result: "card" },
  manual: { result: "amount" },
};

/** @param sentence the step in words, which stands for reasons that only words can say */
export function stepTitle(step: Step, words: TraceWords, sentence: string | undefined): StepTitle {
  switch (step.step) {
    case "measure":
      return { title: measureTitle(step, words) };
    case "gate":
      return { title: gateTitle(step, words), outcome: step.passed ? "good" : "bad" };
    case "reach":
      return { title: reachTitle(step, words), outcome: step.reached ? "good" : "bad" };
    case "milestone":
      return { title: milestoneTitle(step, words), outcome: step.reached ? "good" : "bad" };
    case "place":
      return { title: placeTitle(step, words) };
    case "rate":
      return { title: rateTitle(step, words) };
    case "prize":
      return { title: prizeTitle(step, words) };
    case "nothing":
    case "excluded":
      return { title: sentence ?? words.t(`trace.${step.step}`), outcome: "bad" };
    default:
      return { title: tableTitle(step, words) };
  }
}

function tableTitle(step: Step, words: TraceWords): string {
  const { about, result } = TITLED[step.step] ?? {};
  const key = `trace.${step.step}`;
  const name = isTextKey(key) ? words.t(key) : words.t("trace.other", { step: step.step });
  const said = new Map<string, unknown>(Object.entries(step));
  const shown = (field: string | undefined) =>
    field === undefined ? "" : fieldValue(step.step, field, said.get(field), words);
  const ofWhat = shown(about);
  const cameTo = shown(result);
  return `${name}${ofWhat === "" ? "" : ` · ${ofWhat}`}${cameTo === "" ? "" : `: ${cameTo}`}`;
}

function fieldValue(step: string, field: string, value: unknown, words: TraceWords): string {
  const kind = kindOf(step, field);
  return kind === undefined ? "" : shownValue(value, kind, words);
}

function measureTitle({ measure, value, facts }: StepOf<"measure">, { t, locale, names }: TraceWords): string {
  const counted = t("trace.facts", { count: count(facts, locale) });
  return `${t("trace.measure", { measure: names.measure(measure) })}: ${figure(value, locale)} (${counted})`;
}

function gateTitle(step: StepOf<"gate">, { t, locale, names }: TraceWords): string {
  const sign = step.passed ? "≥" : "<";
  const values = `${figure(step.value, locale)} ${sign} ${figure(step.threshold, locale)}`;
  return `${t("trace.gate")}: ${names.measure(step.measure)} ${values} – ${t(step.passed ? "trace.passed" : "trace.failed")}`;
}

function reachTitle({ target, threshold, reached }: StepOf<"reach">, { t, locale, names }: TraceWords): string {
  const when = reached ? ` · ${date(reached.at, locale)}` : "";
  return `${t("trace.reach", { target: names.other(target) })}: ${figure(threshold, locale)}${when}`;
}

function milestoneTitle({ at, reached, amount }: StepOf<"milestone">, { t, locale, currency }: TraceWords): string {
  const paid = reached ? `: ${amountText(amount, currency, locale)}` : "";
  return `${t("trace.milestone", { at: figure(at, locale) })}${paid}`;
}

function placeTitle({ rank, of }: StepOf<"place">, { t }: TraceWords): string {
  return rank === undefined ? t("trace.noPlace", { of }) : t("trace.place", { rank, of });
}

function rateTitle(step: StepOf<"rate">, { t, locale, currency }: TraceWords): string {
  const percent = rate(step.rate, locale);
  const sum = `${figure(step.value, locale)} × ${percent} = ${amountText(step.amount, currency, locale)}`;
  return `${t("trace.rate")}: ${sum}`;
}

function prizeTitle({ from, to, amount }: StepOf<"prize">, { t, locale, currency }: TraceWords): string {
  const places = from === to ? t("trace.prizeOne", { place: from }) : t("trace.prize", { from, to });
  return `${places}: ${amountText(amount, currency, locale)}`;
}

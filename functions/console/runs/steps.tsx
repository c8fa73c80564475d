import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { type ServerWords, useServerWords } from "../i18n/server/use-server-words.ts";
import type { TraceWords } from "../statement/fields.ts";
import { namesOf } from "../statement/names.ts";
import { type StepTitle, stepTitle } from "../statement/trace.ts";
import { TraceSteps } from "../statement/trace-steps.tsx";
import type { PayeeName } from "./payee-names.ts";
import type { Line, Step } from "./types.ts";

export interface StepWords extends TraceWords {
  readonly server: ServerWords;
}

/** How steps of a run's lines are told: as on a statement. */
export function useSteps(words: PlanWords, nameOf?: PayeeName): StepWords {
  const { t, locale } = useLanguage();
  const names = namesOf(undefined, words);
  const subject = (id: string) =>
    [nameOf?.({ kind: "participant", id }), nameOf?.({ kind: "unit", id })].find((name) => name && name !== id) ?? id;
  return { t, locale, server: useServerWords(), names: { ...names, subject }, currency: words.currency ?? "" };
}

/** A step in a few words; of a reason that has no title of its own what the server says of it. */
export function titleOf(step: Step, words: StepWords): StepTitle {
  const sentence =
    "message" in step && typeof step.message === "string" ? words.server.say(step.message).text : undefined;
  return stepTitle(step, words, sentence);
}

export function Trace({ line, words }: { readonly line: Pick<Line, "trace">; readonly words: TraceWords }) {
  return <TraceSteps trace={line.trace} told={undefined} words={words} isOpen={false} />;
}

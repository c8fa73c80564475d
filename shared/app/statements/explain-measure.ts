import type { Step } from "#domain/line.ts";
import { grouped, instantText } from "./figures.ts";
import type { Explanation, Teller } from "./teller.ts";

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** What was measured, in a sentence that fits what the measure makes of its facts. */
export function explainMeasure(step: StepOf<"measure">, teller: Teller): Explanation {
  const { texts, nameOf, readerId, plan } = teller;
  const who = step.subject === readerId ? undefined : nameOf("subject", step.subject);
  const words = plan.measureOf(step.measure);
  const value = grouped(step.value);
  const measure = nameOf("measure", step.measure);
  const nothing = step.facts === 0 && /^-?0*(?:\.0*)?$/.test(step.value);
  const sentence = nothing
    ? texts.measured.nothing(who, words.facts, measure)
    : texts.measured[words.aggregate](who, words.facts, step.facts, value, measure);
  return { sentence, details: factsBehind(step, teller) };
}

function factsBehind(step: StepOf<"measure">, { texts, nameOf, plan }: Teller): readonly string[] {
  const facts = step.contributions?.map(({ fact, occurredAt, value, pays }) =>
    pays === undefined
      ? texts.sale(fact, instantText(occurredAt), grouped(value))
      : texts.salePays(fact, instantText(occurredAt), grouped(value), grouped(pays)),
  );
  const kind = plan.measureOf(step.measure).facts;
  const people = step.contributors?.map(({ participantId, value, facts: count }) =>
    texts.contributor(nameOf("subject", participantId), texts.facts[kind](count), grouped(value)),
  );
  return facts ?? people ?? [];
}

/** A ratio of two measures, with both. */
export function explainRatio(step: StepOf<"ratio">, { texts, nameOf, readerId }: Teller): string {
  return texts.ratio(
    step.subject === readerId ? undefined : nameOf("subject", step.subject),
    nameOf("measure", step.measure),
    grouped(step.numerator),
    grouped(step.denominator),
    step.value && grouped(step.value),
  );
}

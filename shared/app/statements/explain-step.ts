import type { Step } from "#domain/line.ts";
import { type BenefitStep, explainBenefit, isBenefitStep } from "./explain-benefits.ts";
import { explainMeasure, explainRatio } from "./explain-measure.ts";
import { explainModifier } from "./explain-modifier.ts";
import { explainExcluded, explainNothing } from "./explain-nothing.ts";
import { explainPay } from "./explain-pay.ts";
import { explainPricing, roundingText } from "./explain-pricing.ts";
import { explainOverride, explainPool, explainScorecard } from "./explain-shares.ts";
import { gapText, grouped, instantText, partText } from "./figures.ts";
import { type Explanation, type Teller, type Telling, tellerOf } from "./teller.ts";

export type { Explanation, Telling };
export { grouped, instantText };

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** One step of a trace, in words. */
export function explainStep(step: Step, telling: Telling): Explanation {
  const teller = tellerOf(telling);
  const { sentence, details } = explanationOf(step, teller);
  const { closed } = teller.texts;
  return { sentence: closed(sentence), details: details.map(closed) };
}

function explanationOf(step: Step, teller: Teller): Explanation {
  if (step.step === "measure") return explainMeasure(step, teller);
  if (isBenefitStep(step)) return explainBenefit(step, teller);
  if (step.step === "team" || step.step === "override") return explainOverride(step, teller.texts, teller.nameOf);
  return { sentence: sentenceOf(step, teller), details: [] };
}

function sentenceOf(
  step: Exclude<Step, BenefitStep | StepOf<"measure" | "team" | "override">>,
  teller: Teller,
): string {
  switch (step.step) {
    case "gate":
      return explainGate(step, teller);
    case "excluded":
      return explainExcluded(step, teller);
    case "reach":
      return explainReach(step, teller);
    case "place":
      return explainPlace(step, teller);
    case "rate":
      return explainRate(step, teller);
    case "attainment":
      return teller.texts.attainment(
        grouped(step.value),
        teller.texts.targetOf(teller.nameOf("target", step.label), grouped(step.target)),
        partText(step.attainment),
      );
    case "band":
    case "units":
    case "rounded":
    case "milestone":
      return explainPricing(step, teller.texts);
    case "ratio":
      return explainRatio(step, teller);
    case "multiplied":
    case "cancelled":
    case "toDate":
    case "coefficient":
    case "capped":
    case "deducted":
    case "budget":
    case "instalment":
      return explainModifier(step, teller.texts, teller.nameOf);
    case "fixedPay":
    case "component":
    case "adjusted":
    case "bounded":
    case "earnings":
    case "draw":
    case "drawAhead":
    case "lessDraw":
    case "trueUp":
    case "contract":
      return explainPay(step, teller.texts, teller.nameOf);
    case "kpi":
    case "total":
    case "scored":
    case "grade":
    case "scorePay":
    case "consequence":
      return explainScorecard(step, teller.texts, teller.nameOf);
    case "pot":
    case "potShare":
    case "potAverage":
    case "potPaid":
      return explainPool(step, teller.texts, teller.nameOf);
    case "prize":
      return explainPrize(step, teller);
    case "split":
      return explainSplit(step, teller);
    case "manual":
      return teller.texts.manual(
        step.requestedBy,
        step.approvedBy,
        instantText(step.approvedAt),
        step.reason,
        step.evidence,
      );
    case "nothing":
      return explainNothing(step, teller);
  }
}

function explainGate(step: StepOf<"gate">, { texts, nameOf, readerId }: Teller): string {
  const name = nameOf("subject", step.subject);
  const other = step.on === "self" ? name : texts.gateSubject(nameOf("level", step.on), name);
  const who = step.subject === readerId ? texts.gateYou : other;
  const measure = nameOf("measure", step.measure);
  const threshold =
    step.target === undefined
      ? grouped(step.threshold)
      : texts.targetOf(nameOf("target", step.target), grouped(step.threshold));
  return step.passed
    ? texts.gatePassed(who, measure, grouped(step.value), threshold)
    : texts.gateFailed(who, measure, grouped(step.value), threshold, grouped(step.missing ?? step.threshold));
}

function explainReach(step: StepOf<"reach">, { texts, nameOf }: Teller): string {
  const target = texts.targetOf(nameOf("target", step.target), grouped(step.threshold));
  return step.reached
    ? texts.reached(target, instantText(step.reached.at), grouped(step.reached.value), step.reached.fact)
    : texts.notReached(target, grouped(step.missing ?? step.threshold));
}

function explainPlace(step: StepOf<"place">, teller: Teller): string {
  const { texts, nameOf } = teller;
  const place = step.rank === undefined ? texts.noPlace(step.of) : texts.place(step.rank, step.of);
  const clauses = [
    `${place}${texts.comma}${decidedBy(step.by, teller)}`,
    ...(step.tiedWith ? [texts.tiedWith(step.tiedWith.map((id) => nameOf("subject", id)).join(texts.listComma))] : []),
    ...(step.ahead
      ? [texts.ahead(nameOf("subject", step.ahead.subject), standing(step.ahead, teller), lead(step.ahead, teller))]
      : []),
    ...(step.behind ? [texts.behind(nameOf("subject", step.behind.subject), standing(step.behind, teller))] : []),
  ];
  return `${clauses.join(texts.semicolon)}${texts.stop}`;
}

function decidedBy(by: StepOf<"place">["by"], { texts, nameOf }: Teller): string {
  if (by.rule === "value") return texts.by.value;
  if (by.rule === "target") return texts.by.reached(nameOf("target", by.target));
  const policy = texts.tiePolicies[by.policy];
  if (by.thenId) return texts.by.tieById(policy);
  return by.at === undefined ? texts.by.tie(policy) : texts.by.tieAt(policy, instantText(by.at));
}

/** A neighbour's standing: a value; in a race the target that it reached, and when. */
function standing({ value, target, at }: NonNullable<StepOf<"place">["ahead"]>, { texts, nameOf }: Teller): string {
  return target === undefined || at === undefined
    ? grouped(value)
    : texts.labelAt(nameOf("target", target), instantText(at));
}

/** By how much the one ahead is ahead, where values decide. */
function lead({ value, target }: NonNullable<StepOf<"place">["ahead"]>, { about }: Teller): string | undefined {
  return target === undefined && about?.own !== undefined ? gapText(value, about.own) : undefined;
}

function explainRate({ rate, value, amount, rounding }: StepOf<"rate">, { texts }: Teller): string {
  return texts.rate(rate, grouped(value), grouped(amount), roundingText(rounding, texts));
}

function explainPrize({ from, to, pooled, amount }: StepOf<"prize">, { texts }: Teller): string {
  const places = from === to ? String(from) : `${from}-${to}`;
  if (pooled) return texts.prizePooled(places, grouped(amount));
  return from === to ? texts.prizeOne(places, grouped(amount)) : texts.prizeEach(places, grouped(amount));
}

function explainSplit(step: StepOf<"split">, { texts, nameOf }: Teller): string {
  const { role, coefficient, share, members } = step;
  const unit = nameOf("subject", step.unit);
  const whole = grouped(step.whole);
  if (role === undefined || coefficient === undefined || share === undefined) return texts.unshared(unit, whole);
  return texts.share(unit, whole, nameOf("role", role), coefficient, partText(share), members, grouped(step.amount));
}

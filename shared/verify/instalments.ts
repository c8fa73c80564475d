import type { Instalment } from "#domain/plan/parts.ts";
import { addDuration } from "#domain/time.ts";
import type { Award } from "./award.ts";
import { Cannot } from "./book.ts";
import { type Fraction, fraction, proportion, scaled, shared } from "./exact.ts";
import { exactly, isBelow, NOTHING, smaller } from "./fractions.ts";
import { percent } from "./positions.ts";
import { ratioOf } from "./ratios.ts";
import type { Numbers, Reckoner } from "./reckon.ts";

/** An award, or one of its instalments, and what has become of it by the cut-off. */
export interface Portion extends Omit<Award, "part"> {
  readonly part: string | undefined;
  readonly state: "due" | "held" | "lost";
  /** Of what is held: when it falls due. */
  readonly due: string | undefined;
}

/** An award in its instalments as of the cut-off: largest remainder, equal ones to the smaller instalment id. */
export function inParts(reckoner: Reckoner, award: Award, asOf: number): Portion[] {
  const { instalments } = award.reward;
  if (!instalments) return [{ ...award, part: award.part, state: "due", due: undefined }];
  const weights = proportion(instalments.map(({ part }) => fraction(part)));
  const amounts = shared(
    award.amount,
    instalments.map(({ id }, index) => ({ id, weight: weights[index] ?? 0n })),
  );
  return instalments.flatMap((instalment) => {
    const amount = amounts.get(instalment.id) ?? 0n;
    return amount === 0n ? [] : portions(reckoner, award, instalment, amount, asOf);
  });
}

function portions(reckoner: Reckoner, award: Award, instalment: Instalment, whole: bigint, asOf: number): Portion[] {
  const { id, part, after, provided, inProportionTo } = instalment;
  const dueAt = addDuration(award.span.end, after, reckoner.zone);
  const due = dueAt === undefined ? undefined : reckoner.time(dueAt);
  const portion = (state: Portion["state"], amount: bigint, come?: Fraction, why: readonly Numbers[] = []): Portion => {
    const step = {
      step: "instalment",
      id,
      part,
      of: reckoner.moneyText(award.amount),
      due,
      proportion: come && percent(come),
      amount: reckoner.moneyText(amount),
    };
    return { ...award, amount, trace: [...award.trace, step, ...why], part: id, state, due: undefined };
  };
  if (dueAt === undefined || asOf < dueAt) return [{ ...portion("held", whole), due }];
  if (provided && lacksTarget(reckoner, award, provided)) return [portion("held", whole)];
  const unmet = provided && unmetOf(reckoner, award, provided, dueAt);
  if (unmet) return [portion("lost", 0n, undefined, unmet)];
  if (inProportionTo === undefined) return [portion("due", whole)];
  const come = comeOf(reckoner, award, inProportionTo);
  const now = (whole * come.over) / come.under;
  return [
    ...(now === 0n ? [] : [portion("due", now, come)]),
    ...(now === whole ? [] : [portion("held", whole - now, come)]),
  ];
}

function comeOf(reckoner: Reckoner, award: Award, measure: string): Fraction {
  const { start, followUpEnd } = reckoner.instants;
  const everything = reckoner.during({ ...reckoner.span, start, end: followUpEnd });
  const value = ratioOf(everything, measure, award.reward.level, award.winner)?.value ?? NOTHING;
  return isBelow(value, NOTHING) ? NOTHING : smaller(value, { over: 1n, under: 1n });
}

/** Nobody loses an instalment for want of a row in the targets table: the run cannot be approved until it is there. */
function lacksTarget(
  reckoner: Reckoner,
  { reward, winner }: Award,
  { measure, atLeast }: NonNullable<Instalment["provided"]>,
): boolean {
  if (!("target" in atLeast) || reckoner.target(winner, measure, atLeast.target) !== undefined) return false;
  const about = `instalment ${winner} ${measure} ${atLeast.target}`;
  const { warnings } = reckoner;
  if (!warnings.some((other) => other.about === about))
    warnings.push({ code: "missing-target", reward: reward.id, subject: winner, blocks: true, about });
  return true;
}

/** Why the condition did not hold over everything that occurred before the instalment fell due. */
function unmetOf(
  whole: Reckoner,
  award: Award,
  { measure, atLeast }: NonNullable<Instalment["provided"]>,
  dueAt: number,
): Numbers[] | undefined {
  const reckoner = whole.during({ ...whole.span, end: dueAt });
  const subject = award.winner;
  const label = "target" in atLeast ? atLeast.target : undefined;
  const threshold =
    "value" in atLeast
      ? scaled(atLeast.value, whole.book.digits(measure))
      : whole.target(subject, measure, atLeast.target);
  if (threshold === undefined) throw new Cannot(`${subject} has no threshold in ${measure}`);
  const ratio = ratioOf(reckoner, measure, award.reward.level, subject);
  const digits = whole.book.digits(measure);
  const value = ratio
    ? (ratio.value ?? NOTHING)
    : reckoner.measured(measure, reckoner.tally(measure, award.reward.level, subject).value);
  if (!isBelow(value, reckoner.measured(measure, threshold))) return undefined;
  const gate = {
    step: "gate",
    on: "self",
    subject,
    measure,
    value: exactly(value, ratio ? 0 : digits),
    threshold: reckoner.valueText(measure, threshold),
    target: label,
    passed: false,
  };
  return [gate, { step: "nothing", reason: "condition-not-met" }];
}

import type { Step } from "#domain/line.ts";
import type { Rounding } from "#domain/plan/parts.ts";
import { grouped, instantText } from "./figures.ts";
import type { Texts } from "./texts/en.ts";

type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** The steps of pay by bands, units and milestones, in words. */
export function explainPricing(step: StepOf<"band" | "units" | "rounded" | "milestone">, texts: Texts): string {
  switch (step.step) {
    case "band":
      return explainBand(step, texts);
    case "units":
      return explainUnits(step, texts);
    case "rounded":
      return roundedText(step, texts);
    case "milestone":
      return explainMilestone(step, texts);
  }
}

function explainBand(step: StepOf<"band">, texts: Texts): string {
  const from = grouped(step.from);
  const band = step.to === undefined ? texts.bandFrom(from) : texts.bandBetween(from, grouped(step.to));
  const pays = [
    ...(step.rate === undefined ? [] : [texts.bandRate(step.rate, grouped(step.value))]),
    ...(step.perUnit === undefined ? [] : [texts.bandPerUnit(grouped(step.perUnit), grouped(step.value))]),
    ...(step.flat === undefined ? [] : [texts.bandFlat(grouped(step.flat))]),
  ];
  const clauses = [
    `${band}${texts.comma}${texts.bandModes[step.mode]}`,
    ...(step.part === undefined ? [] : [texts.bandPart(grouped(step.part))]),
    ...(step.sales === undefined ? [] : [texts.bandSales(step.sales)]),
    pays.join(texts.plus),
    texts.makes(grouped(step.amount)),
    ...(step.toNext === undefined ? [] : [texts.toNextBand(grouped(step.toNext))]),
  ];
  return `${clauses.join(texts.semicolon)}${texts.stop}`;
}

/** What needed no rounding is not said twice. */
function roundedText({ exact, amount, rounding }: StepOf<"rounded">, texts: Texts): string {
  const told = grouped(amount);
  return exact === amount ? texts.notRounded(told) : texts.rounded(grouped(exact), told, roundingText(rounding, texts));
}

function explainUnits(step: StepOf<"units">, texts: Texts): string {
  const packed = step.packages
    ? texts.packages(
        grouped(step.packages.count),
        grouped(step.packages.size),
        texts.partialPackages[step.packages.partial],
      )
    : texts.unitsPaid(grouped(step.paid));
  const free = /^0*(?:\.0*)?$/.test(step.free) ? [] : [texts.freeUnits(grouped(step.free))];
  const clauses = [
    texts.units(grouped(step.units)),
    ...free,
    packed,
    texts.unitPrice(grouped(step.price), grouped(step.amount)),
  ];
  return `${clauses.join(texts.semicolon)}${texts.stop}`;
}

function explainMilestone(step: StepOf<"milestone">, texts: Texts): string {
  const at = step.at.endsWith("%") ? `${step.at} (${grouped(step.threshold)})` : grouped(step.threshold);
  if (step.missing !== undefined) return texts.milestoneMissed(at, grouped(step.missing));
  const when = step.reached ? instantText(step.reached.at) : undefined;
  return step.pays ? texts.milestonePaid(at, when, grouped(step.amount)) : texts.milestonePassed(at, when);
}

export function roundingText({ scope, mode, unit }: Rounding, texts: Texts): string {
  const rounded = scope === "perFact" ? texts.roundedEach : texts.roundedOnce;
  return rounded(texts.roundingModes[mode], unit);
}

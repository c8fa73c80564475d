import type { MeasuredBy } from "#domain/plan/parts.ts";
import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import type { Fraction } from "./exact.ts";
import { exactly, lowest, quotient } from "./fractions.ts";
import type { Candidate, Numbers, Reckoner } from "./reckon.ts";

/** What somebody is compared by: the measure, or how much of a target it makes up; or what bars them. */
export type Position = { readonly at: Fraction; readonly told: readonly Numbers[] } | { readonly bar: Numbers };

interface Rule {
  readonly measure: string;
  /** The value where it is not said. */
  readonly by?: RankingReward["by"] | undefined;
}

export function positionOf(
  reckoner: Reckoner,
  { measure, by = "value" }: { readonly measure: string; readonly by?: MeasuredBy | undefined },
  { id, value, ratio }: Candidate,
): Position {
  const own = lowest(ratio ?? reckoner.measured(measure, value));
  if (by === "value") return { at: own, told: [] };
  const target = reckoner.target(id, measure, by.attainment);
  if (target === undefined) return { bar: { step: "excluded", reason: "no-target" } };
  if (target === 0n) return { bar: { step: "excluded", reason: "zero-target" } };
  const at = quotient(own, reckoner.measured(measure, target));
  const step = {
    step: "attainment",
    label: by.attainment,
    value: positionText(reckoner, { measure, by: "value" }, own),
    target: reckoner.valueText(measure, target),
    attainment: percent(at),
  };
  return { at, told: [step] };
}

/** A ratio or a total exactly, another measure in its decimals, an attainment as a percentage. */
export function positionText(reckoner: Reckoner, { measure, by = "value" }: Rule, at: Fraction): string {
  if (by !== "value") return "scorecard" in by ? exactly(at) : percent(at);
  return exactly(at, reckoner.measure(measure).ratio ? 0 : reckoner.book.digits(measure));
}

/** A percentage where its decimals end, a fraction where they do not. */
export function percent({ over, under }: Fraction): string {
  const text = exactly({ over: over * 100n, under });
  return text.includes("/") ? exactly({ over, under }) : `${text}%`;
}

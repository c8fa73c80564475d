import type { Kpi, ScorecardReward } from "#domain/plan/rewards/scorecard.ts";
import { Cannot } from "../book.ts";
import { type Fraction, fraction } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, product, quotient, sum } from "../fractions.ts";
import { percent, positionText } from "../positions.ts";
import type { Numbers, Reckoner } from "../reckon.ts";

/** What a KPI came to for a subject. */
export interface Scored {
  readonly kpi: Kpi;
  /** Undefined of one that is left out, or that leaves no total. */
  readonly score: Fraction | undefined;
  readonly told: readonly Numbers[];
}

/** In the plan's order: one can ask for the score of another before it. */
export function kpisOf(reckoner: Reckoner, reward: ScorecardReward, id: string): Scored[] {
  const scored: Scored[] = [];
  for (const kpi of reward.kpis) {
    const found = resultOf(reckoner, reward, kpi, id);
    const { measure, at, told, label } = found;
    const head = { step: "kpi", kpi: kpi.id, weight: kpi.weight };
    if (!at) {
      const score = kpi.missing === "zero" ? NOTHING : undefined;
      const step = { ...head, score: score && exactly(score), missing: kpi.missing };
      scored.push({ kpi, score, told: [...told, step] });
      continue;
    }
    const unmet = unmetOf(kpi, scored);
    const score = unmet ? NOTHING : scoreOf(kpi, at);
    const by = label === undefined ? ("value" as const) : { attainment: label };
    const result = positionText(reckoner, { measure: kpi.measure, by }, at);
    scored.push({
      kpi,
      score,
      told: [...told, { ...head, measure, result, target: label, score: exactly(score), unmet }],
    });
  }
  return scored;
}

interface Result {
  readonly measure: string;
  /** Undefined where there is nothing to score. */
  readonly at: Fraction | undefined;
  readonly label: string | undefined;
  readonly told: readonly Numbers[];
}

/** The measure, or where that has nothing its fallback; a part of the target of the first either way. */
function resultOf(reckoner: Reckoner, { level }: ScorecardReward, kpi: Kpi, id: string): Result {
  const measures = kpi.fallback === undefined ? [kpi.measure] : [kpi.measure, kpi.fallback];
  const looked = measures.map((measure) => ({ measure, ...reckoner.looked(measure, level, id) }));
  const found = looked.find(({ facts, at }) => facts > 0 && at);
  const label = kpi.by === "value" ? undefined : kpi.by.attainment;
  if (!found?.at) return { measure: kpi.measure, at: undefined, label, told: [] };
  const { measure, step, at } = found;
  if (label === undefined) return { measure, at, label, told: [step] };
  const target = reckoner.target(id, kpi.measure, label);
  if (target === undefined) throw new Cannot(`${id} has no target ${label} of ${kpi.measure}`);
  if (target === 0n) return { measure, at: undefined, label, told: [step] };
  const part = quotient(at, reckoner.measured(kpi.measure, target));
  const value = positionText(reckoner, { measure: kpi.measure }, at);
  const told = {
    step: "attainment",
    label,
    value,
    target: reckoner.valueText(kpi.measure, target),
    attainment: percent(part),
  };
  return { measure, at: part, label, told: [step, told] };
}

function unmetOf({ requires }: Kpi, before: readonly Scored[]): Numbers | undefined {
  if (!requires) return undefined;
  const score = before.find(({ kpi }) => kpi.id === requires.kpi)?.score ?? NOTHING;
  return isBelow(score, fraction(requires.atLeast)) ? { ...requires, score: exactly(score) } : undefined;
}

function scoreOf({ scoring }: Kpi, at: Fraction): Fraction {
  if ("asIs" in scoring) return at;
  if ("linear" in scoring) return onLine(scoring.linear, at);
  const { bands, edge } = scoring;
  const reached = bands.findLast(({ from }, index) => {
    const above = less(at, fraction(from)).over;
    return edge === "upper" || index === 0 ? above >= 0n : above > 0n;
  });
  return fraction(reached?.score ?? "0");
}

type Line = Extract<Kpi["scoring"], { readonly linear: unknown }>["linear"];

function onLine({ from, to, clamp }: Line, at: Fraction): Fraction {
  const [x, y] = [from, to].map((end) => fraction(end.at));
  const [low, high] = [from, to].map((end) => fraction(end.score));
  if (!x || !y || !low || !high) throw new Cannot("a line has two ends");
  if (isBelow(at, x) && (clamp === "both" || clamp === "low")) return low;
  if (isBelow(y, at) && (clamp === "both" || clamp === "high")) return high;
  return sum([low, quotient(product(less(at, x), less(high, low)), less(y, x))]);
}

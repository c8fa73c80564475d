import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Kpi, ScorecardReward, Scoring } from "#domain/plan/rewards/scorecard.ts";
import type { Deciding } from "../award.ts";
import { compare, exact, exactText, minus, over, plus, times, ZERO } from "./exact.ts";
import { positionOf, positionText, type Reading, readingOf } from "./reading.ts";

/** A KPI of one subject; without a score where there was nothing to score. */
export interface ScoredKpi {
  readonly kpi: Kpi;
  readonly score?: Rational;
  readonly steps: readonly Step[];
}

type KpiStep = Extract<Step, { step: "kpi" }>;

/** @param before the KPIs that stand before it, for what it requires of them */
export function scoreOf(
  deciding: Deciding,
  { level }: ScorecardReward,
  kpi: Kpi,
  subject: string,
  before: readonly ScoredKpi[],
): ScoredKpi {
  const { rules } = deciding;
  const found = foundFor(deciding, kpi, level, subject);
  const head = { step: "kpi", kpi: kpi.id, weight: kpi.weight } as const;
  // A target belongs to the KPI, so it is the first measure's whichever of the two was looked at.
  const position = found && positionOf(rules, kpi.measure, kpi.by, subject, found.reading.value);
  if (!found || !position || "obstacle" in position) {
    const zero = kpi.missing === "zero" ? { score: ZERO } : {};
    const step: KpiStep = { ...head, missing: kpi.missing, ...(zero.score ? { score: "0" } : {}) };
    return { kpi, ...zero, steps: [...(found?.reading.steps ?? []), step] };
  }
  const earned = earnedBy(kpi.scoring, position.at);
  const unmet = unmetBy(kpi, before);
  const score = unmet ? ZERO : earned;
  const step: KpiStep = {
    ...head,
    measure: found.measure,
    result: positionText(rules, kpi.measure, kpi.by, position.at),
    ...(kpi.by === "value" ? {} : { target: kpi.by.attainment }),
    score: exactText(score),
    ...(unmet ? { unmet } : {}),
  };
  return { kpi, score, steps: [...found.reading.steps, ...position.steps, step] };
}

/** The first of the KPI's measures that has facts and a value. */
function foundFor(
  deciding: Deciding,
  { measure, fallback }: Kpi,
  level: string,
  subject: string,
): { readonly measure: string; readonly reading: Reading } | undefined {
  for (const id of fallback === undefined ? [measure] : [measure, fallback]) {
    const reading = readingOf(deciding, id, level, subject);
    if (reading.facts > 0 && reading.value !== undefined) return { measure: id, reading };
  }
  return undefined;
}

function earnedBy(scoring: Scoring, at: Rational): Rational {
  if ("asIs" in scoring) return at;
  if ("bands" in scoring) {
    const reached = scoring.bands.findLast(({ from }, index) => {
      const above = compare(at, exact(from));
      return above > 0 || (above === 0 && (scoring.edge === "upper" || index === 0));
    });
    return reached ? exact(reached.score) : ZERO;
  }
  return onLine(scoring.linear, at);
}

function onLine({ from, to, clamp }: Extract<Scoring, { linear: unknown }>["linear"], at: Rational): Rational {
  const [start, end] = [exact(from.at), exact(to.at)];
  const [low, high] = [exact(from.score), exact(to.score)];
  if (compare(at, start) < 0 && (clamp === "both" || clamp === "low")) return low;
  if (compare(at, end) > 0 && (clamp === "both" || clamp === "high")) return high;
  return plus(low, times(minus(high, low), over(minus(at, start), minus(end, start))));
}

/** An earlier KPI that this one needs and that scored too little; one that was left out scored nothing. */
function unmetBy({ requires }: Kpi, before: readonly ScoredKpi[]): KpiStep["unmet"] {
  if (!requires) return undefined;
  const score = before.find(({ kpi }) => kpi.id === requires.kpi)?.score ?? ZERO;
  if (compare(score, exact(requires.atLeast)) >= 0) return undefined;
  return { kpi: requires.kpi, atLeast: requires.atLeast, score: exactText(score) };
}

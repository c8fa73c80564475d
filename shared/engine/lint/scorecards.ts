import type { Rational } from "#domain/decimal.ts";
import { countsRewards } from "#domain/plan/counted.ts";
import type { Kpi, ScorecardReward } from "#domain/plan/rewards/scorecard.ts";
import { compare, exact, exactText, plus, times, ZERO } from "../kinds/exact.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Scorecards of which nothing comes, and grades that nobody can have or wants to have. */
export function scorecardFindings({ plan }: LintContext): Finding[] {
  return plan.rewards.flatMap((reward, index): Finding[] => {
    if (reward.kind !== "scorecard") return [];
    const path = `/rewards/${index}`;
    const isCounted = plan.rewards.some((other) => countsRewards(other).includes(reward.id));
    return [
      ...(isCounted ? [] : withoutEffect(reward, path)),
      ...unreachable(reward, `${path}/grades`),
      ...falling(reward, `${path}/grades`),
    ];
  });
}

function withoutEffect({ id, grades, perPoint, consequences }: ScorecardReward, path: string): Finding[] {
  const pays = perPoint ? [perPoint.amount] : grades.flatMap(({ pays: amount }) => amount ?? []);
  if (consequences.length > 0 || pays.some((amount) => exact(amount).num > 0n)) return [];
  return [
    {
      code: "scorecard-without-effect",
      severity: "warns",
      path,
      message: `nothing comes of ${id}: its ${grades.length} grades pay nothing, no reward is multiplied by it or ranked by it, and it has no consequence`,
      mend: "let grades pay, name it in a coefficient or a ranking, or accept that it only tells",
    },
  ];
}

/** The first grade above the best total that there can be; those after it are further away. */
function unreachable({ id, kpis, grades }: ScorecardReward, path: string): Finding[] {
  const best = bestTotal(kpis);
  if (!best) return [];
  const index = grades.findIndex(({ from }) => compare(exact(from), best) > 0);
  const grade = grades[index];
  if (!grade) return [];
  return [
    {
      code: "unreachable-grade",
      severity: "warns",
      path: `${path}/${index}/from`,
      message: `the grade ${grade.id} of ${id} starts at ${grade.from}, and the best total that there can be is ${exactText(best)}`,
      seen: grade.from,
      allowed: `at most ${exactText(best)}`,
      mend: "lower the grade, or raise the scores",
    },
  ];
}

/** Undefined where nothing bounds a score. Where KPIs can be left out, the best of them can be the total. */
function bestTotal(kpis: readonly Kpi[]): Rational | undefined {
  let [total, highest] = [ZERO, ZERO];
  for (const { weight, scoring } of kpis) {
    const best = bestScore(scoring);
    if (!best) return undefined;
    total = plus(total, times(exact(weight), best));
    if (compare(best, highest) > 0) highest = best;
  }
  return kpis.some(({ missing }) => missing === "reweight") ? highest : total;
}

function bestScore(scoring: Kpi["scoring"]): Rational | undefined {
  if ("asIs" in scoring) return undefined;
  if ("bands" in scoring) return highestOf(scoring.bands.map(({ score }) => score));
  const { from, to, clamp } = scoring.linear;
  const rises = compare(exact(to.score), exact(from.score)) > 0;
  // Where the line rises it must stop above its end, where it falls below its start.
  const stops = clamp === "both" || clamp === (rises ? "high" : "low");
  return stops ? highestOf([from.score, to.score]) : undefined;
}

/** At least 0, which is what a KPI scores below its first band or without facts. */
function highestOf(scores: readonly string[]): Rational {
  return scores.map(exact).reduce((best, next) => (compare(next, best) > 0 ? next : best), ZERO);
}

function falling({ id, grades }: ScorecardReward, path: string): Finding[] {
  return (["pays", "factor"] as const).flatMap((field): Finding[] => {
    const index = grades.findIndex((grade, place) => {
      const [own, before] = [grade[field], grades[place - 1]?.[field]];
      return own !== undefined && before !== undefined && compare(exact(own), exact(before)) < 0;
    });
    const [grade, before] = [grades[index], grades[index - 1]];
    if (!grade || !before) return [];
    const verb = field === "pays" ? "pays" : "has the factor";
    return [
      {
        code: "falling-grade",
        severity: "warns",
        path: `${path}/${index}/${field}`,
        message: `in ${id} the grade ${grade.id} ${verb} ${grade[field]}, and ${before.id} below it ${before[field]}: a better result is worth less`,
        seen: grade[field] ?? "",
        allowed: `${before[field]} or more`,
        mend: "swap the two, or accept it",
      },
    ];
  });
}

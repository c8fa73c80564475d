import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";
import type { Kpi, ScorecardReward } from "../rewards/scorecard.ts";
import { differenceOf, markProblems } from "./marks.ts";
import { notWhole, unknownMeasure } from "./sums.ts";

/** KPIs that weigh exactly 1 together, scoring that rises, gates that look back, and grades without gaps. */
export function scorecardProblems(plan: Plan, reward: ScorecardReward, path: string): Problem[] {
  return [
    ...duplicates(reward.kpis, `${path}/kpis`, "KPI"),
    ...notWhole(
      reward.kpis.map(({ weight }) => weight),
      { code: "weights-not-whole", path: `${path}/kpis`, what: "the weights of the KPIs" },
    ),
    ...reward.kpis.flatMap((kpi, index) => kpiProblems(plan, reward, kpi, index, `${path}/kpis/${index}`)),
    ...gradeProblems(reward, path),
    ...consequenceProblems(reward, path),
  ];
}

function kpiProblems(plan: Plan, { kpis }: ScorecardReward, kpi: Kpi, index: number, path: string): Problem[] {
  const problems = [
    ...unknownMeasure(plan, kpi.measure, `${path}/measure`),
    ...(kpi.fallback === undefined ? [] : unknownMeasure(plan, kpi.fallback, `${path}/fallback`)),
    ...scoringProblems(kpi, `${path}/scoring`),
  ];
  if (kpi.requires && !kpis.slice(0, index).some(({ id }) => id === kpi.requires?.kpi)) {
    problems.push({
      code: "unknown-kpi",
      path: `${path}/requires/kpi`,
      message: `no KPI ${kpi.requires.kpi} stands before ${kpi.id}; KPIs are scored in the plan's order`,
      seen: kpi.requires.kpi,
      allowed:
        kpis
          .slice(0, index)
          .map(({ id }) => id)
          .join(", ") || "a KPI that stands before it",
    });
  }
  return problems;
}

function scoringProblems({ by, scoring }: Kpi, path: string): Problem[] {
  if ("asIs" in scoring) return [];
  if ("linear" in scoring) {
    const { from, to } = scoring.linear;
    const found = (["from", "to"] as const).flatMap((end) =>
      markProblems(by, scoring.linear[end].at, `${path}/linear/${end}/at`),
    );
    if (differenceOf(to.at, from.at) > 0) return found;
    const message = `the line ends at ${to.at}, not after it starts at ${from.at}`;
    const allowed = `more than ${from.at}`;
    return [...found, { code: "line-reversed", path: `${path}/linear/to/at`, message, seen: to.at, allowed }];
  }
  return scoring.bands.flatMap(({ from }, index): Problem[] => {
    const at = `${path}/bands/${index}/from`;
    const before = scoring.bands[index - 1];
    const found = markProblems(by, from, at);
    if (before === undefined || differenceOf(from, before.from) > 0) return found;
    const message = `the band from ${from} does not come after the one from ${before.from}`;
    return [...found, { code: "bands-not-rising", path: at, message, seen: from, allowed: `more than ${before.from}` }];
  });
}

function gradeProblems({ grades, perPoint }: ScorecardReward, path: string): Problem[] {
  const problems = duplicates(grades, `${path}/grades`, "grade");
  const [first] = grades;
  if (first && (parseRational(first.from)?.num ?? 0n) !== 0n) {
    problems.push({
      code: "grade-gap",
      path: `${path}/grades/0/from`,
      message: `the first grade starts at ${first.from}, so that a lower total has no grade`,
      seen: first.from,
      allowed: "0",
      mend: 'start at "0"; a total below 0 is in the first grade too',
    });
  }
  grades.forEach(({ id, from, pays }, index) => {
    const before = grades[index - 1];
    const at = `${path}/grades/${index}`;
    if (before && differenceOf(from, before.from) <= 0) {
      const message = `the grade ${id} starts at ${from}, not after ${before.id} at ${before.from}`;
      const allowed = `more than ${before.from}`;
      problems.push({ code: "grades-not-rising", path: `${at}/from`, message, seen: from, allowed });
    }
    if (pays !== undefined && perPoint) {
      const message = `${id} pays a flat amount, and perPoint pays each point: only one of them can be`;
      problems.push({ code: "two-pays", path: `${at}/pays`, message, seen: pays, mend: "remove pays, or perPoint" });
    }
  });
  return problems;
}

function consequenceProblems({ grades, consequences, per }: ScorecardReward, path: string): Problem[] {
  const problems = duplicates(consequences, `${path}/consequences`, "consequence");
  consequences.forEach(({ id, on, inARow }, index) => {
    const at = `${path}/consequences/${index}`;
    const names = grades.map((grade) => grade.id).join(", ");
    if (on === "fail" && !grades.some(({ result }) => result === "fail")) {
      const message = `${id} counts fails, and no grade has the result fail`;
      problems.push({ code: "no-failing-grade", path: `${at}/on`, message, seen: "fail", mend: "add result: fail" });
    }
    if (on !== "fail" && !grades.some((grade) => grade.id === on.grade)) {
      const message = `${id} counts the grade ${on.grade}, which there is not`;
      const allowed = names || "a grade of the scorecard";
      problems.push({ code: "unknown-grade", path: `${at}/on/grade`, message, seen: on.grade, allowed });
    }
    if (inARow > 1 && (per === undefined || per === "campaign")) {
      problems.push({
        code: "consequence-needs-slices",
        path: `${at}/inARow`,
        message: `${id} asks for ${inARow} slices in a row, and the campaign as a whole is one`,
        seen: String(inARow),
        mend: "say per: quarter, or inARow: 1",
      });
    }
  });
  return problems;
}

function duplicates(items: readonly { readonly id: string }[], path: string, what: string): Problem[] {
  return items.flatMap(({ id }, index): Problem[] =>
    items.findIndex((other) => other.id === id) === index
      ? []
      : [{ code: "duplicate-id", path: `${path}/${index}/id`, message: `the ${what} ${id} stands twice`, seen: id }],
  );
}

import { parseDecimal, type Rational } from "#domain/decimal.ts";
import type { MeasuredReward } from "#domain/plan/plan.ts";
import type { MilestoneReward } from "#domain/plan/rewards/milestone.ts";
import type { PerUnitReward } from "#domain/plan/rewards/per-unit.ts";
import type { TiersReward } from "#domain/plan/rewards/tiers.ts";
import { fold } from "../fold.ts";
import { compare, exact, exactText, measured, minus, over, percentText, times, ZERO } from "../kinds/exact.ts";
import { compiledMeasure, fitsTarget, thresholdValue } from "../rules.ts";
import { type Standings, standingsOf } from "../standings.ts";
import { type LintContext, subjectsInScope } from "./context.ts";
import type { Finding } from "./finding.ts";

/** More than ten times a target is mostly a percentage without its sign. */
const LARGEST_ATTAINMENT: Rational = { num: 10n, den: 1n };
/** Twice of what the best comes to is nowhere near. */
const NEAR: Rational = { num: 2n, den: 1n };

/** Marks and packages, by what can be sold. */
export function markFindings(context: LintContext): Finding[] {
  const standings = sampleStandings(context);
  return context.plan.rewards.flatMap((reward, index) => {
    const path = `/rewards/${index}`;
    if (reward.kind === "perUnit") return unfilledPackage(context, standings, reward, path);
    if (reward.kind !== "tiers" && reward.kind !== "milestone") return [];
    const mixed = mixedUp(reward, path);
    return mixed.length > 0 ? mixed : unreachable(context, standings, reward, path);
  });
}

type Marked = TiersReward | MilestoneReward;

interface Mark {
  readonly at: string;
  readonly text: string;
}

function starts(reward: Marked): Mark[] {
  return reward.kind === "tiers"
    ? reward.bands.map(({ from }, index) => ({ at: `bands/${index}/from`, text: from }))
    : reward.steps.map(({ at }, index) => ({ at: `steps/${index}/at`, text: at }));
}

function mixedUp(reward: Marked, path: string): Finding[] {
  if (reward.by === "value") return [];
  const marks = starts(reward);
  if (reward.kind === "tiers") {
    const last = reward.bands.length - 1;
    const end = reward.bands[last]?.to;
    if (end !== undefined) marks.push({ at: `bands/${last}/to`, text: end });
  }
  const mark = marks.find(({ text }) => compare(exact(text), LARGEST_ATTAINMENT) > 0);
  if (!mark) return [];
  return [
    {
      code: "attainment-above-ten",
      severity: "warns",
      path: `${path}/${mark.at}`,
      message: `${reward.id} has a mark at ${mark.text}, which is ${percentText(exact(mark.text))} of the target ${reward.by.attainment}`,
      seen: mark.text,
      allowed: "at most 10, or 1000%",
      mend: mark.text.endsWith("%") ? "correct the mark" : `write "${mark.text}%" if a percentage is meant`,
    },
  ];
}

/** The first mark that nobody comes near; those after it are further away. */
function unreachable(context: LintContext, standings: Standings | undefined, reward: Marked, path: string): Finding[] {
  const best = bestOf(context, standings, reward);
  if (!best) return [];
  const marks = starts(reward);
  const first = marks.findIndex(({ text }) => compare(exact(text), times(best.value, NEAR)) > 0);
  const mark = marks[first];
  if (!mark) return [];
  const text = reward.by === "value" ? exactText(best.value) : percentText(best.value);
  const further = marks.length - first - 1;
  return [
    {
      code: "unreachable-mark",
      severity: "warns",
      path: `${path}/${mark.at}`,
      message: `${reward.id} has a mark at ${mark.text}, more than twice ${text}, ${best.says}${further > 0 ? `; ${further} more lie above it` : ""}`,
      seen: mark.text,
      mend: "lower the mark, or check the unit that it is written in",
    },
  ];
}

interface Best {
  readonly value: Rational;
  readonly says: string;
}

/** The most that is known of anybody: sold in the sample, or asked for by a target. */
function bestOf(context: LintContext, standings: Standings | undefined, reward: Marked): Best | undefined {
  const { rules, knows } = context;
  const { by, measure } = reward;
  const sold = soldBy(context, standings, reward);
  if (by !== "value") {
    const label = by.attainment;
    return greatest(
      sold.flatMap(({ subject, value }): Best[] => {
        const target = fitsTarget(rules, measure, label, subject)
          ? thresholdValue(rules, measure, { target: label }, subject)
          : 0;
        if (target === 0) return [];
        return [{ value: over(value, measured(rules, measure, target)), says: `the most in the sample (${subject})` }];
      }),
    );
  }
  const asked =
    !knows.targets || (reward.kind === "tiers" && reward.scope === "perFact")
      ? []
      : targetsOf(context, reward).map(({ subject, value }) => ({ value, says: `the highest target (${subject})` }));
  return greatest([
    ...sold.map(({ subject, value }) => ({ value, says: `the most in the sample (${subject})` })),
    ...asked,
  ]);
}

function greatest(candidates: readonly Best[]): Best | undefined {
  return candidates.reduce<Best | undefined>(
    (best, next) => (compare(next.value, best?.value ?? ZERO) > 0 ? next : best),
    undefined,
  );
}

interface OfSubject {
  readonly subject: string;
  readonly value: Rational;
}

function targetsOf(context: LintContext, reward: MeasuredReward): OfSubject[] {
  const { rules } = context;
  const { digits } = compiledMeasure(rules, reward.measure);
  const subjects = new Set(subjectsInScope(context, reward) ?? []);
  return [...rules.targets.values()].flatMap(({ subject, measure, slice, value: text }): OfSubject[] => {
    if (measure !== reward.measure || slice !== "" || !subjects.has(subject)) return [];
    const value = parseDecimal(text, digits);
    return value === undefined ? [] : [{ subject, value: measured(rules, measure, value) }];
  });
}

/** The sample as the engine counts it; people must be known, or nobody's sales count. */
function sampleStandings({ rules, knows, facts }: LintContext): Standings | undefined {
  return facts && knows.people ? standingsOf(rules, fold(rules, Number.MAX_SAFE_INTEGER, facts)) : undefined;
}

/** What those in scope sold: all of it, or the largest sale where each is priced by itself; returns are left out. */
function soldBy(context: LintContext, standings: Standings | undefined, reward: Marked | PerUnitReward): OfSubject[] {
  if (!standings) return [];
  const { level, measure } = reward;
  const isPerFact = reward.kind !== "milestone" && reward.scope === "perFact";
  return (subjectsInScope(context, reward) ?? []).flatMap((subject): OfSubject[] => {
    const { gained, facts } = standings.measured(measure, level, subject);
    if (facts === 0) return [];
    const sales = isPerFact ? (standings.contributions(measure, level, subject) ?? []) : [];
    const value = isPerFact ? sales.reduce((most, sale) => Math.max(most, sale.value), 0) : gained;
    return [{ subject, value: measured(context.rules, measure, value) }];
  });
}

function unfilledPackage(
  context: LintContext,
  standings: Standings | undefined,
  reward: PerUnitReward,
  path: string,
): Finding[] {
  const { id, packages, freeUnits, scope } = reward;
  const best = greatest(soldBy(context, standings, reward).map(({ subject, value }) => ({ value, says: subject })));
  if (!packages || !best) return [];
  if (compare(minus(best.value, exact(freeUnits)), exact(packages.size)) >= 0) return [];
  const free = exact(freeUnits).num === 0n ? "" : ` after ${freeUnits} free units`;
  const effect = packages.partial === "full" ? "nobody would be paid" : "nobody would be paid for more than one";
  const most = scope === "perFact" ? "the largest sale in the sample" : "the most that was sold in the sample";
  return [
    {
      code: "unfilled-package",
      severity: "warns",
      path: `${path}/packages/size`,
      message: `a package of ${id} holds ${packages.size} units${free}, and ${most} is ${exactText(best.value)} (${best.says}): ${effect}`,
      seen: packages.size,
      mend: "make the package smaller, or accept that few fill one",
    },
  ];
}

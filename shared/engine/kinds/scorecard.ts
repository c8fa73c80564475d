import { type Rational, roundRational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Grade, ScorecardReward } from "#domain/plan/rewards/scorecard.ts";
import { type Award, type Deciding, type Entrant, moneyMinor, moneyText, payeeOf } from "../award.ts";
import { everybodyIn } from "../entrants.ts";
import { withConsequences } from "./consequences.ts";
import { compare, exact, exactText, minus, over, percentText, plus, roundedMinor, times, ZERO } from "./exact.ts";
import type { CarryingKind } from "./kind.ts";
import { type ScoredKpi, scoreOf } from "./kpi.ts";
import { GATE_NOT_PASSED, nothingFor, ROUNDS_TO_ZERO } from "./scale.ts";

/** Weighted KPIs, a total and its grade: what it pays, what it multiplies, and what bad grades in a row raise. */
export const scorecard: CarryingKind<ScorecardReward> = {
  awardSlices(decidings, reward) {
    const awards = decidings.map((deciding) => {
      const { entrants, excluded } = everybodyIn(deciding, reward);
      return [...excluded, ...entrants.map((entrant) => awardTo(deciding, reward, entrant))];
    });
    return withConsequences(decidings, reward, awards);
  },
  liability(rules, reward) {
    if (reward.perPoint)
      return { unboundedBecause: `${reward.id} pays each point, and nothing limits how many have them` };
    const most = Math.max(0, ...reward.grades.map(({ pays }) => (pays === undefined ? 0 : moneyMinor(rules, pays))));
    if (most === 0) return { amountMinor: 0 };
    return {
      unboundedBecause: `${reward.id} pays each at most ${moneyText(rules, most)}, and nothing limits how many reach that`,
    };
  },
};

function awardTo(deciding: Deciding, reward: ScorecardReward, entrant: Entrant): Award {
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const scored: ScoredKpi[] = [];
  for (const kpi of reward.kpis) scored.push(scoreOf(deciding, reward, kpi, entrant.subject, scored));
  const steps = scored.flatMap((one) => one.steps);
  if (scored.some(({ kpi, score }) => score === undefined && kpi.missing === "excluded"))
    return nothingFor(reward, entrant, ...steps, KPI_MISSING);
  const total = totalOf(reward, scored);
  if (!total) return nothingFor(reward, entrant, ...steps, KPI_MISSING);
  const grade = reward.grades.findLast(({ from }, index) => index === 0 || compare(total.total, exact(from)) >= 0);
  const pay = payFor(deciding, reward, total.total, grade);
  return {
    subject: payeeOf(reward, entrant.subject),
    amountMinor: pay.amountMinor,
    total: total.total,
    ...(grade ? { grade: grade.id } : {}),
    ...(grade?.factor === undefined ? {} : { factor: exact(grade.factor) }),
    steps: [
      ...entrant.steps,
      ...steps,
      total.step,
      ...(grade ? [gradeStep(reward, grade, total.total)] : []),
      ...pay.steps,
    ],
  };
}

const KPI_MISSING: Step = {
  step: "excluded",
  reason: "kpi-missing",
  message: "a KPI has no facts, and without it there is no total",
};

interface Total {
  readonly total: Rational;
  readonly step: Step;
}

/** Σ weight × score, over the weights of the KPIs that count; undefined where none is left. */
function totalOf({ rounding }: ScorecardReward, scored: readonly ScoredKpi[]): Total | undefined {
  const counted = scored.flatMap(({ kpi, score }) => (score ? [{ weight: exact(kpi.weight), score }] : []));
  const weights = counted.map(({ weight }) => weight).reduce(plus, ZERO);
  if (weights.num === 0n) return undefined;
  const sum = counted.map(({ weight, score }) => times(weight, score)).reduce(plus, ZERO);
  const full = over(sum, weights);
  const total = rounding ? roundedTo(full, rounding) : full;
  return {
    total,
    step: {
      step: "total",
      weights: percentText(weights),
      exact: exactText(full),
      total: exactText(total, rounding?.digits ?? 0),
    },
  };
}

function roundedTo(value: Rational, { mode, digits }: NonNullable<ScorecardReward["rounding"]>): Rational {
  const scale = 10n ** BigInt(digits);
  return over({ num: BigInt(roundRational(value.num * scale, value.den, mode)), den: 1n }, { num: scale, den: 1n });
}

function gradeStep({ grades }: ScorecardReward, grade: Grade, total: Rational): Step {
  const next = grades[grades.indexOf(grade) + 1];
  return {
    step: "grade",
    grade: grade.id,
    from: grade.from,
    ...(grade.result === undefined ? {} : { result: grade.result }),
    ...(grade.factor === undefined ? {} : { factor: grade.factor }),
    ...(grade.pays === undefined ? {} : { pays: grade.pays }),
    ...(next ? { next: { grade: next.id, missing: exactText(minus(exact(next.from), total)) } } : {}),
  };
}

function payFor(
  { rules }: Deciding,
  { perPoint }: ScorecardReward,
  total: Rational,
  grade: Grade | undefined,
): { readonly amountMinor: number; readonly steps: readonly Step[] } {
  if (!perPoint) {
    const amountMinor = grade?.pays === undefined ? 0 : moneyMinor(rules, grade.pays);
    return { amountMinor, steps: amountMinor === 0 ? [PAYS_NO_MONEY] : [] };
  }
  const points = total.num < 0n ? ZERO : total;
  const amount = times(points, exact(perPoint.amount));
  const amountMinor = roundedMinor(rules, amount, perPoint.rounding);
  const nothing = amount.num === 0n ? PAYS_NO_MONEY : ROUNDS_TO_ZERO;
  const step: Step = {
    step: "scorePay",
    points: exactText(points),
    perPoint: perPoint.amount,
    exact: exactText(amount, rules.currencyDigits),
    amount: moneyText(rules, amountMinor),
  };
  return { amountMinor, steps: [step, ...(amountMinor === 0 ? [nothing] : [])] };
}

const PAYS_NO_MONEY: Step = {
  step: "nothing",
  reason: "grade-pays-nothing",
  message: "the result pays no money itself",
};

import type { Grade, ScorecardReward } from "#domain/plan/rewards/scorecard.ts";
import { type Fraction, fraction, rounded } from "../exact.ts";
import { exactly, isBelow, less, lowest, NOTHING, product, quotient, sum } from "../fractions.ts";
import { roundedMoney } from "../money.ts";
import { percent } from "../positions.ts";
import { GATE, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { kpisOf, type Scored } from "./kpis.ts";
import { Rows } from "./scorecard-rows.ts";

/** Weighted KPIs, their total, and what the grade of it pays; grades in a row raise flags. */
export function scorecard(reckoners: readonly Reckoner[], reward: ScorecardReward): Reckoned[][] {
  const rows = reward.consequences.map((rule) => new Rows(rule));
  return reckoners.map((reckoner) => {
    const { judged, barred } = reckoner.everybody(reward);
    const cards = judged.map(({ id, payee, passes, trace: gates }) => {
      if (!passes) return { id, grade: undefined, award: { payee, amount: 0n, trace: [...gates, GATE] } };
      const { grade, ...card } = cardOf(reckoner, reward, id);
      return { id, grade, award: { payee, ...card, trace: [...gates, ...card.trace] } };
    });
    const graded = new Map(cards.flatMap(({ id, grade }) => (grade ? [[id, grade] as const] : [])));
    for (const row of rows) row.next(reckoner.span.id, graded);
    return [
      ...barred,
      ...cards.map(({ id, award }): Reckoned => {
        const flags = rows.flatMap((row) => row.raisedFor(id));
        for (const _ of flags) {
          reckoner.warnings.push({ code: "consequence", reward: reward.id, subject: id, blocks: false });
        }
        return { ...award, trace: [...award.trace, ...flags] };
      }),
    ];
  });
}

interface Card extends Pick<Reckoned, "amount" | "trace" | "factor" | "total"> {
  readonly grade?: Grade;
}

function cardOf(reckoner: Reckoner, reward: ScorecardReward, id: string): Card {
  const scored = kpisOf(reckoner, reward, id);
  const trace = scored.flatMap(({ told }) => told);
  const counted = scored.flatMap(({ kpi, score }) => (score ? [{ weight: fraction(kpi.weight), score }] : []));
  const weights = sum(counted.map(({ weight }) => weight));
  if (weights.over === 0n || scored.some(barsTotal)) {
    return { amount: 0n, trace: [...trace, { step: "excluded", reason: "kpi-missing" }] };
  }
  const exact = quotient(sum(counted.map(({ weight, score }) => product(weight, score))), weights);
  const total = totalOf(reward, exact);
  const grade = gradeOf(reward.grades, total);
  const { amount, told } = payOf(reckoner, reward, grade, total);
  return {
    amount,
    total,
    ...(grade && { grade }),
    ...(grade && {
      factor: { grade: grade.id, factor: grade.factor === undefined ? undefined : fraction(grade.factor) },
    }),
    trace: [
      ...trace,
      {
        step: "total",
        weights: percent(weights),
        exact: exactly(exact),
        total: exactly(total, reward.rounding?.digits),
      },
      ...(grade ? [gradeStep(reward, grade, total)] : []),
      ...told,
    ],
  };
}

function barsTotal({ kpi, score }: Scored): boolean {
  return !score && kpi.missing === "excluded";
}

function totalOf({ rounding }: ScorecardReward, exact: Fraction): Fraction {
  if (!rounding) return exact;
  const one = 10n ** BigInt(rounding.digits);
  return lowest({ over: rounded({ over: exact.over * one, under: exact.under }, rounding.mode), under: one });
}

/** The last grade that starts at or below the total; what is below all is in the first. */
function gradeOf(grades: readonly Grade[], total: Fraction): Grade | undefined {
  return grades.findLast(({ from }) => !isBelow(total, fraction(from))) ?? grades[0];
}

function gradeStep({ grades }: ScorecardReward, grade: Grade, total: Fraction): Numbers {
  const next = grades[grades.indexOf(grade) + 1];
  return {
    step: "grade",
    grade: grade.id,
    from: grade.from,
    result: grade.result,
    factor: grade.factor,
    pays: grade.pays,
    next: next && { grade: next.id, missing: exactly(less(fraction(next.from), total)) },
  };
}

function payOf(
  reckoner: Reckoner,
  { perPoint }: ScorecardReward,
  grade: Grade | undefined,
  total: Fraction,
): { readonly amount: bigint; readonly told: readonly Numbers[] } {
  const none = (amount: bigint, reason: string) => (amount === 0n ? [{ step: "nothing", reason }] : []);
  if (!perPoint) {
    const flat = reckoner.money(grade?.pays ?? "0");
    return { amount: flat, told: none(flat, "grade-pays-nothing") };
  }
  const { amount: price, rounding } = perPoint;
  const points = isBelow(total, NOTHING) ? NOTHING : total;
  const exact = product(points, fraction(price));
  const amount = roundedMoney(reckoner, exact, rounding);
  const text = exactly(exact, reckoner.book.moneyDigits);
  const step = { step: "scorePay", points: exactly(points), perPoint: price, exact: text };
  const reason = exact.over === 0n ? "grade-pays-nothing" : "rounds-to-zero";
  return { amount, told: [{ ...step, amount: reckoner.moneyText(amount) }, ...none(amount, reason)] };
}

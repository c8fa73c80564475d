import type { BoardRow } from "#domain/board.ts";
import { formatDecimal } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { Award } from "#engine/award.ts";
import { exactText, ZERO } from "#engine/kinds/exact.ts";
import { compiledMeasure, type Rules } from "#engine/rules.ts";
import type { Standings } from "#engine/standings.ts";
import { exactValue, type PlacingReward } from "./decide-board.ts";

/** An award as a row of its board. Whom a row may be shown to with which name is decided where it is asked for. */
export function rowOf(rules: Rules, standings: Standings, reward: PlacingReward, award: Award): BoardRow {
  const { subject, rank, steps, amountMinor } = award;
  const prize = steps.find((step) => step.step === "prize");
  const [reach] = steps.flatMap((step) =>
    step.step === "reach" && step.reached ? [{ target: step.target, reachedAt: step.reached.at }] : [],
  );
  const { reason, missing } = obstacleOf(steps);
  return {
    subject: subject.id,
    name:
      subject.kind === "unit"
        ? (rules.directory.unit(subject.id)?.name ?? subject.id)
        : rules.directory.participantName(subject.id),
    value: valueText(rules, standings, reward, subject.id),
    ...(rank === undefined ? {} : { rank }),
    ...(prize ? { prize: prize.amount } : {}),
    ...reach,
    state: amountMinor > 0 ? "winning" : rank === undefined ? "notYet" : "placed",
    ...(reason === undefined ? {} : { reason }),
    ...(missing === undefined ? {} : { missing }),
  };
}

export function valueText(rules: Rules, standings: Standings, reward: PlacingReward, subject: string): string {
  const { measure, digits } = compiledMeasure(rules, reward.measure);
  if (measure.ratio) return exactText(exactValue(rules, standings, reward, subject) ?? ZERO);
  return formatDecimal(standings.measured(reward.measure, reward.level, subject).value, digits);
}

/** The first thing that keeps a subject from the award. */
function obstacleOf(steps: readonly Step[]): { reason?: string; missing?: string } {
  for (const step of steps) {
    if (step.step === "gate" && !step.passed) {
      return {
        reason: `${step.on === "self" ? "own" : step.subject} ${step.measure} below ${step.threshold}`,
        ...(step.missing === undefined ? {} : { missing: step.missing }),
      };
    }
    if (step.step === "excluded") return { reason: step.message };
    if (step.step === "nothing")
      return { reason: step.message, ...(step.missing === undefined ? {} : { missing: step.missing }) };
  }
  return {};
}

import type { Consequence, ScorecardReward } from "#domain/plan/rewards/scorecard.ts";
import type { Award, Deciding } from "../award.ts";

interface Graded {
  readonly slice: string;
  readonly grade: string;
}

/**
 * Raises what grades in a row lead to: in each slice with which a row of so many is complete, and in each that makes it
 * longer. A person decides what comes of it, so it is a warning that does not block, and a step of the award.
 */
export function withConsequences(
  decidings: readonly Deciding[],
  reward: ScorecardReward,
  awards: readonly (readonly Award[])[],
): Award[][] {
  return reward.consequences.reduce<Award[][]>(
    (raised, consequence) => raisedBy(decidings, reward, consequence, raised),
    awards.map((ofSlice) => [...ofSlice]),
  );
}

function raisedBy(
  decidings: readonly Deciding[],
  reward: ScorecardReward,
  consequence: Consequence,
  awards: readonly (readonly Award[])[],
): Award[][] {
  const rows = new Map<string, Graded[]>();
  return awards.map((ofSlice, index) => {
    const deciding = decidings[index];
    if (!deciding) throw new RangeError(`${reward.id} decided more slices than there are`);
    const slice = deciding.slice.id;
    const graded = new Set<string>();
    const raised = ofSlice.map((award): Award => {
      const { grade, subject } = award;
      if (grade === undefined) return award;
      graded.add(subject.id);
      if (!isMeant(reward, consequence, grade)) {
        rows.delete(subject.id);
        return award;
      }
      const row = [...(rows.get(subject.id) ?? []), { slice, grade }];
      rows.set(subject.id, row);
      return row.length < consequence.inARow ? award : flagged(deciding, reward, consequence, award, row);
    });
    if (consequence.gap === "breaks") for (const id of [...rows.keys()]) if (!graded.has(id)) rows.delete(id);
    return raised;
  });
}

function isMeant({ grades }: ScorecardReward, { on }: Consequence, grade: string): boolean {
  return on === "fail" ? grades.find(({ id }) => id === grade)?.result === "fail" : on.grade === grade;
}

function flagged(
  { warnings }: Deciding,
  reward: ScorecardReward,
  { id, flag }: Consequence,
  award: Award,
  row: readonly Graded[],
): Award {
  const slices = row.map(({ slice, grade }) => (slice === "" ? grade : `${slice} ${grade}`)).join(", ");
  warnings.push({
    code: "consequence",
    reward: reward.id,
    subject: award.subject.id,
    message: `${award.subject.id} is flagged for ${flag} by ${id} of ${reward.id}: ${slices}`,
    blocks: false,
  });
  return { ...award, steps: [...award.steps, { step: "consequence", id, flag, grades: [...row] }] };
}

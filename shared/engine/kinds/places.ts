import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { RankedBy, TIE_POLICIES } from "#domain/plan/rewards/ranking.ts";
import type { Measured } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import { type Deciding, type Entrant, timeText } from "../award.ts";
import { compiledMeasure } from "../rules.ts";
import { compare } from "./exact.ts";
import { positionText } from "./reading.ts";

type TiePolicy = (typeof TIE_POLICIES)[number];
type PlaceStep = Extract<Step, { step: "place" }>;

/** By what places are taken, and who is ahead among equals. */
export interface PlaceRule {
  readonly measure: string;
  readonly level: string;
  readonly by: RankedBy;
  readonly ties: TiePolicy;
}

/** An entrant with the exact number that places go by. */
export interface Standing {
  readonly entrant: Entrant;
  readonly at: Rational;
}

export interface Ranked extends Standing {
  readonly rank: number;
  /** Places that the tie group occupies, first and number; a group of one without a tie. */
  readonly group: { readonly first: number; readonly members: readonly Entrant[] };
  readonly by: PlaceStep["by"];
  readonly undecidedWith: readonly string[];
}

const BY_VALUE = { rule: "value" } as const;

/** What a tie-breaking policy compares: an instant, the smaller the better. */
const TIE_BREAK: Record<TiePolicy, ((measured: readonly Measured[]) => number) | undefined> = {
  earliestReach: (all) => Math.max(...all.map(({ finalReach }) => finalReach?.at ?? Number.POSITIVE_INFINITY)),
  earlierLastFact: (all) => Math.max(...all.map(({ lastFactAt, facts }) => lastFactAt ?? absent(facts))),
  poolPrizes: undefined,
  samePrize: undefined,
};

/** One side of a ratio can be without facts; then the other side's last one counts. */
function absent(facts: number): number {
  return facts === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Places from the highest number down. Equal fractions tie, whatever they are made of: 9/10 and 18/20. */
export function rank(deciding: Deciding, rule: PlaceRule, standing: readonly Standing[]): Ranked[] {
  const tieBreak = TIE_BREAK[rule.ties];
  const rows = standing
    .map((row) => ({ ...row, instant: tieBreak?.(measuredOf(deciding, rule, row.entrant.subject)) ?? 0 }))
    .sort((a, b) => compare(b.at, a.at) || a.instant - b.instant || compareText(a.entrant.subject, b.entrant.subject));
  const keyOf = ({ at: { num, den } }: Standing) => `${num}/${den}`;
  const groups = new Map<string, { first: number; rows: typeof rows }>();
  rows.forEach((row, index) => {
    const group = groups.get(keyOf(row));
    if (group) group.rows.push(row);
    else groups.set(keyOf(row), { first: index + 1, rows: [row] });
  });
  return rows.map((row, index) => {
    const { entrant, at, instant } = row;
    const { first, rows: tied } = groups.get(keyOf(row)) ?? { first: index + 1, rows: [] };
    const group = { first, members: tied.map((other) => other.entrant) };
    if (!tieBreak) {
      const by = tied.length > 1 ? ({ rule: "tie", policy: rule.ties, thenId: false } as const) : BY_VALUE;
      return { entrant, at, rank: first, group, by, undecidedWith: [] };
    }
    const undecidedWith = tied
      .filter((other) => other.instant === instant && other !== row)
      .map((other) => other.entrant.subject);
    const by =
      tied.length === 1
        ? BY_VALUE
        : ({
            rule: "tie",
            policy: rule.ties,
            ...(Number.isFinite(instant) ? { at: timeText(deciding.rules, instant) } : {}),
            thenId: undecidedWith.length > 0,
          } as const);
    return { entrant, at, rank: index + 1, group, by, undecidedWith };
  });
}

/** What a policy looks at: the measure, or both sides of a ratio. */
function measuredOf({ rules, standings }: Deciding, { measure: id, level }: PlaceRule, subject: string): Measured[] {
  const { ratio } = compiledMeasure(rules, id).measure;
  const asked = ratio ? sidesOf(ratio) : [id];
  return asked.map((measure) => standings.measured(measure, level, subject));
}

/** Of a growth rate only the slice at hand: what happened in the one before is over. */
function sidesOf({ numerator, denominator, of }: { numerator: string; denominator: string; of: string }): string[] {
  return of === "previous" ? [numerator] : [numerator, denominator];
}

/** The place of a row, who is ahead and behind, and with whom it is tied. */
export function placeStep(rules: Deciding["rules"], rule: PlaceRule, ranked: readonly Ranked[], index: number): Step {
  const row = ranked[index];
  if (!row) throw new RangeError(`no rank ${index}`);
  const neighbour = (other: Ranked | undefined) =>
    other ? { subject: other.entrant.subject, value: positionText(rules, rule.measure, rule.by, other.at) } : undefined;
  const ahead = neighbour(ranked[index - 1]);
  const behind = neighbour(ranked[index + 1]);
  const tiedWith = row.group.members.filter((member) => member !== row.entrant).map((member) => member.subject);
  return {
    step: "place",
    rank: row.rank,
    of: ranked.length,
    by: row.by,
    ...(ahead ? { ahead } : {}),
    ...(behind ? { behind } : {}),
    ...(tiedWith.length > 0 ? { tiedWith } : {}),
  };
}

/** A tie that the policy cannot decide is ordered by id; where that moves money, finance is told. */
export function flagUnresolvedTies(
  { warnings }: Deciding,
  reward: { readonly id: string; readonly ties: TiePolicy },
  ranked: readonly Ranked[],
  paysAt: (place: number) => number | string,
): void {
  const told = new Set<string>();
  for (const { entrant, undecidedWith } of ranked) {
    if (undecidedWith.length === 0 || told.has(entrant.subject)) continue;
    const tied = [entrant.subject, ...undecidedWith].sort(compareText);
    for (const subject of tied) told.add(subject);
    const among = new Set(tied);
    const rows = ranked.filter((row) => among.has(row.entrant.subject));
    const amounts = new Set(rows.map((row) => paysAt(row.rank)));
    if (amounts.size === 1 || !rows.some((row) => row.entrant.qualified)) continue;
    warnings.push({
      code: "tie-unresolved",
      reward: reward.id,
      subject: tied.join(", "),
      message: `${tied.join(" and ")} are still tied after ${reward.ties}; they were ordered by id, and their places pay differently`,
      blocks: false,
    });
  }
}

import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import { Cannot } from "../book.ts";
import { type Fraction, order } from "../exact.ts";
import { less } from "../fractions.ts";
import { positionText } from "../positions.ts";
import { type Candidate, type Numbers, type Reckoner, reaching } from "../reckon.ts";

/** By what places are taken, and who is ahead among equals. */
export interface PlaceRule {
  readonly measure: string;
  readonly level: string;
  readonly by?: RankingReward["by"] | undefined;
  readonly ties: RankingReward["ties"];
}

/** Somebody who takes part, and the number that places go by. */
export type Standing = Candidate & { readonly at: Fraction };

export interface Row {
  readonly candidate: Candidate;
  readonly at: Fraction;
  /** By which a policy decides among equals; infinite where there is none, 0 where equals share a place. */
  readonly instant: number;
}

function isEqual(a: Row, b: Row | undefined): boolean {
  return b !== undefined && less(a.at, b.at).over === 0n;
}

function earlier(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Of a ratio the later of its two sides; of a growth rate what happened before is over. */
function decidingInstant(reckoner: Reckoner, { ties, measure, level }: PlaceRule, { id }: Candidate): number {
  if (ties !== "earliestReach" && ties !== "earlierLastFact") return 0;
  const { ratio } = reckoner.measure(measure);
  const sides = ratio ? [ratio.numerator, ...(ratio.of === "previous" ? [] : [ratio.denominator])] : [measure];
  const instants = sides.map((side) => {
    const sales = reckoner.sales(side, level, id);
    if (ties === "earlierLastFact") return sales.at(-1)?.at ?? -Infinity;
    return reaching(sales, reckoner.tally(side, level, id).value)?.sale.at ?? Infinity;
  });
  return Math.max(...instants);
}

/** Those who take places, from the first to the last. */
export function rowsOf(reckoner: Reckoner, rule: PlaceRule, standing: readonly Standing[]): Row[] {
  return standing
    .map((candidate): Row => ({ candidate, at: candidate.at, instant: decidingInstant(reckoner, rule, candidate) }))
    .sort((a, b) => {
      const ahead = less(b.at, a.at).over;
      if (ahead !== 0n) return ahead > 0n ? 1 : -1;
      return earlier(a.instant, b.instant) || order(a.candidate.id, b.candidate.id);
    });
}

export function sharesPlaces({ ties }: Pick<PlaceRule, "ties">): boolean {
  return ties === "poolPrizes" || ties === "samePrize";
}

/** The place of a row, the first place of those equal to it, and the step that says so. */
export function placeOf(reckoner: Reckoner, rule: PlaceRule, rows: readonly Row[], index: number) {
  const row = rows[index];
  if (!row) throw new Cannot(`there is no place ${index + 1}`);
  const { instant } = row;
  const isShared = sharesPlaces(rule);
  const neighbour = (other: Row | undefined) =>
    other && { subject: other.candidate.id, value: positionText(reckoner, rule, other.at) };
  const equals = rows.filter((other) => isEqual(row, other));
  const first = rows.findIndex((other) => isEqual(row, other)) + 1;
  const rank = isShared ? first : index + 1;
  const others = equals.filter((other) => other !== row);
  const tie: Numbers = {
    rule: "tie",
    policy: rule.ties,
    at: isShared || !Number.isFinite(instant) ? undefined : reckoner.time(instant),
    thenId: !isShared && others.some((other) => other.instant === instant),
  };
  const step: Numbers = {
    step: "place",
    rank,
    of: rows.length,
    by: others.length === 0 ? { rule: "value" } : tie,
    ahead: neighbour(rows[index - 1]),
    behind: neighbour(rows[index + 1]),
    tiedWith: others.length === 0 ? undefined : others.map((other) => other.candidate.id),
  };
  return { row, rank, first, equals, isPooled: rule.ties === "poolPrizes" && others.length > 0, step };
}

/** Those that only their ids keep apart, where one who may win is among them and their places pay differently. */
export function warnOfTies(
  reckoner: Reckoner,
  reward: string,
  rows: readonly Row[],
  paysAt: (place: number) => bigint | string,
): void {
  for (let from = 0, to = 1; from < rows.length; from = to, to = from + 1) {
    while (isTied(rows[from], rows[to])) to += 1;
    const tied = rows.slice(from, to);
    const prizes = new Set(tied.map((_, index) => paysAt(from + index + 1)));
    if (prizes.size < 2 || !tied.some(({ candidate }) => candidate.passes)) continue;
    const subject = tied.map(({ candidate }) => candidate.id).join(", ");
    reckoner.warnings.push({ code: "tie-unresolved", reward, subject, blocks: false });
  }
}

function isTied(a: Row | undefined, b: Row | undefined): boolean {
  return a !== undefined && b !== undefined && isEqual(a, b) && a.instant === b.instant;
}

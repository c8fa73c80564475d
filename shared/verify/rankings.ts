import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import { type Fraction, order, shared } from "./exact.ts";
import { less, NOTHING } from "./fractions.ts";
import { positionOf, positionText } from "./positions.ts";
import { bandOf, prizeOf } from "./prizes.ts";
import { type Candidate, failing, GATE, type Numbers, type Reckoned, type Reckoner, reaching } from "./reckon.ts";

/** Prizes by rank of the measure, or of how far it attains a target. */
export function ranking(reckoner: Reckoner, reward: RankingReward, candidates: readonly Candidate[]): Reckoned[] {
  const placed = candidates.map((candidate) => ({ candidate, found: positionOf(reckoner, reward, candidate) }));
  const without = placed.flatMap(({ candidate: { payee, trace }, found }) =>
    "bar" in found ? [{ payee, amount: 0n, trace: [...trace, found.bar] }] : [],
  );
  const standing = placed.flatMap(({ candidate, found }) =>
    "bar" in found ? [] : [{ ...candidate, trace: [...candidate.trace, ...found.told], at: found.at }],
  );
  const forfeits = reward.gateEffect === "forfeit";
  const rows = standing
    .filter(({ passes }) => forfeits || passes)
    .map((candidate): Row => ({ candidate, at: candidate.at, instant: decidingInstant(reckoner, reward, candidate) }))
    .sort((a, b) => {
      const ahead = less(b.at, a.at).over;
      if (ahead !== 0n) return ahead > 0n ? 1 : -1;
      return earlier(a.instant, b.instant) || order(a.candidate.id, b.candidate.id);
    });
  const sharesPlaces = reward.ties === "poolPrizes" || reward.ties === "samePrize";
  if (!sharesPlaces) warnOfTies(reckoner, reward, rows);
  return [
    ...without,
    ...rows.map((row, index) => awardOf(reckoner, reward, rows, row, index)),
    ...standing.filter(({ passes }) => !forfeits && !passes).map(failing),
  ];
}

interface Row {
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
function decidingInstant(reckoner: Reckoner, { ties, measure, level }: RankingReward, { id }: Candidate): number {
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

function awardOf(reckoner: Reckoner, reward: RankingReward, rows: readonly Row[], row: Row, index: number): Reckoned {
  const { candidate, instant } = row;
  const sharesPlaces = reward.ties === "poolPrizes" || reward.ties === "samePrize";
  const text = (at: Fraction) => positionText(reckoner, reward, at);
  const neighbour = (other: Row | undefined) => other && { subject: other.candidate.id, value: text(other.at) };
  const equals = rows.filter((other) => isEqual(row, other));
  const first = rows.findIndex((other) => isEqual(row, other)) + 1;
  const rank = sharesPlaces ? first : index + 1;
  const others = equals.filter((other) => other !== row);
  const isPooled = reward.ties === "poolPrizes" && others.length > 0;
  const won = isPooled ? poolShare(reckoner, reward, first, equals, candidate) : prizeOf(reckoner, reward.prizes, rank);
  const tie: Numbers = {
    rule: "tie",
    policy: reward.ties,
    at: sharesPlaces || !Number.isFinite(instant) ? undefined : reckoner.time(instant),
    thenId: !sharesPlaces && others.some((other) => other.instant === instant),
  };
  const place: Numbers = {
    step: "place",
    rank,
    of: rows.length,
    by: others.length === 0 ? { rule: "value" } : tie,
    ahead: neighbour(rows[index - 1]),
    behind: neighbour(rows[index + 1]),
    tiedWith: others.length === 0 ? undefined : others.map((other) => other.candidate.id),
  };
  const band = isPooled ? { from: first, to: first + others.length } : bandOf(reward.prizes, rank);
  const prize: Numbers = {
    step: "prize",
    from: band?.from,
    to: band?.to,
    pooled: isPooled,
    amount: reckoner.moneyText(won),
  };
  const last = rows[(reward.prizes.at(-1)?.to ?? 0) - 1];
  const gap = last ? less(last.at, row.at) : NOTHING;
  const missing = gap.over > 0n ? text(gap) : undefined;
  const outcome = !candidate.passes ? GATE : won > 0n ? prize : { step: "nothing", reason: "below-prizes", missing };
  const amount = candidate.passes ? won : 0n;
  const reached = reaching(candidate.sales, candidate.value)?.sale;
  const claims = reached && { claims: [{ at: reached.at, fact: reached.key, amount }] };
  return { payee: candidate.payee, amount, rank, trace: [...candidate.trace, place, outcome], ...claims };
}

function poolShare(reckoner: Reckoner, reward: RankingReward, first: number, equals: readonly Row[], of: Candidate) {
  const pot = equals.reduce((sum, _, index) => sum + prizeOf(reckoner, reward.prizes, first + index), 0n);
  const heads = equals.map(({ candidate }) => ({ id: candidate.id, weight: 1n }));
  return shared(pot, heads).get(of.id) ?? 0n;
}

/** Those that only their ids keep apart, where one who may win is among them and their places pay differently. */
function warnOfTies(reckoner: Reckoner, reward: RankingReward, rows: readonly Row[]): void {
  for (let from = 0, to = 1; from < rows.length; from = to, to = from + 1) {
    while (isTied(rows[from], rows[to])) to += 1;
    const tied = rows.slice(from, to);
    const prizes = new Set(tied.map((_, index) => prizeOf(reckoner, reward.prizes, from + index + 1)));
    if (prizes.size < 2 || !tied.some(({ candidate }) => candidate.passes)) continue;
    const subject = tied.map(({ candidate }) => candidate.id).join(", ");
    reckoner.warnings.push({ code: "tie-unresolved", reward: reward.id, subject, blocks: false });
  }
}

function isTied(a: Row | undefined, b: Row | undefined): boolean {
  return a !== undefined && b !== undefined && isEqual(a, b) && a.instant === b.instant;
}

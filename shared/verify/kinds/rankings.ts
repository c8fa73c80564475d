import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import type { Earlier } from "../award.ts";
import { shared } from "../exact.ts";
import { exactly, less, NOTHING } from "../fractions.ts";
import { type Position, positionOf, positionText } from "../positions.ts";
import { type Candidate, failing, GATE, type Numbers, type Reckoned, type Reckoner, reaching } from "../reckon.ts";
import { placeOf, type Row, rowsOf, sharesPlaces, warnOfTies } from "./places.ts";
import { bandOf, prizeOf } from "./prizes.ts";

/** Prizes by rank of the measure, of how far it attains a target, or of what an earlier scorecard came to. */
export function ranking(
  reckoner: Reckoner,
  reward: RankingReward,
  candidates: readonly Candidate[],
  earlier: Earlier,
): Reckoned[] {
  const placed = candidates.map((candidate) => ({ candidate, found: foundOf(reckoner, reward, candidate, earlier) }));
  const without = placed.flatMap(({ candidate: { payee, trace }, found }) =>
    "bar" in found ? [{ payee, amount: 0n, trace: [...trace, found.bar] }] : [],
  );
  const standing = placed.flatMap(({ candidate, found }) =>
    "bar" in found ? [] : [{ ...candidate, trace: [...candidate.trace, ...found.told], at: found.at }],
  );
  const forfeits = reward.gateEffect === "forfeit";
  const rows = rowsOf(
    reckoner,
    reward,
    standing.filter(({ passes }) => forfeits || passes),
  );
  if (!sharesPlaces(reward)) {
    warnOfTies(reckoner, reward.id, rows, (place) => prizeOf(reckoner, reward.prizes, place));
  }
  return [
    ...without,
    ...rows.map((_, index) => awardOf(reckoner, reward, rows, index)),
    ...standing.filter(({ passes }) => !forfeits && !passes).map(failing),
  ];
}

function foundOf(
  reckoner: Reckoner,
  { measure, by, level }: RankingReward,
  candidate: Candidate,
  earlier: Earlier,
): Position {
  if (typeof by !== "object" || !("scorecard" in by)) return positionOf(reckoner, { measure, by }, candidate);
  const { scorecard } = by;
  const card = earlier(scorecard).find(
    ({ reward, span, winner }) => reward.level === level && span.id === reckoner.span.id && winner === candidate.id,
  );
  if (!card?.total) return { bar: { step: "excluded", reason: "no-total" } };
  return { at: card.total, told: [{ step: "scored", scorecard, total: exactly(card.total) }] };
}

function awardOf(reckoner: Reckoner, reward: RankingReward, rows: readonly Row[], index: number): Reckoned {
  const { row, rank, first, equals, isPooled, step } = placeOf(reckoner, reward, rows, index);
  const { candidate } = row;
  const won = isPooled ? poolShare(reckoner, reward, first, equals, candidate) : prizeOf(reckoner, reward.prizes, rank);
  const band = isPooled ? { from: first, to: first + equals.length - 1 } : bandOf(reward.prizes, rank);
  const prize: Numbers = {
    step: "prize",
    from: band?.from,
    to: band?.to,
    pooled: isPooled,
    amount: reckoner.moneyText(won),
  };
  const last = rows[(reward.prizes.at(-1)?.to ?? 0) - 1];
  const gap = last ? less(last.at, row.at) : NOTHING;
  const missing = gap.over > 0n ? positionText(reckoner, reward, gap) : undefined;
  const outcome = !candidate.passes ? GATE : won > 0n ? prize : { step: "nothing", reason: "below-prizes", missing };
  const amount = candidate.passes ? won : 0n;
  const isTotal = typeof reward.by === "object" && "scorecard" in reward.by;
  const reached = isTotal ? undefined : reaching(candidate.sales, candidate.value)?.sale;
  const claims = reached && { claims: [{ at: reached.at, fact: reached.key, amount }] };
  return { payee: candidate.payee, amount, rank, trace: [...candidate.trace, step, outcome], ...claims };
}

function poolShare(reckoner: Reckoner, reward: RankingReward, first: number, equals: readonly Row[], of: Candidate) {
  const pot = equals.reduce((sum, _, index) => sum + prizeOf(reckoner, reward.prizes, first + index), 0n);
  const heads = equals.map(({ candidate }) => ({ id: candidate.id, weight: 1n }));
  return shared(pot, heads).get(of.id) ?? 0n;
}

import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import { order, shared } from "./exact.ts";
import { bandOf, prizeOf } from "./prizes.ts";
import { type Candidate, failing, GATE, type Numbers, type Reckoned, type Reckoner, reaching } from "./reckon.ts";

/** The instant by which a policy decides among equals; none where equals share a place. */
function decidingInstant(reward: RankingReward, { sales, value }: Candidate): number | undefined {
  if (reward.ties === "earliestReach") return reaching(sales, value)?.sale.at;
  return reward.ties === "earlierLastFact" ? sales.at(-1)?.at : undefined;
}

/** Prizes by rank. */
export function ranking(reckoner: Reckoner, reward: RankingReward, candidates: readonly Candidate[]): Reckoned[] {
  const forfeits = reward.gateEffect === "forfeit";
  const rows = candidates
    .filter(({ passes }) => forfeits || passes)
    .map((candidate) => ({ candidate, value: candidate.value, instant: decidingInstant(reward, candidate) }))
    .sort((a, b) => {
      if (a.value !== b.value) return a.value > b.value ? -1 : 1;
      return (a.instant ?? 0) - (b.instant ?? 0) || order(a.candidate.id, b.candidate.id);
    });
  const sharesPlaces = reward.ties === "poolPrizes" || reward.ties === "samePrize";
  const neighbour = (index: number) => {
    const other = rows[index];
    return other && { subject: other.candidate.id, value: reckoner.valueText(reward.measure, other.value) };
  };
  const lastPlace = reward.prizes.at(-1)?.to ?? 0;
  const ranked = rows.map(({ candidate, value, instant }, index): Reckoned => {
    const equals = rows.filter((row) => row.value === value);
    const first = rows.findIndex((row) => row.value === value) + 1;
    const rank = sharesPlaces ? first : index + 1;
    const others = equals.filter((row) => row.candidate !== candidate);
    const isPooled = reward.ties === "poolPrizes" && others.length > 0;
    const won = isPooled
      ? poolShare(reckoner, reward, first, equals, candidate)
      : prizeOf(reckoner, reward.prizes, rank);
    const tie: Numbers = {
      rule: "tie",
      policy: reward.ties,
      at: instant === undefined ? undefined : reckoner.time(instant),
      thenId: !sharesPlaces && others.some((row) => row.instant === instant),
    };
    const place: Numbers = {
      step: "place",
      rank,
      of: rows.length,
      by: others.length === 0 ? { rule: "value" } : tie,
      ahead: neighbour(index - 1),
      behind: neighbour(index + 1),
      tiedWith: others.length === 0 ? undefined : others.map((row) => row.candidate.id),
    };
    const band = isPooled ? { from: first, to: first + others.length } : bandOf(reward.prizes, rank);
    const gap = (rows[lastPlace - 1]?.value ?? value) - value;
    const prize: Numbers = {
      step: "prize",
      from: band?.from,
      to: band?.to,
      pooled: isPooled,
      amount: reckoner.moneyText(won),
    };
    const missing = gap > 0n ? reckoner.valueText(reward.measure, gap) : undefined;
    const outcome = !candidate.passes ? GATE : won > 0n ? prize : { step: "nothing", reason: "below-prizes", missing };
    const amount = candidate.passes ? won : 0n;
    return { payee: candidate.payee, amount, rank, trace: [...candidate.trace, place, outcome] };
  });
  if (!sharesPlaces) warnOfTies(reckoner, reward, rows);
  return [...ranked, ...candidates.filter(({ passes }) => !forfeits && !passes).map(failing)];
}

type Row = { readonly candidate: Candidate; readonly value: bigint; readonly instant: number | undefined };

function poolShare(reckoner: Reckoner, reward: RankingReward, first: number, equals: readonly Row[], of: Candidate) {
  const pot = equals.reduce((sum, _, index) => sum + prizeOf(reckoner, reward.prizes, first + index), 0n);
  const heads = equals.map(({ candidate }) => ({ id: candidate.id, weight: 1n }));
  return shared(pot, heads).get(of.id) ?? 0n;
}

/** Those that only their ids keep apart, where one who may win is among them and their places pay differently. */
function warnOfTies(reckoner: Reckoner, reward: RankingReward, rows: readonly Row[]): void {
  for (let from = 0, to = 1; from < rows.length; from = to, to = from + 1) {
    while (rows[to]?.value === rows[from]?.value && rows[to]?.instant === rows[from]?.instant) to += 1;
    const tied = rows.slice(from, to);
    const prizes = new Set(tied.map((_, index) => prizeOf(reckoner, reward.prizes, from + index + 1)));
    if (prizes.size < 2 || !tied.some(({ candidate }) => candidate.passes)) continue;
    const subject = tied.map(({ candidate }) => candidate.id).join(", ");
    reckoner.warnings.push({ code: "tie-unresolved", reward: reward.id, subject, blocks: false });
  }
}

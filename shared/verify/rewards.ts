import type { PrizeBand } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import type { RaceReward } from "#domain/plan/rewards/race.ts";
import type { RankingReward } from "#domain/plan/rewards/ranking.ts";
import { Cannot } from "./book.ts";
import { fraction, order, rounded, shared } from "./exact.ts";
import { milestone } from "./milestones.ts";
import { perUnit } from "./prices.ts";
import { type Candidate, failing, GATE, type Numbers, type Reckoned, type Reckoner, reaching } from "./reckon.ts";
import { divided } from "./split.ts";
import { tiers } from "./tiers.ts";

/**
 * Works a reward out, to the last share of a split.
 *
 * @throws Cannot when the verifier does not know how
 */
export function reckon(reckoner: Reckoner, reward: Reward): Reckoned[] {
  const { candidates, barred } = reckoner.field(reward);
  const awards = [...barred, ...ofKind(reckoner, reward, candidates)];
  const { pay } = reward;
  if (pay === "self") return awards;
  return awards.flatMap((award) => (award.amount === 0n ? [award] : divided(reckoner, reward.id, pay.split, award)));
}

const KNOWN_KINDS = new Set(["commission", "milestone", "perUnit", "race", "ranking", "tiers"]);
const KNOWN_FIELDS = new Set(
  "id name kind measure level within roles gates pay rate rounding targets prizes gateEffect ties amount packages freeUnits scope by policy reach steps mode edge bands".split(
    " ",
  ),
);

/** A rule that is read over pays otherwise: whatever a reward says beyond what is worked out here is told, not ignored. */
function refuseUnknownFields(reward: Reward): void {
  for (const [field, value] of Object.entries(reward)) {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !KNOWN_FIELDS.has(field))
      throw new Cannot(`this verifier does not know \`${field}\` of a ${reward.kind}`);
  }
}

function ofKind(reckoner: Reckoner, reward: Reward, candidates: readonly Candidate[]): Reckoned[] {
  const { kind }: { readonly kind: string } = reward;
  if (KNOWN_KINDS.has(kind)) refuseUnknownFields(reward);
  switch (reward.kind) {
    case "commission":
      return candidates.map((candidate) => commission(reckoner, reward, candidate));
    case "milestone":
      return candidates.map((candidate) => milestone(reckoner, reward, candidate));
    case "perUnit":
      return candidates.map((candidate) => perUnit(reckoner, reward, candidate));
    case "race":
      return race(reckoner, reward, candidates);
    case "ranking":
      return ranking(reckoner, reward, candidates);
    case "tiers":
      return candidates.map((candidate) => tiers(reckoner, reward, candidate));
    default:
      throw new Cannot(`this verifier does not know the kind ${kind}`);
  }
}

function commission(reckoner: Reckoner, reward: CommissionReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, sales, value, trace } = candidate;
  const { over, under } = fraction(reward.rate);
  const { scope, mode } = reward.rounding;
  const unit = reckoner.money(reward.rounding.unit);
  const paid = (amount: bigint) => unit * rounded({ over: amount * over, under: under * unit }, mode);
  const each = sales.map((sale) => paid(sale.value));
  const amount = scope === "perTotal" ? paid(value) : each.reduce((sum, part) => sum + part, 0n);
  const shown = scope === "perTotal" ? trace : reckoner.withPay(reward.measure, sales, trace, each);
  const rate = {
    step: "rate",
    rate: reward.rate,
    value: reckoner.moneyText(value),
    rounding: { ...reward.rounding },
    amount: reckoner.moneyText(amount),
  };
  const nothing = amount === 0n ? [{ step: "nothing", reason: "rounds-to-zero" }] : [];
  return { payee, amount, trace: [...shown, rate, ...nothing] };
}

function bandOf(bands: readonly PrizeBand[], place: number): PrizeBand | undefined {
  return bands.find(({ from, to }) => place >= from && place <= to);
}

function prizeOf(reckoner: Reckoner, bands: readonly PrizeBand[], place: number): bigint {
  const band = bandOf(bands, place);
  return band ? reckoner.money(band.amount) : 0n;
}

function race(reckoner: Reckoner, reward: RaceReward, candidates: readonly Candidate[]): Reckoned[] {
  const text = (value: bigint) => reckoner.valueText(reward.measure, value);
  const runners = candidates
    .filter(({ passes }) => passes)
    .map((candidate) => {
      const legs = reward.targets.map((label) => {
        const threshold = reckoner.target(candidate.id, reward.measure, label);
        if (threshold === undefined) throw new Cannot(`${candidate.id} has no target ${label}`);
        const reached = reaching(candidate.sales, threshold);
        const missing = reached ? undefined : text(threshold - candidate.value);
        const step: Numbers = {
          step: "reach",
          target: label,
          threshold: text(threshold),
          reached: reached && {
            at: reckoner.time(reached.sale.at),
            fact: reached.sale.key,
            value: text(reached.running),
          },
          missing,
        };
        return { label, reached, missing, step };
      });
      // The leg that decides: the first of the plan's targets that was reached.
      const leg = legs.findIndex(({ reached }) => reached !== undefined);
      return { candidate, legs, leg, label: legs[leg]?.label, sale: legs[leg]?.reached?.sale };
    });
  const finishers = runners
    .flatMap((runner) => (runner.sale ? [{ ...runner, sale: runner.sale }] : []))
    .sort(
      (a, b) =>
        a.leg - b.leg ||
        a.sale.at - b.sale.at ||
        order(a.sale.key, b.sale.key) ||
        order(a.candidate.id, b.candidate.id),
    );
  const neighbour = (index: number) => {
    const other = finishers[index];
    if (!other) return undefined;
    const { candidate, label, sale } = other;
    return { subject: candidate.id, value: text(candidate.value), target: label, at: reckoner.time(sale.at) };
  };
  const placed = finishers.map(({ candidate, legs, label }, index): Reckoned => {
    const rank = index + 1;
    const band = bandOf(reward.prizes, rank);
    const amount = prizeOf(reckoner, reward.prizes, rank);
    const place: Numbers = {
      step: "place",
      rank,
      of: finishers.length,
      by: { rule: "target", target: label },
      ahead: neighbour(index - 1),
      behind: neighbour(index + 1),
    };
    const outcome: Numbers = band
      ? { step: "prize", from: band.from, to: band.to, pooled: false, amount: reckoner.moneyText(amount) }
      : { step: "nothing", reason: "places-taken" };
    const trace = [...candidate.trace, ...legs.map(({ step }) => step), place, outcome];
    return { payee: candidate.payee, amount, rank, trace };
  });
  const unplaced = runners
    .filter(({ sale }) => !sale)
    .map(({ candidate: { payee, trace }, legs }): Reckoned => {
      const nothing = { step: "nothing", reason: "target-not-reached", missing: legs.at(-1)?.missing };
      return { payee, amount: 0n, trace: [...trace, ...legs.map(({ step }) => step), nothing] };
    });
  return [...placed, ...unplaced, ...candidates.filter(({ passes }) => !passes).map(failing)];
}

/** The instant by which a policy decides among equals; none where equals share a place. */
function decidingInstant(reward: RankingReward, { sales, value }: Candidate): number | undefined {
  if (reward.ties === "earliestReach") return reaching(sales, value)?.sale.at;
  return reward.ties === "earlierLastFact" ? sales.at(-1)?.at : undefined;
}

function ranking(reckoner: Reckoner, reward: RankingReward, candidates: readonly Candidate[]): Reckoned[] {
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

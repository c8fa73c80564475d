import type { PoolReward, PoolShare } from "#domain/plan/rewards/pool.ts";
import { type Fraction, fraction } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, product, quotient, sum } from "../fractions.ts";
import { percent, positionText } from "../positions.ts";
import { ratioOf } from "../ratios.ts";
import type { Candidate, Numbers, Reckoner } from "../reckon.ts";
import { placeOf, rowsOf, sharesPlaces, warnOfTies } from "./places.ts";

/** Somebody's exact part of a pot, and what the trace says of it. */
export interface PotShare {
  readonly candidate: Candidate;
  readonly share: Fraction;
  readonly rank?: number;
  readonly told: readonly Numbers[];
}

type ByRank = Extract<PoolShare, { readonly byRank: unknown }>["byRank"];

const ONE: Fraction = { over: 1n, under: 1n };

/** The shares of the places that are taken; in a tie that shares, equal parts of several. */
export function sharesByRank(
  reckoner: Reckoner,
  { id, measure, level }: PoolReward,
  by: ByRank,
  candidates: readonly Candidate[],
  pot: Fraction,
): PotShare[] {
  const rule = { measure, level, ties: by.ties };
  const standing = candidates.map((own) => ({ ...own, at: own.ratio ?? reckoner.measured(measure, own.value) }));
  const rows = rowsOf(reckoner, rule, standing);
  const shareAt = (place: number) => fraction(by.shares[place - 1] ?? "0");
  if (!sharesPlaces(rule)) warnOfTies(reckoner, id, rows, (place) => exactly(shareAt(place)));
  const taken = sum(rows.map((_, index) => shareAt(index + 1)));
  const scale = by.unclaimed === "redistributed" && taken.over > 0n ? quotient(ONE, taken) : ONE;
  const money = (part: Fraction) => exactly(product(pot, part), reckoner.book.moneyDigits);
  const own = rows.map((_, index): PotShare & { readonly rank: number } => {
    const { row, rank, first, equals, isPooled, step } = placeOf(reckoner, rule, rows, index);
    const [from, count] = isPooled ? [first, equals.length] : [rank, 1];
    const together = sum(Array.from({ length: count }, (_, more) => shareAt(from + more)));
    const share = product(quotient(together, { over: BigInt(count), under: 1n }), scale);
    const places = { from, to: from + count - 1 };
    const told = [step, { step: "potShare", by: "rank", places, share: percent(share), amount: money(share) }];
    return { candidate: row.candidate, rank, share, told };
  });
  return by.belowAverage === "full" ? own : averaged(reckoner, level, by.contribution ?? measure, own, money);
}

/** Who contributed less than the average keeps so much of it; what that leaves goes to all above, by how far they are. */
function averaged(
  reckoner: Reckoner,
  level: string,
  measure: string,
  own: readonly PotShare[],
  money: (part: Fraction) => string,
): PotShare[] {
  const contributions = own.map(({ candidate: { id } }) => {
    const ratio = ratioOf(reckoner, measure, level, id);
    const value = ratio ? ratio.value : reckoner.measured(measure, reckoner.tally(measure, level, id).value);
    return atLeastNothing(value ?? NOTHING);
  });
  const all = sum(contributions);
  if (own.length === 0 || all.over === 0n) return [...own];
  const average = quotient(all, { over: BigInt(own.length), under: 1n });
  const kept = own.map(({ share }, index) => {
    const part = quotient(contributions[index] ?? NOTHING, average);
    return isBelow(part, ONE) ? product(share, part) : share;
  });
  const left = less(sum(own.map(({ share }) => share)), sum(kept));
  const above = contributions.map((value) => atLeastNothing(less(value, average)));
  const allAbove = sum(above);
  return own.map((one, index): PotShare => {
    const more = allAbove.over === 0n ? NOTHING : product(left, quotient(above[index] ?? NOTHING, allAbove));
    const share = sum([kept[index] ?? NOTHING, more]);
    const step = {
      step: "potAverage",
      contribution: positionText(reckoner, { measure }, contributions[index] ?? NOTHING),
      average: exactly(average),
      before: money(one.share),
      residual: money(left),
      amount: money(share),
    };
    return { ...one, share, told: [...one.told, step] };
  });
}

function atLeastNothing(value: Fraction): Fraction {
  return isBelow(value, NOTHING) ? NOTHING : value;
}

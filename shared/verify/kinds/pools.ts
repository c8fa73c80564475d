import type { PoolReward } from "#domain/plan/rewards/pool.ts";
import { type Fraction, fraction, proportion, rounded, shared } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, product, quotient, smaller, sum } from "../fractions.ts";
import { percent, positionOf, positionText } from "../positions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { type PotShare, sharesByRank } from "./pool-ranks.ts";

interface Weighed {
  readonly candidate: Candidate;
  readonly weight: Fraction;
}

/** Sorts after every id: at equal remainders the part that nobody claims comes last. */
const KEPT = "\u{10ffff}";

/** A pot shared by place, or in proportion to contribution, attainment or weight, to the last minor unit. */
export function pool(reckoner: Reckoner, reward: PoolReward, candidates: readonly Candidate[]): Reckoned[] {
  const { share } = reward;
  const { pot, said } = potOf(reckoner, reward);
  const digits = reckoner.book.moneyDigits;
  const money = { over: pot, under: 10n ** BigInt(digits) };
  const passing = candidates.filter(({ passes }) => passes);
  const { shares, without } =
    "byRank" in share
      ? { shares: sharesByRank(reckoner, reward, share.byRank, passing, money), without: [] }
      : inProportion(reckoner, reward, passing, money);
  const fractions = shares.map((one) => one.share);
  const whole = proportion([...fractions, less({ over: 1n, under: 1n }, sum(fractions))]);
  const parts = shared(
    pot,
    [...shares.map(({ candidate }) => candidate.id), KEPT].map((id, index) => ({ id, weight: whole[index] ?? 0n })),
  );
  const awards = shares.map(({ candidate, share: part, rank, told }): Reckoned => {
    const amount = parts.get(candidate.id) ?? 0n;
    const reason = part.over === 0n ? "no-share" : "rounds-to-zero";
    const trace: Numbers[] = [
      ...candidate.trace,
      { step: "pot", amount: reckoner.moneyText(pot), ...said, sharers: shares.length },
      ...told,
      { step: "potPaid", exact: exactly(product(money, part), digits), amount: reckoner.moneyText(amount) },
      ...(amount === 0n ? [{ step: "nothing", reason }] : []),
    ];
    return { payee: candidate.payee, amount, ...(rank === undefined ? {} : { rank }), trace };
  });
  return [...candidates.filter(({ passes }) => !passes).map(failing), ...without, ...awards];
}

function inProportion(
  reckoner: Reckoner,
  reward: PoolReward,
  candidates: readonly Candidate[],
  money: Fraction,
): { readonly shares: PotShare[]; readonly without: Reckoned[] } {
  const { share, measure } = reward;
  const found = candidates.map((candidate) => weightOf(reckoner, reward, candidate));
  const weighed = found.flatMap((one) => ("weight" in one ? [one] : []));
  const all = sum(weighed.map(({ weight }) => weight));
  const by = "byWeight" in share ? "weight" : "byAttainment" in share ? "attainment" : "contribution";
  const text = (weight: Fraction) => {
    if (by === "weight") return exactly(weight);
    return by === "attainment" ? percent(weight) : positionText(reckoner, { measure }, weight);
  };
  const shares = weighed.map(({ candidate, weight }): PotShare => {
    const part = all.over === 0n ? NOTHING : quotient(weight, all);
    const amount = exactly(product(money, part), reckoner.book.moneyDigits);
    const step = { step: "potShare", by, own: text(weight), all: text(all), share: percent(part), amount };
    return { candidate, share: part, told: [step] };
  });
  return { shares, without: found.flatMap((one) => ("weight" in one ? [] : [one])) };
}

/** A fixed amount, or a rate of what everybody in scope came to, gates or not; a sum below zero makes no pot. */
function potOf(reckoner: Reckoner, reward: PoolReward): { readonly pot: bigint; readonly said: Numbers } {
  const { pot } = reward;
  if ("amount" in pot) return { pot: reckoner.money(pot.amount), said: {} };
  const { candidates } = reckoner.field({ ...reward, measure: pot.measure });
  const value = sum(candidates.map((own) => own.ratio ?? reckoner.measured(pot.measure, own.value)));
  const unit = reckoner.money(pot.rounding.unit);
  const minor = { over: 10n ** BigInt(reckoner.book.moneyDigits), under: unit };
  const amount = unit * rounded(product(product(value, fraction(pot.rate)), minor), pot.rounding.mode);
  const said = { rate: pot.rate, measure: pot.measure, value: positionText(reckoner, { measure: pot.measure }, value) };
  return { pot: amount > 0n ? amount : 0n, said };
}

function weightOf(reckoner: Reckoner, { share, measure }: PoolReward, candidate: Candidate): Weighed | Reckoned {
  const without = (bar: Numbers): Reckoned => ({
    payee: candidate.payee,
    amount: 0n,
    trace: [...candidate.trace, bar],
  });
  if ("byWeight" in share) {
    const role = reckoner.book.where.post(candidate.id, reckoner.last)?.role;
    if (role === undefined) return without({ step: "excluded", reason: "no-membership" });
    const weight = fraction(new Map(Object.entries(share.byWeight.roles)).get(role) ?? "0");
    return weight.over > 0n ? { candidate, weight } : without({ step: "excluded", reason: "role" });
  }
  const by = "byAttainment" in share ? { attainment: share.byAttainment } : ("value" as const);
  const found = positionOf(reckoner, { measure, by }, candidate);
  if ("bar" in found) return without(found.bar);
  const own = isBelow(found.at, NOTHING) ? NOTHING : found.at;
  const most = "byAttainment" in share && share.atMost !== undefined ? fraction(share.atMost) : undefined;
  const told = { ...candidate, trace: [...candidate.trace, ...found.told] };
  return { candidate: told, weight: most ? smaller(own, most) : own };
}

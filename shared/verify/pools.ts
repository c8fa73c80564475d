import type { PoolReward } from "#domain/plan/rewards/pool.ts";
import { Cannot } from "./book.ts";
import { type Fraction, fraction, proportion, rounded, shared } from "./exact.ts";
import { exactly, isBelow, less, NOTHING, product, quotient, smaller, sum } from "./fractions.ts";
import { percent, positionOf, positionText } from "./positions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner } from "./reckon.ts";

interface Weighed {
  readonly candidate: Candidate;
  readonly weight: Fraction;
}

/** Sorts after every id: at equal remainders the part that nobody claims comes last. */
const KEPT = "\u{10ffff}";

/** A pot shared in proportion to contribution, attainment or weight, to the last minor unit. */
export function pool(reckoner: Reckoner, reward: PoolReward, candidates: readonly Candidate[]): Reckoned[] {
  const { share } = reward;
  if ("byRank" in share) throw new Cannot("this verifier does not know a pool by rank");
  const digits = reckoner.book.moneyDigits;
  const { pot, said } = potOf(reckoner, reward);
  const passing = candidates.filter(({ passes }) => passes);
  const found = passing.map((candidate) => weightOf(reckoner, reward, candidate));
  const weighed = found.flatMap((one) => ("weight" in one ? [one] : []));
  const all = sum(weighed.map(({ weight }) => weight));
  const shares = weighed.map(({ weight }) => (all.over === 0n ? NOTHING : quotient(weight, all)));
  const heads = [...shares, less({ over: 1n, under: 1n }, sum(shares))];
  const whole = proportion(heads);
  const ids = [...weighed.map(({ candidate }) => candidate.id), KEPT];
  const parts = shared(
    pot,
    ids.map((id, index) => ({ id, weight: whole[index] ?? 0n })),
  );
  const money = { over: pot, under: 10n ** BigInt(digits) };
  const by = "byWeight" in share ? "weight" : "byAttainment" in share ? "attainment" : "contribution";
  const text = (weight: Fraction) => {
    if (by === "weight") return exactly(weight);
    return by === "attainment" ? percent(weight) : positionText(reckoner, { measure: reward.measure }, weight);
  };
  const awards = weighed.map(({ candidate, weight }, index): Reckoned => {
    const part = shares[index] ?? NOTHING;
    const amount = parts.get(candidate.id) ?? 0n;
    const exact = exactly(product(money, part), digits);
    const reason = part.over === 0n ? "no-share" : "rounds-to-zero";
    const trace: Numbers[] = [
      ...candidate.trace,
      { step: "pot", amount: reckoner.moneyText(pot), ...said, sharers: weighed.length },
      { step: "potShare", by, own: text(weight), all: text(all), share: percent(part), amount: exact },
      { step: "potPaid", exact, amount: reckoner.moneyText(amount) },
      ...(amount === 0n ? [{ step: "nothing", reason }] : []),
    ];
    return { payee: candidate.payee, amount, trace };
  });
  return [
    ...candidates.filter(({ passes }) => !passes).map(failing),
    ...found.flatMap((one) => ("weight" in one ? [] : [one])),
    ...awards,
  ];
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

import type { TierBand, TiersReward } from "#domain/plan/rewards/tiers.ts";
import { type Fraction, fraction } from "../exact.ts";
import { exactly, isBelow, less, NOTHING, product, quotient, smaller, sum } from "../fractions.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner } from "../reckon.ts";
import { type Priced, payPrices, signed } from "./prices.ts";
import { firstAt, isScale, scaleOf } from "./scale.ts";

interface Band {
  readonly says: TierBand;
  readonly mode: TiersReward["mode"];
  readonly from: Fraction;
  /** Where it ends; only of the last it may be nowhere. */
  readonly to: Fraction | undefined;
}

/** What a band adds: of which value, and how much of the band an interpolated one covers. */
interface Share {
  readonly index: number;
  readonly value: Fraction;
  readonly part: Fraction | undefined;
  readonly amount: Fraction;
}

interface Made {
  readonly amount: Fraction;
  readonly shares: readonly Share[];
}

/** Pay by band of the total, or of each sale. */
export function tiers(reckoner: Reckoner, reward: TiersReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, value, trace } = candidate;
  const scale = scaleOf(reckoner, reward, candidate);
  if (!isScale(scale)) return { payee, amount: 0n, trace: [...trace, scale] };
  const bands = reward.bands.map((says): Band => {
    const to = says.to === undefined ? undefined : scale.mark(says.to);
    return { says, mode: says.mode ?? reward.mode, from: scale.mark(says.from), to };
  });
  const start = firstAt(reckoner, reward.measure, bands[0]?.from ?? NOTHING);
  if (reward.scope === "cumulative" && value < start) {
    const missing = reckoner.valueText(reward.measure, start - value);
    return { payee, amount: 0n, trace: [...trace, ...scale.told, { step: "nothing", reason: "below-bands", missing }] };
  }
  return payPrices(
    reckoner,
    reward,
    candidate,
    (own) => made(bands, reward.edge, own),
    (priced) => [...scale.told, ...told(reckoner, reward, bands, value, priced)],
  );
}

/** The index of the band that a value lies in: as many starts as it has passed, the first one at equality whatever the edge. */
function bandOf(bands: readonly Band[], edge: TiersReward["edge"], value: Fraction): number {
  const passed = bands.filter(({ from }, index) =>
    edge === "upper" || index === 0 ? !isBelow(value, from) : isBelow(from, value),
  );
  return passed.length - 1;
}

/** From the last `whole` band on, each band up to the one that the value lies in adds its share. */
function made(all: readonly Band[], edge: TiersReward["edge"], value: Fraction): Made {
  const bands = all.slice(0, bandOf(all, edge, value) + 1);
  const ends = bands.map(({ to }) => (to ? smaller(value, to) : value));
  const lowest = Math.max(
    0,
    bands.findLastIndex(({ mode }) => mode === "whole"),
  );
  const shares = bands.slice(lowest).map((band, above): Share => {
    const index = lowest + above;
    const end = ends[index] ?? value;
    const inside = less(end, band.from);
    if (band.mode !== "interpolated") {
      const priced = band.mode === "whole" ? end : inside;
      return { index, value: priced, part: undefined, amount: payOf(band.says, priced) };
    }
    // Interpolated neighbours price one value together: where the last of them ends.
    const other = bands.findIndex(({ mode }, at) => at > index && mode !== "interpolated");
    const priced = ends[(other < 0 ? bands.length : other) - 1] ?? end;
    const part = band.to ? quotient(inside, less(band.to, band.from)) : undefined;
    const full = payOf(band.says, priced);
    return { index, value: priced, part, amount: part ? product(full, part) : full };
  });
  return { amount: sum(shares.map(({ amount }) => amount)), shares };
}

function payOf({ rate, perUnit, flat }: TierBand, priced: Fraction): Fraction {
  const byValue = [rate, perUnit].flatMap((price) => (price === undefined ? [] : [product(fraction(price), priced)]));
  return sum([...byValue, flat === undefined ? NOTHING : fraction(flat)]);
}

/** Each band that has a share of something; of a total the highest says how far the next one is. */
function told(
  reckoner: Reckoner,
  { scope, measure }: TiersReward,
  bands: readonly Band[],
  value: bigint,
  priced: readonly Priced<Made>[],
): Numbers[] {
  const ofTotal = scope === "cumulative";
  const shares = priced.flatMap(({ made, isBack }) => made.shares.map((share) => ({ made: share, isBack })));
  const highest = Math.max(...shares.map(({ made }) => made.index));
  const digits = reckoner.isMoney(measure) ? reckoner.book.moneyDigits : 0;
  return bands.flatMap(({ says, mode }, index) => {
    const own = shares.filter(({ made }) => made.index === index);
    if (own.length === 0) return [];
    const part = ofTotal ? own[0]?.made.part : undefined;
    const next = ofTotal && index === highest ? bands[index + 1] : undefined;
    const ahead = next ? firstAt(reckoner, measure, next.from) - value : 0n;
    const step: Numbers = {
      step: "band",
      from: says.from,
      to: says.to,
      mode,
      value: exactly(sum(own.map(signed((share) => share.value))), digits),
      part: part && exactly(part),
      sales: ofTotal ? undefined : own.length,
      rate: says.rate,
      perUnit: says.perUnit,
      flat: says.flat,
      amount: exactly(sum(own.map(signed((share) => share.amount))), reckoner.book.moneyDigits),
      toNext: ahead > 0n ? reckoner.valueText(measure, ahead) : undefined,
    };
    return [step];
  });
}

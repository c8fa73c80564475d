import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { TierBand, TiersReward } from "#domain/plan/rewards/tiers.ts";
import { type Award, type Deciding, type Entrant, measureText } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { compare, exact, exactText, minus, over, plus, times, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { awardPriced, type Price, type Priced } from "./pricing.ts";
import { GATE_NOT_PASSED, nothingFor, scaleFor, valueAt } from "./scale.ts";

/** Pay by band of a value or of its attainment; the band that the value lies in says what the bands below still price. */
export const tiers: RewardKind<TiersReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [...excluded, ...entrants.map((entrant) => awardTo(deciding, reward, entrant))];
  },
  liability(_rules, reward) {
    const isCapped = reward.bands.at(-1)?.to !== undefined && reward.scope === "cumulative";
    const because = isCapped
      ? "ends its bands, but nothing limits how many take part"
      : "prices what is sold, and nothing limits how much that is";
    return { unboundedBecause: `${reward.id} ${because}` };
  },
};

/** A band with its marks in the measure's own unit. */
interface Band {
  readonly band: TierBand;
  readonly mode: TiersReward["mode"];
  readonly from: Rational;
  readonly to: Rational | undefined;
}

/** What one band adds to a price. */
interface Slice {
  readonly band: Band;
  readonly value: Rational;
  /** How much of an interpolated band is covered. */
  readonly part: Rational | undefined;
  readonly amount: Rational;
}

function awardTo(deciding: Deciding, reward: TiersReward, entrant: Entrant): Award {
  if (!entrant.qualified) return nothingFor(reward, entrant, GATE_NOT_PASSED);
  const scale = scaleFor(deciding, reward, entrant);
  if ("obstacle" in scale) return nothingFor(reward, entrant, scale.obstacle);
  const bands = reward.bands.map(
    (band): Band => ({
      band,
      mode: band.mode ?? reward.mode,
      from: scale.mark(band.from),
      to: band.to === undefined ? undefined : scale.mark(band.to),
    }),
  );
  const below = belowBands(deciding, reward, entrant, bands);
  if (below) return nothingFor(reward, entrant, ...scale.steps, below);
  return awardPriced(
    deciding,
    reward,
    entrant,
    (value) => priceOf(bands, reward.edge, value),
    (priced) => [...scale.steps, ...bandSteps(deciding, reward, entrant, bands, priced)],
  );
}

/** The value is not even at the first band. */
function belowBands(
  deciding: Deciding,
  reward: TiersReward,
  { value }: Entrant,
  bands: readonly Band[],
): Step | undefined {
  const [first] = bands;
  if (!first || reward.scope === "perFact") return undefined;
  const start = valueAt(deciding, reward.measure, first.from);
  if (value >= start) return undefined;
  const missing = measureText(deciding.rules, reward.measure, start - value);
  return { step: "nothing", reason: "below-bands", message: "the first band was not reached", missing };
}

/** The highest band that the value reaches; −1 below the first. The start of the first band is always in it. */
function reachedBand(bands: readonly Band[], edge: TiersReward["edge"], value: Rational): number {
  return bands.findLastIndex(({ from }, index) => {
    const above = compare(value, from);
    return above > 0 || (above === 0 && (edge === "upper" || index === 0));
  });
}

function priceOf(bands: readonly Band[], edge: TiersReward["edge"], value: Rational): Price<readonly Slice[]> {
  const slices: Slice[] = [];
  const reached = reachedBand(bands, edge, value);
  // What the band at hand prices up to: the value, then the starts of the bands above it.
  let upTo = value;
  // What an interpolated rate applies to: neighbours that are interpolated price the same value together.
  let together = value;
  for (const band of bands.slice(0, reached + 1).reverse()) {
    const end = band.to && compare(upTo, band.to) > 0 ? band.to : upTo;
    if (band.mode === "interpolated") {
      const priced = slices.length === 0 ? end : together;
      const part = band.to ? over(minus(end, band.from), minus(band.to, band.from)) : undefined;
      slices.push({ band, value: priced, part, amount: times(payOf(band, priced), part ?? { num: 1n, den: 1n }) });
      together = priced;
    } else {
      const priced = band.mode === "whole" ? end : minus(end, band.from);
      slices.push({ band, value: priced, part: undefined, amount: payOf(band, priced) });
      together = band.from;
    }
    if (band.mode === "whole") break;
    upTo = band.from;
  }
  return { amount: slices.reduce((sum, { amount }) => plus(sum, amount), ZERO), note: slices.reverse() };
}

function payOf({ band: { rate, perUnit, flat } }: Band, priced: Rational): Rational {
  const byRate = rate === undefined ? ZERO : times(exact(rate), priced);
  const byUnit = perUnit === undefined ? ZERO : times(exact(perUnit), priced);
  return plus(plus(byRate, byUnit), flat === undefined ? ZERO : exact(flat));
}

/** One step a band that priced something, over all sales; of a total the last one says how far the next band is. */
function bandSteps(
  deciding: Deciding,
  reward: TiersReward,
  { value }: Entrant,
  bands: readonly Band[],
  priced: readonly Priced<readonly Slice[]>[],
): Step[] {
  const { rules } = deciding;
  const cumulative = reward.scope === "cumulative";
  const found = priced.flatMap(({ note, sign }) => note.map((slice) => ({ slice, sign })));
  const touched = bands.flatMap((band, index) => {
    const slices = found.filter(({ slice }) => slice.band === band);
    return slices.length === 0 ? [] : [{ band, slices, next: bands[index + 1] }];
  });
  const sum = (slices: typeof found, of: (slice: Slice) => Rational) =>
    slices.reduce((total, { slice, sign }) => plus(total, times(of(slice), { num: sign, den: 1n })), ZERO);
  return touched.map(({ band: { band, mode }, slices, next }, index): Step => {
    const part = cumulative ? slices[0]?.slice.part : undefined;
    const isTop = cumulative && index === touched.length - 1;
    const ahead = isTop && next ? valueAt(deciding, reward.measure, next.from) - value : 0;
    return {
      step: "band",
      from: band.from,
      ...(band.to === undefined ? {} : { to: band.to }),
      mode,
      value: exactText(
        sum(slices, (slice) => slice.value),
        rules.measures.get(reward.measure)?.measure.of === "amount" ? rules.currencyDigits : 0,
      ),
      ...(part === undefined ? {} : { part: exactText(part) }),
      ...(cumulative ? {} : { sales: slices.length }),
      ...(band.rate === undefined ? {} : { rate: band.rate }),
      ...(band.perUnit === undefined ? {} : { perUnit: band.perUnit }),
      ...(band.flat === undefined ? {} : { flat: band.flat }),
      amount: exactText(
        sum(slices, (slice) => slice.amount),
        rules.currencyDigits,
      ),
      ...(ahead > 0 ? { toNext: measureText(rules, reward.measure, ahead) } : {}),
    };
  });
}

import { drawn, type RewardOf } from "./half.ts";

type HalfBand = NonNullable<NonNullable<RewardOf<"tiers">["bands"]>[number]>;
type Mode = RewardOf<"tiers">["mode"];

interface Band {
  readonly from: number;
  readonly to: number;
  readonly mode: Mode;
  readonly band: HalfBand;
}

/**
 * What bands come to, for drawing: as the engine prices them, in floats.
 *
 * @param target what marks are parts of; 1 where they are values
 */
export function tierPay(
  bands: readonly HalfBand[],
  mode: Mode,
  edge: RewardOf<"tiers">["edge"],
  target: number,
): (x: number) => number {
  const known = bands.flatMap((band): Band[] => {
    const from = drawn(band.from);
    if (from === undefined) return [];
    return [{ from, to: drawn(band.to) ?? Number.POSITIVE_INFINITY, mode: band.mode ?? mode, band }];
  });
  return (x) => priced(known, edge, target, x);
}

function priced(bands: readonly Band[], edge: RewardOf<"tiers">["edge"], target: number, x: number): number {
  const reached = bands.findLastIndex(
    ({ from }, index) => x > from || (x === from && (edge !== "lower" || index === 0)),
  );
  let sum = 0;
  let upTo = x;
  let together = x;
  let isFirst = true;
  for (const one of bands.slice(0, reached + 1).reverse()) {
    const end = Math.min(upTo, one.to);
    if (one.mode === "interpolated") {
      const value = isFirst ? end : together;
      const part = Number.isFinite(one.to) ? (end - one.from) / (one.to - one.from) : 1;
      sum += payOf(one.band, value * target) * part;
      together = value;
    } else {
      sum += payOf(one.band, (one.mode === "whole" ? end : end - one.from) * target);
      together = one.from;
    }
    if (one.mode === "whole") break;
    isFirst = false;
    upTo = one.from;
  }
  return sum;
}

function payOf({ rate, perUnit, flat }: HalfBand, value: number): number {
  return (drawn(rate) ?? 0) * value + (drawn(perUnit) ?? 0) * value + (drawn(flat) ?? 0);
}

import type { Rational } from "#domain/decimal.ts";

/**
 * A histogram with fixed log-linear buckets: each power of two is cut into 32 equal parts. Every histogram has the same buckets,
 * so two are put together by adding their counts, and what falls into a bucket never depends on what else there is.
 *
 * The error: numbers of one bucket differ by less than 1/32 of the one nearer to zero (3.2 %); below 64 millionths, by less than one.
 * How many are above a number is known up to those in its own bucket.
 */

/** Places go by numbers of at most six digits after the point, or by fractions, which are cut there. */
const SCALE = 1_000_000n;
const PARTS_BITS = 5n;
const PARTS = 1n << PARTS_BITS;

/** By bucket, how many. */
export type Histogram = ReadonlyMap<number, number>;

/** The bucket of a number; a larger number is never in a lower one. */
export function bucketOf({ num, den }: Rational): number {
  const cut = (abs(num) * SCALE) / den;
  const bucket = bucketOfInteger(cut);
  return num < 0n && bucket > 0 ? -bucket : bucket;
}

function bucketOfInteger(number: bigint): number {
  if (number < PARTS * 2n) return Number(number);
  const octave = BigInt(number.toString(2).length) - 1n - PARTS_BITS;
  return Number(octave * PARTS + (number >> octave));
}

function abs(number: bigint): bigint {
  return number < 0n ? -number : number;
}

export function countedBuckets(numbers: Iterable<Rational>): [number, number][] {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    const bucket = bucketOf(number);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

export function addedUp(histograms: Iterable<Iterable<readonly [number, number]>>): Histogram {
  const sum = new Map<number, number>();
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  }
  return sum;
}

/** How many are in higher buckets than a number, and how many in its own. */
export function around(histogram: Histogram, number: Rational): { readonly above: number; readonly beside: number } {
  const own = bucketOf(number);
  let above = 0;
  for (const [bucket, count] of histogram) if (bucket > own) above += count;
  return { above, beside: histogram.get(own) ?? 0 };
}

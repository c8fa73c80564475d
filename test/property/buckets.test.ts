import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addedUp, around, bucketOf, countedBuckets } from "#app/boards/buckets.ts";
import type { Rational } from "#domain/decimal.ts";
import { compare, minus, plus, times } from "#engine/kinds/exact.ts";

/** Values as measures have them: money, quantities, fractions; also below zero. */
const rational: fc.Arbitrary<Rational> = fc.oneof(
  fc.bigInt(-(10n ** 13n), 10n ** 13n).map((num) => ({ num, den: 100n })),
  fc.bigInt(-1000n, 1000n).map((num) => ({ num, den: 1_000_000n })),
  fc.tuple(fc.bigInt(-5000n, 5000n), fc.bigInt(1n, 5000n)).map(([num, den]) => ({ num, den })),
);

function magnitude({ num, den }: Rational): Rational {
  return { num: num < 0n ? -num : num, den };
}

describe("buckets of a board", () => {
  it("are in the order of the numbers", () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        if (compare(a, b) < 0) expect(bucketOf(a)).toBeLessThanOrEqual(bucketOf(b));
        if (compare(a, b) === 0) expect(bucketOf(a)).toBe(bucketOf(b));
      }),
      { numRuns: 2000 },
    );
  });

  it("hold numbers that differ by less than 1/32 of them, but for what is cut after the sixth digit", () => {
    fc.assert(
      fc.property(rational, fc.integer({ min: 1, max: 200 }), (a, permille) => {
        const b = { num: a.num * (1000n + BigInt(permille)), den: a.den * 1000n };
        if (bucketOf(a) !== bucketOf(b)) return;
        const apart = minus(magnitude(b), magnitude(a));
        const bound = plus(times(magnitude(a), { num: 1n, den: 32n }), { num: 2n, den: 1_000_000n });
        expect(compare(apart, bound)).toBeLessThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("are added up to those of all together, and tell every place between its bounds", () => {
    fc.assert(
      fc.property(fc.array(fc.array(rational, { maxLength: 40 }), { minLength: 1, maxLength: 6 }), (places) => {
        const all = places.flat();
        const histogram = addedUp(places.map(countedBuckets));
        expect([...histogram].sort(([a], [b]) => a - b)).toEqual(countedBuckets(all));
        for (const number of all) {
          const { above, beside } = around(histogram, number);
          const better = all.filter((other) => compare(other, number) > 0).length;
          expect(above).toBeLessThanOrEqual(better);
          expect(better).toBeLessThan(above + beside);
        }
      }),
      { numRuns: 300 },
    );
  });
});

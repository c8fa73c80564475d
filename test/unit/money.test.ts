import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "#domain/allocate.ts";
import {
  addExact,
  canonicalDecimal,
  formatDecimal,
  isDecimal,
  parseDecimal,
  parseRational,
  type RoundingMode,
  roundRational,
  toSafeInteger,
} from "#domain/decimal.ts";
import { currencyDigits, formatMoney, multiplyMoney, parseMoney } from "#domain/money.ts";

const MAX = Number.MAX_SAFE_INTEGER;

describe("decimals", () => {
  it.each([
    ["12.5", 2, 1250],
    ["12.50", 2, 1250],
    ["12.500", 2, 1250],
    ["012", 2, 1200],
    [" 12 ", 2, 1200],
    ["+1", 0, 1],
    ["-0.05", 2, -5],
    ["-0", 2, 0],
    ["0", 0, 0],
    ["90071992547409.91", 2, MAX],
    ["-90071992547409.91", 2, -MAX],
  ])("%j at %i digits is %i", (text, digits, value) => {
    expect(parseDecimal(text, digits)).toBe(value);
  });

  it.each([
    ["12.505", 2, "finer than two digits"],
    ["0.5", 0, "finer than none"],
    ["90071992547409.92", 2, "one beyond exact integers"],
    ["9007199254740992", 0, "one beyond exact integers"],
    ["", 2, "empty"],
    ["1,000", 2, "a thousands separator"],
    ["1e3", 2, "an exponent"],
    [".5", 2, "no digit before the point"],
    ["5.", 2, "no digit after the point"],
    ["--5", 2, "two signs"],
    ["0x10", 2, "hexadecimal"],
    ["NaN", 2, "a word"],
    ["１２", 2, "full-width digits"],
  ])("refuses %j at %i digits: %s", (text, digits) => {
    expect(parseDecimal(text, digits)).toBeUndefined();
  });

  it.each([
    [1250, 2, "12.50"],
    [5, 2, "0.05"],
    [-5, 2, "-0.05"],
    [0, 2, "0.00"],
    [-0, 2, "0.00"],
    [7, 0, "7"],
    [-1_234_567, 3, "-1234.567"],
    [MAX, 2, "90071992547409.91"],
  ])("writes %d at %i digits as %s", (value, digits, text) => {
    expect(formatDecimal(value, digits)).toBe(text);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(8), (value, digits) => {
        expect(parseDecimal(formatDecimal(value, digits), digits)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([
    ["260", "260"],
    ["260.00", "260"],
    ["+0260.50", "260.5"],
    [" 260.050 ", "260.05"],
    ["000", "0"],
    ["-0.00", "0"],
    ["-0.10", "-0.1"],
    ["100", "100"],
    ["1e3", "1e3"],
  ])("of %j have the one spelling %s", (text, spelling) => {
    expect(canonicalDecimal(text)).toBe(spelling);
  });

  it("knows a decimal of any size", () => {
    expect(["1", "-1.5", "100000000000000000000.000000000001"].every(isDecimal)).toBe(true);
    expect(["", "1e9", "one", "1,5", "Infinity"].some(isDecimal)).toBe(false);
  });
});

describe("rationals", () => {
  it.each([
    // 35 % is 35/100, 0.35 is 35/100, 7/20 is itself: all the same fraction, unreduced.
    ["35%", 35n, 100n],
    ["0.35", 35n, 100n],
    ["7/20", 7n, 20n],
    ["12.5%", 125n, 1000n],
    ["1", 1n, 1n],
    ["-2.5", -25n, 10n],
    ["-1/3", -1n, 3n],
    ["100%", 100n, 100n],
  ])("%j", (text, num, den) => {
    expect(parseRational(text)).toEqual({ num, den });
  });

  it.each(["1/0", "1/-2", "1.5/2", "35 %", "%", "", "a third", "1/2/3", "5%%"])("refuses %j", (text) => {
    expect(parseRational(text)).toBeUndefined();
  });

  it("means the same however it is written", () => {
    const rates = ["35%", "0.35", "7/20", "35.00%", "0.350"].map((text) => {
      const rate = parseRational(text);
      return rate && rate.num * 20n === rate.den * 7n;
    });
    expect(rates).toEqual([true, true, true, true, true]);
  });
});

describe("rounding", () => {
  const MODES: readonly RoundingMode[] = ["halfUp", "halfEven", "down", "up"];

  it.each([
    // value in halves, quarters and thirds: num/den → halfUp, halfEven, down, up
    ["0.5", 1n, 2n, [1, 0, 0, 1]],
    ["1.5", 3n, 2n, [2, 2, 1, 2]],
    ["2.5", 5n, 2n, [3, 2, 2, 3]],
    ["3.5", 7n, 2n, [4, 4, 3, 4]],
    ["0.25", 1n, 4n, [0, 0, 0, 1]],
    ["0.75", 3n, 4n, [1, 1, 0, 1]],
    ["1/3", 1n, 3n, [0, 0, 0, 1]],
    ["2/3", 2n, 3n, [1, 1, 0, 1]],
    ["2", 4n, 2n, [2, 2, 2, 2]],
    ["0", 0n, 5n, [0, 0, 0, 0]],
    // Just below and just above a half, where a float would already be wrong: (10^20 ∓ 1) / (2·10^20).
    ["0.5 less a little", 10n ** 20n - 1n, 2n * 10n ** 20n, [0, 0, 0, 1]],
    ["0.5 and a little", 10n ** 20n + 1n, 2n * 10n ** 20n, [1, 1, 0, 1]],
  ] as const)("%s, and its negative as the mirror", (_text, num, den, expected) => {
    expect(MODES.map((mode) => roundRational(num, den, mode))).toEqual(expected);
    expect(MODES.map((mode) => roundRational(-num, den, mode))).toEqual(expected.map((value) => 0 - value));
  });

  it("refuses what leaves the exact integers", () => {
    expect(roundRational(BigInt(MAX) * 2n, 2n, "halfUp")).toBe(MAX);
    expect(() => roundRational(BigInt(MAX) * 2n + 1n, 2n, "halfUp")).toThrow(RangeError);
    expect(() => toSafeInteger(2n ** 53n)).toThrow("9007199254740992 is beyond exact integers");
    expect(addExact(MAX - 1, 1)).toBe(MAX);
    expect(() => addExact(MAX, 1)).toThrow(RangeError);
    expect(() => addExact(-MAX, -1)).toThrow(RangeError);
  });
});

describe("money", () => {
  it.each([
    // JPY has no minor unit, CNY has fen, KWD has fils.
    ["JPY", 0, "1500", 1500],
    ["CNY", 2, "1500.25", 150_025],
    ["KWD", 3, "1.005", 1005],
    ["CLF", 4, "1.0005", 10_005],
  ])("%s has %i digits", (currency, digits, text, minor) => {
    expect(currencyDigits(currency)).toBe(digits);
    expect(parseMoney(text, currency)).toBe(minor);
    expect(formatMoney(minor, currency)).toBe(text);
    expect(parseMoney(`${text}${digits === 0 ? "." : ""}5`, currency)).toBeUndefined();
  });

  it("knows no currency that is none", () => {
    expect(["RMB", "cny", "XXX", "", "toString"].map(currencyDigits)).toEqual(Array(5).fill(undefined));
    expect(() => parseMoney("1", "RMB")).toThrow("RMB is not an ISO 4217 currency");
    expect(() => formatMoney(1, "RMB")).toThrow(RangeError);
  });

  const rate = (text: string) => parseRational(text) ?? { num: 0n, den: 1n };

  it.each([
    // 35 % of 128.01 is 44.8035; of 128.10 it is 44.835, a half; of −128.10 the mirror.
    [12801, "35%", "halfUp", 1, 4480],
    [12810, "35%", "halfUp", 1, 4484],
    [12810, "35%", "halfEven", 1, 4484],
    [12830, "35%", "halfEven", 1, 4490],
    [-12810, "35%", "halfUp", 1, -4484],
    [12810, "35%", "down", 1, 4483],
    [12801, "35%", "up", 1, 4481],
    // To whole yuan: 44.80 is 45, to ten fen 44.8.
    [12801, "35%", "halfUp", 100, 4500],
    [12801, "35%", "halfUp", 10, 4480],
    // To five fen: 44.8035 lies between 44.80 and 44.85.
    [12801, "35%", "up", 5, 4485],
    // A third of 100.00 is 33.33 and a third of a fen.
    [10000, "1/3", "halfUp", 1, 3333],
    [MAX, "100%", "halfUp", 1, MAX],
  ] as const)("%i × %s, %s to %i, is %i", (minor, text, mode, unit, expected) => {
    expect(multiplyMoney(minor, rate(text), mode, unit)).toBe(expected);
  });

  it("refuses a product beyond exact integers, also one that only the unit carries there", () => {
    expect(() => multiplyMoney(MAX, rate("200%"), "halfUp")).toThrow(RangeError);
    // 10 × MAX / 100 is exact, and times 100 it is not.
    expect(() => multiplyMoney(MAX, rate("10"), "down", 100)).toThrow(RangeError);
  });

  it("does not lose a cent to floats: 1.005 × 100 % in fils, 0.1 + 0.2 in fen", () => {
    expect(multiplyMoney(1005, rate("1"), "halfUp")).toBe(1005);
    expect(addExact(parseMoney("0.1", "CNY") ?? 0, parseMoney("0.2", "CNY") ?? 0)).toBe(parseMoney("0.3", "CNY"));
  });
});

describe("allocate", () => {
  const parts = (...weights: readonly (number | bigint)[]) =>
    weights.map((weight, index) => ({ id: `p${index + 1}`, weight: BigInt(weight) }));
  const shares = (whole: number, ...weights: readonly number[]) => [...allocate(whole, parts(...weights)).values()];

  it.each([
    // 100/7 = 14 r 2, 200/7 = 28 r 4, 400/7 = 57 r 1: the one left over goes to the largest remainder, the second.
    ["100 by 1 : 2 : 4", 100, [1, 2, 4], [14, 29, 57]],
    ["its mirror", -100, [1, 2, 4], [-14, -29, -57]],
    // 333 r 1 each: equal remainders, the smallest id.
    ["1000 by three equal", 1000, [1, 1, 1], [334, 333, 333]],
    ["its mirror", -1000, [1, 1, 1], [-334, -333, -333]],
    ["1001 by three equal: two left over", 1001, [1, 1, 1], [334, 334, 333]],
    // 80 % of 15 = 12, 15 % = 2.25, 5 % = 0.75: the one left over goes to the largest remainder.
    ["15 by 80 : 15 : 5", 15, [80, 15, 5], [12, 2, 1]],
    ["a weight of nothing gets nothing", 10, [1, 0, 1], [5, 0, 5]],
    ["less than there are parts", 2, [1, 1, 1], [1, 1, 0]],
    ["nothing", 0, [1, 2], [0, 0]],
    ["a single part", 7, [3], [7]],
    // 10,000.00 among one manager (1) and three staff (0.5): 2 : 1 : 1 : 1.
    ["a prize by role", 1_000_000, [2, 1, 1, 1], [400_000, 200_000, 200_000, 200_000]],
  ])("%s", (_what, whole, weights, expected) => {
    expect(shares(whole, ...weights)).toEqual(expected);
  });

  it("gives equal remainders to the smaller id, wherever it stands, and keeps the order of the parts", () => {
    const divided = allocate(1000, [
      { id: "zoe", weight: 1n },
      { id: "ann", weight: 1n },
      { id: "Bob", weight: 1n },
    ]);
    // By code units: B before a before z.
    expect([...divided]).toEqual([
      ["zoe", 333],
      ["ann", 333],
      ["Bob", 334],
    ]);
  });

  it("refuses weights that say nothing", () => {
    expect(() => allocate(100, [])).toThrow(RangeError);
    expect(() => allocate(100, parts(0, 0))).toThrow(RangeError);
    expect(() => allocate(100, parts(2, -1))).toThrow(RangeError);
  });

  it("never makes or loses a cent, never turns a sign, strays less than one from the exact share", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 24n }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (whole, drawn) => {
        fc.pre(drawn.some((weight) => weight > 0n));
        const given = parts(...drawn);
        const divided = allocate(whole, given);
        const sum = [...divided.values()].reduce((total, part) => total + BigInt(part), 0n);
        expect(sum).toBe(BigInt(whole));
        const total = drawn.reduce((a, b) => a + b, 0n);
        for (const { id, weight } of given) {
          const part = BigInt(divided.get(id) ?? Number.NaN);
          const off = part * total - BigInt(whole) * weight;
          expect(off < total && -off < total).toBe(true);
          expect(whole < 0 ? part <= 0n : part >= 0n).toBe(true);
        }
        const mirror = allocate(whole === 0 ? 0 : -whole, given);
        expect([...mirror.values()]).toEqual([...divided.values()].map((part) => 0 - part));
      }),
    );
  });

  it("does not depend on the order of the parts", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.array(fc.nat(50), { minLength: 2, maxLength: 12 }), (whole, drawn) => {
        fc.pre(drawn.some((weight) => weight > 0));
        const given = parts(...drawn);
        const backwards = allocate(whole, given.toReversed());
        expect([...backwards].toReversed()).toEqual([...allocate(whole, given)]);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { canonical, sha256 } from "#verify/canonical.ts";
import { fraction, plainDecimal, proportion, rounded, scaled, shared, written } from "#verify/exact.ts";

/** The verifier's own arithmetic, against figures worked out by hand. */

describe("decimals", () => {
  it.each([
    ["12.5", 2, 1250n],
    ["+007", 0, 7n],
    ["-0.05", 2, -5n],
    ["1.500", 1, 15n],
    ["1.55", 1, undefined],
    ["1e3", 2, undefined],
  ])("%s at %i digits is %s", (text, digits, value) => {
    expect(scaled(text, digits)).toBe(value);
  });

  it("are written with all their digits", () => {
    expect([written(1250n, 2), written(-5n, 2), written(0n, 0), written(-7n, 0)]).toEqual([
      "12.50",
      "-0.05",
      "0",
      "-7",
    ]);
  });

  it.each([
    ["+0260.50", "260.5"],
    ["-0.00", "0"],
    ["10", "10"],
    ["100.0", "100"],
    ["-00.010", "-0.01"],
  ])("%s has the one spelling %s", (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it("are exact as rates", () => {
    expect([fraction("35%"), fraction("0.35"), fraction("7/20")]).toEqual([
      { over: 35n, under: 100n },
      { over: 35n, under: 100n },
      { over: 7n, under: 20n },
    ]);
  });
});

describe("rounding", () => {
  it.each([
    [5n, { halfUp: 1n, halfEven: 0n, down: 0n, up: 1n }],
    [15n, { halfUp: 2n, halfEven: 2n, down: 1n, up: 2n }],
    [25n, { halfUp: 3n, halfEven: 2n, down: 2n, up: 3n }],
    [24n, { halfUp: 2n, halfEven: 2n, down: 2n, up: 3n }],
    [26n, { halfUp: 3n, halfEven: 3n, down: 2n, up: 3n }],
    [20n, { halfUp: 2n, halfEven: 2n, down: 2n, up: 2n }],
  ])("of %s tenths, and of its mirror", (over, by) => {
    for (const mode of ["halfUp", "halfEven", "down", "up"] as const) {
      expect(rounded({ over, under: 10n }, mode)).toBe(by[mode]);
      expect(rounded({ over: -over, under: 10n }, mode)).toBe(-by[mode]);
    }
  });
});

describe("shares", () => {
  const heads = (...weights: readonly bigint[]) => weights.map((weight, index) => ({ id: "abc"[index] ?? "", weight }));

  it.each([
    [100n, [1n, 2n, 4n], [14n, 29n, 57n]],
    [-100n, [1n, 2n, 4n], [-14n, -29n, -57n]],
    [2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    [7n, [0n, 1n], [0n, 7n]],
  ])("of %s by %s are %s", (whole, weights, parts) => {
    expect([...shared(whole, heads(...weights)).values()]).toEqual(parts);
  });

  it("have the smallest weights in proportion", () => {
    expect(proportion([fraction("1"), fraction("0.5"), fraction("25%")])).toEqual([4n, 2n, 1n]);
    expect(proportion([fraction("1/3"), fraction("1/2")])).toEqual([2n, 3n]);
  });
});

describe("canonical JSON", () => {
  it("orders keys by code units and leaves out what is not there", () => {
    expect(canonical({ b: [1, -0, 1e21, null], a: { z: undefined, é: "é\n\u2028", Z: true } })).toBe(
      '{"a":{"Z":true,"é":"é\\n\u2028"},"b":[1,0,1e+21,null]}',
    );
  });

  it("hashes as published", () => {
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

import { describe, expect, it } from "vitest";
import { ceiling, compare, exact, exactText, minus, over, plus, times, whole } from "#engine/kinds/exact.ts";

/** Sums, orders and texts of fractions that single kinds reach only with luck: below zero, and with factors of five. */

describe("an exact fraction", () => {
  it.each([
    ["0", "0"],
    ["1/5", "0.2"],
    ["1/25", "0.04"],
    ["3/40", "0.075"],
    ["7/20", "0.35"],
    ["35%", "0.35"],
    ["257/2", "128.5"],
    ["257/3", "257/3"],
    ["514/6", "257/3"],
    ["6/3", "2"],
  ])("%s is told as %s, and its opposite with a minus", (text, told) => {
    expect(exactText(exact(text))).toBe(told);
    if (told !== "0") expect(exactText(exact(`-${text}`))).toBe(`-${told}`);
  });

  it("has at least the decimals asked for, and none cut off", () => {
    expect(exactText(exact("1/4"), 1)).toBe("0.25");
    expect(exactText(exact("1/4"), 3)).toBe("0.250");
    expect(exactText(exact("-4"), 2)).toBe("-4.00");
    expect(exactText(exact("0"), 2)).toBe("0.00");
    expect(exactText(exact("1/3"), 2)).toBe("1/3");
  });

  it("is brought up or down to an integer on both sides of zero", () => {
    expect(["7/3", "6/3", "1/3", "0", "-1/3", "-6/3", "-7/3"].map((text) => ceiling(exact(text)))).toEqual([
      3n,
      2n,
      1n,
      0n,
      0n,
      -2n,
      -2n,
    ]);
    expect(["7/3", "6/3", "1/3", "0"].map((text) => whole(exact(text)))).toEqual([2n, 2n, 0n, 0n]);
  });

  it("is compared without a common denominator", () => {
    const fractions = ["-1/2", "-1/3", "0", "1/3", "33.4%", "1/2"].map(exact);
    for (const [left, a] of fractions.entries())
      for (const [right, b] of fractions.entries()) expect(Math.sign(compare(a, b))).toBe(Math.sign(left - right));
  });

  it("is added, taken away, multiplied and divided without a rest", () => {
    const [third, quarter] = [exact("1/3"), exact("1/4")];
    expect(exactText(plus(third, quarter))).toBe("7/12");
    expect(exactText(minus(quarter, third))).toBe("-1/12");
    expect(exactText(times(third, exact("-3/4")))).toBe("-0.25");
    expect(exactText(over(quarter, third))).toBe("0.75");
  });

  it("is not read from anything but a number", () => {
    expect(() => exact("ten")).toThrow(new RangeError("ten is no number"));
  });
});

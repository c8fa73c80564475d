import { describe, expect, it } from "vitest";
import { placesOf, usedOf } from "#functions/console/screens/money.ts";

/** What a list of campaigns draws of money. */

const budget = (amount: string, used: string, left: string) => ({ id: "b", amount, used, left });

describe("what is used of all budgets", () => {
  it("is nothing where there is none", () => {
    expect(usedOf([])).toBeUndefined();
  });

  it("is exact, also where floats are not", () => {
    const used = usedOf([budget("9007199254740993.10", "0.10", "9007199254740993.00"), budget("0.20", "0.20", "0.00")]);
    expect(used).toEqual({ amount: "9007199254740993.30", used: "0.30", over: undefined });
  });

  it("is over where one budget is, whatever another has left", () => {
    expect(usedOf([budget("100.00", "0.00", "100.00"), budget("10.00", "12.50", "-2.50")])).toEqual({
      amount: "110.00",
      used: "12.50",
      over: "2.50",
    });
  });
});

describe("a bar", () => {
  const used = { amount: "80.00", used: "20.00", over: undefined };

  it("ends at the budget where the liability lies within it", () => {
    expect(placesOf(used, "40.00")).toEqual({ used: 25, end: 100, most: 50 });
    expect(placesOf(used, undefined)).toEqual({ used: 25, end: 100, most: undefined });
  });

  it("ends at the liability up to twice the budget, and at twice the budget beyond", () => {
    expect(placesOf(used, "100.00")).toEqual({ used: 20, end: 80, most: 100 });
    expect(placesOf(used, "90000.00")).toEqual({ used: 12.5, end: 50, most: 100 });
  });

  it("ends at what is used where that is more than the budget", () => {
    expect(placesOf({ amount: "10.00", used: "20.00", over: "10.00" }, undefined)).toMatchObject({
      used: 100,
      end: 50,
    });
  });

  it("of a budget of nothing is empty", () => {
    expect(placesOf({ amount: "0.00", used: "0.00", over: undefined }, undefined)).toMatchObject({ used: 0, end: 0 });
  });
});

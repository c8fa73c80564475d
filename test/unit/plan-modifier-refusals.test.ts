import { describe, expect, it } from "vitest";
import { commission, planDocument, type RewardDocument, ranking } from "#test/fixtures/plan-builder.ts";
import { BUDGET, type Change, expectOneProblem, problemsOf, reward, type Told } from "#test/fixtures/plan-problems.ts";

type Instalments = NonNullable<RewardDocument["instalments"]>;

const MONTHLY = { per: "month", accumulate: "slice" } as const;

function windows(...rows: (readonly [id: string, start: string, end: string])[]): Change {
  return { windows: [{ id: "holidays", windows: rows.map(([id, start, end]) => ({ id, start, end })) }] };
}

function deducted(...items: object[]): Change {
  return reward({ ...commission(), deductions: { stacking: "together", rounded: "once", mode: "halfUp", items } });
}

function inParts(...instalments: Instalments): Change {
  return reward(commission({ instalments }));
}

describe("a plan is refused", () => {
  it.each<[what: string, Change, Told]>([
    [
      "with a window that cannot be read",
      windows(["may", "2018-05-01T00:00", "2018-05-04T25:00"]),
      ["bad-local-time", "/windows/0/windows/0/end", ["2018-05-04T25:00 is not one instant in Asia/Shanghai"]],
    ],
    [
      "with a window that ends before it starts",
      windows(["may", "2018-05-04T00:00", "2018-05-01T00:00"]),
      ["empty-window", "/windows/0/windows/0/end", ["may ends at 2018-05-01T00:00, not after"]],
    ],
    [
      "with windows that overlap",
      windows(["a", "2018-05-01T00:00", "2018-05-04T00:00"], ["b", "2018-05-03T00:00", "2018-05-05T00:00"]),
      ["overlapping-windows", "/windows/0/windows/1/start", ["b starts at 2018-05-03T00:00, before a ends"]],
    ],
    [
      "with windows out of order",
      windows(["b", "2018-05-03T00:00", "2018-05-05T00:00"], ["a", "2018-05-01T00:00", "2018-05-02T00:00"]),
      ["overlapping-windows", "/windows/0/windows/1/start", [], { mend: expect.stringContaining("in order of time") }],
    ],
    [
      "with a window outside the period",
      windows(["june", "2018-06-01T00:00", "2018-06-04T00:00"]),
      ["window-outside-period", "/windows/0/windows/0", ["june lies outside the period"]],
    ],
    [
      "with one id twice in a list of windows",
      windows(["a", "2018-05-01T00:00", "2018-05-02T00:00"], ["a", "2018-05-03T00:00", "2018-05-04T00:00"]),
      ["duplicate-id", "/windows/0/windows/1/id", ["twice in the windows holidays"]],
    ],
    [
      "with slices of a list that it does not have",
      reward(commission({ per: { windows: "weeks" }, accumulate: "slice" })),
      ["unknown-windows", "/rewards/0/per/windows", ["no list of windows weeks"]],
    ],
    [
      "with slices that do not say what they look at",
      reward(commission({ per: "month" })),
      ["policy-missing", "/rewards/0/accumulate", ["must say"]],
    ],
    [
      "with the whole campaign to date",
      reward(commission({ accumulate: "toDate" })),
      ["policy-impossible", "/rewards/0/accumulate", ["no slices to add up"]],
    ],
    [
      "with places to date",
      reward(ranking({ per: "month", accumulate: "toDate" })),
      ["policy-impossible", "/rewards/0/accumulate", ["places of a ranking are won once"], { allowed: "slice" }],
    ],
    [
      "with a cap of nothing",
      reward(commission({ cap: { amount: "0", over: "slice" } })),
      ["bad-cap", "/rewards/0/cap/amount", ["pays nobody"]],
    ],
    [
      "with a cap finer than the currency",
      reward(commission({ cap: { amount: "10.005", over: "slice" } })),
      ["too-fine", "/rewards/0/cap/amount", ["10.005 is finer than CNY can pay"]],
    ],
    [
      "with a deduction of more than there is",
      deducted({ id: "fee", rate: "101%" }),
      ["part-above-whole", "/rewards/0/deductions/items/0/rate", ["fee takes more"], { allowed: "at most 100%" }],
    ],
    [
      "with a deduction by rate and amount",
      deducted({ id: "fee", rate: "1%", amount: "5.00" }),
      ["rate-or-amount", "/rewards/0/deductions/items/0", ["fee says both"]],
    ],
    [
      "with a deduction of nothing said",
      deducted({ id: "fee" }),
      ["rate-or-amount", "/rewards/0/deductions/items/0", ["fee says neither"]],
    ],
    [
      "with one deduction twice",
      deducted({ id: "fee", rate: "1%" }, { id: "fee", rate: "2%" }),
      ["duplicate-id", "/rewards/0/deductions/items/1/id", ["fee stands twice"]],
    ],
    [
      "with a deduction finer than the currency",
      deducted({ id: "fee", amount: "0.005" }),
      ["too-fine", "/rewards/0/deductions/items/0/amount", ["0.005 is finer"]],
    ],
    [
      "with instalments that are not the whole",
      inParts({ id: "a", part: "70%" }, { id: "b", part: "20%" }),
      ["parts-not-whole", "/rewards/0/instalments", ["do not sum to the whole"], { seen: "70% + 20%" }],
    ],
    [
      "with an instalment after no duration",
      inParts({ id: "a", part: "1", after: "a month" }),
      ["bad-duration", "/rewards/0/instalments/0/after", ["a month is not"]],
    ],
    [
      "with an instalment beyond the calendar",
      inParts({ id: "a", part: "1", after: "P900000Y" }),
      ["bad-duration", "/rewards/0/instalments/0/after", ["beyond the calendar"]],
    ],
    [
      "with an instalment on an unknown measure",
      inParts({ id: "a", part: "1", provided: { measure: "stay", atLeast: { value: "1" } } }),
      ["unknown-measure", "/rewards/0/instalments/0/provided/measure", ["no measure stay"]],
    ],
    [
      "with an instalment in proportion to what is no ratio",
      inParts({ id: "a", part: "1", inProportionTo: "sales" }),
      ["not-a-ratio", "/rewards/0/instalments/0/inProportionTo", ["sales is not a ratio"]],
    ],
    [
      "with an instalment on a threshold finer than its measure",
      inParts({ id: "a", part: "1", provided: { measure: "sales", atLeast: { value: "1.005" } } }),
      ["too-fine", "/rewards/0/instalments/0/provided/atLeast/value", ["1.005 is finer than sales"]],
    ],
    [
      "with a coefficient of what does not stand before",
      reward(
        commission({ coefficient: { scorecard: "card", without: "one", rounding: { mode: "down", unit: "0.01" } } }),
      ),
      ["unknown-reward", "/rewards/0/coefficient/scorecard", ["no reward card stands before commission"]],
    ],
    [
      "with a coefficient of what has no grades",
      {
        rewards: [
          commission({ id: "base" }),
          commission({ coefficient: { scorecard: "base", without: "one", rounding: { mode: "down", unit: "0.01" } } }),
        ],
      },
      ["not-a-scorecard", "/rewards/1/coefficient/scorecard", ["base is no scorecard"], { seen: "commission" }],
    ],
    [
      "with a component that nothing counts",
      reward(commission({ component: true })),
      ["component-uncounted", "/rewards/0/component", ["no later reward counts it"]],
    ],
    [
      "with each sale's commission of the largest sale",
      { measures: [{ id: "sales", aggregate: "max", of: "amount" }] },
      ["policy-impossible", "/rewards/0/rounding/scope", ["sales is the max of its facts"]],
    ],
    [
      "with a minimum payout finer than the currency",
      { minimumPayout: "0.005" },
      ["too-fine", "/minimumPayout", ["0.005"]],
    ],
  ])("%s", (_what, change, told) => expectOneProblem(change, told));

  it("with a component in a budget, beside nothing that counts it", () => {
    const change = { rewards: [commission({ component: true })], budgets: [BUDGET] };
    expect(problemsOf({ ...planDocument(), ...change }).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "component-uncounted /rewards/0/component",
      "component-in-budget /budgets/0/rewards/0",
    ]);
  });
});

it("slices, windows that meet and windows that reach beyond the period are fine", () => {
  const list = windows(["a", "2018-04-30T00:00", "2018-05-03T00:00"], ["b", "2018-05-03T00:00", "2018-05-05T00:00"]);
  const rewards = [commission({ per: { windows: "holidays" }, accumulate: "toDate" }), ranking(MONTHLY)];
  expect(problemsOf({ ...planDocument(), ...list, rewards })).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { commission, planDocument, race, ranking } from "#test/fixtures/plan-builder.ts";
import {
  BRANCH_GATE,
  BUDGET,
  type Change,
  expectOneProblem,
  OWN_GATE,
  reward,
  SPLIT,
  type Told,
} from "#test/fixtures/plan-problems.ts";

describe("a plan is refused", () => {
  it.each<[what: string, Change, Told]>([
    ["with an unknown field", { bonus: 1 }, ["unknown-key", "/bonus", ["bonus"], { seen: "1" }]],
    [
      "with an unknown field deep inside",
      reward({ ...race(), pay: { split: { ...SPLIT, equally: true } } }),
      ["unknown-key", "/rewards/0/pay/split/equally", ["equally"]],
    ],
    [
      "for another schema",
      { schema: "laurel.plan/2" },
      ["invalid-value", "/schema", ["laurel.plan/1"], { seen: "laurel.plan/2" }],
    ],
    [
      "with a name for what it does not have",
      { names: { commission: { en: "Commission" }, commision: { en: "Commission" } } },
      ["unused-name", "/names/commision", ["nothing in the plan is called commision"], { seen: "commision" }],
    ],
    ["without a name", { name: undefined }, ["invalid-type", "/name", ["name is missing"]]],
    [
      "with an unknown kind of reward",
      reward({ ...commission(), kind: "spiff" }),
      ["invalid-union", "/rewards/0/kind", ["commission, race, ranking, scorecard, pool, override"], { seen: "spiff" }],
    ],
    [
      "with an impossible zone",
      { period: { start: "2018-05-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Peking" } },
      ["unknown-zone", "/period/zone", ["Asia/Peking is not an IANA time zone"], { seen: "Asia/Peking" }],
    ],
    [
      "with a period that ends before it starts",
      { period: { start: "2018-06-01T00:00", end: "2018-05-01T00:00", zone: "Asia/Shanghai" } },
      ["empty-period", "/period/end", ["ends at 2018-05-01T00:00", "starts at 2018-06-01T00:00"]],
    ],
    [
      "with a period that ends as it starts",
      { period: { start: "2018-06-01T00:00", end: "2018-06-01T00:00", zone: "Asia/Shanghai" } },
      ["empty-period", "/period/end", ["not after it starts"]],
    ],
    [
      "with a stretch that leaves nothing out",
      { uncounted: [{ id: "stocktaking", from: "2018-06-02T00:00:00Z", until: "2018-06-02T00:00:00Z" }] },
      ["empty-stretch", "/uncounted/0/until", ["ends no later than it begins"], { seen: "2018-06-02T00:00:00Z" }],
    ],
    [
      "with a start that the clock skips",
      { period: { start: "2018-03-25T02:30", end: "2018-06-01T00:00", zone: "Europe/Berlin" } },
      ["bad-local-time", "/period/start", ["2018-03-25T02:30 is not one instant in Europe/Berlin"]],
    ],
    [
      "with an end that the clock shows twice",
      { period: { start: "2018-05-01T00:00", end: "2018-10-28T02:30", zone: "Europe/Berlin" } },
      ["bad-local-time", "/period/end", ["2018-10-28T02:30 is not one instant in Europe/Berlin"]],
    ],
    [
      "with an offset beside its zone",
      { period: { start: "2018-05-01T00:00+09", end: "2018-06-01T00:00", zone: "Asia/Shanghai" } },
      ["bad-local-time", "/period/start", ["not one instant"], { allowed: expect.stringContaining("without offset") }],
    ],
    [
      "with late facts that are no duration",
      { lateFacts: "15 days" },
      ["bad-duration", "/lateFacts", ["15 days"], { allowed: expect.stringContaining("P15D") }],
    ],
    [
      "with late facts beyond the calendar",
      { lateFacts: "P900000Y" },
      ["bad-duration", "/lateFacts", ["beyond the calendar"]],
    ],
    [
      "with an unknown currency",
      { currency: "RMB" },
      ["unknown-currency", "/currency", ["RMB is not an ISO 4217 currency"], { seen: "RMB" }],
    ],

    [
      "when a condition names an unknown attribute",
      { attributes: { entry: "string" }, counts: [{ id: "app", when: 'entri == "app"' }] },
      [
        "bad-condition",
        "/counts/0/when",
        ["no attribute entri"],
        { seen: 'entri == "app"', allowed: "kind, source, product, channel, amount, quantity, topic, value, entry" },
      ],
    ],
    [
      "when a measure's condition names an unknown attribute",
      { measures: [{ id: "sales", aggregate: "sum", of: "amount", when: "vip" }] },
      ["bad-condition", "/measures/0/when", ["no attribute vip"]],
    ],
    [
      "when a condition is not a yes-or-no question",
      { counts: [{ id: "big", when: "amount * 2.0" }] },
      ["bad-condition", "/counts/0/when", ["gives double, not true or false"]],
    ],
    [
      "when a condition compares a number with a whole one",
      { counts: [{ id: "round", when: "amount == 100" }] },
      ["bad-condition", "/counts/0/when", ["numbers are decimals"], { mend: "write 100.0 instead of 100" }],
    ],
    [
      "when a condition cannot be read",
      { counts: [{ id: "open", when: 'product == "P" &&' }] },
      ["bad-condition", "/counts/0/when", ["cannot be read"]],
    ],
    [
      "when an attribute has the name of something every fact has",
      { attributes: { amount: "number" } },
      ["reserved-attribute", "/attributes/amount", ["every fact has amount already"]],
    ],
    [
      "when an attribute has no readable name",
      { attributes: { "Entry point": "string" } },
      ["invalid-key", "/attributes/Entry point", []],
    ],

    [
      "with an unknown measure",
      reward(commission({ measure: "premium" })),
      ["unknown-measure", "/rewards/0/measure", ["no measure premium"], { allowed: "sales" }],
    ],
    [
      "with an unknown measure in a gate",
      reward(ranking({ gates: [{ ...OWN_GATE, measure: "premium" }] })),
      ["unknown-measure", "/rewards/0/gates/0/measure", ["no measure premium"]],
    ],
    [
      "with a sum of nothing",
      { measures: [{ id: "sales", aggregate: "sum" }] },
      ["measure-of", "/measures/0/of", ["`sum` must say of what"], { mend: "add of: amount" }],
    ],
    [
      "with a count of something",
      { measures: [{ id: "sales", aggregate: "count", of: "amount" }], rewards: [ranking()] },
      ["measure-of", "/measures/0/of", ["counts facts"], { mend: "remove of, or use aggregate: distinct" }],
    ],
    [
      "with a commission of a quantity",
      { measures: [{ id: "sales", aggregate: "sum", of: "quantity" }] },
      ["rate-of-amount", "/rewards/0/measure", ["a rate of money"]],
    ],
    [
      "with a negative rate",
      reward(commission({ rate: "-10%" })),
      ["custom", "/rewards/0/rate", ["not negative", "35%", "7/20"], { seen: "-10%" }],
    ],
    [
      "with a rate that is a number",
      reward({ ...commission(), rate: 0.1 }),
      ["invalid-type", "/rewards/0/rate", ["in quotes", "35%"], { seen: "0.1" }],
    ],

    [
      "with a gap between prizes",
      reward(ranking({ prizes: [band(1, 1), band(3, 5)] })),
      ["band-gap", "/rewards/0/prizes/1/from", ["places 3 to 5", "end at 1"], { seen: "3", allowed: "2" }],
    ],
    [
      "with prizes that begin at the second place",
      reward(ranking({ prizes: [band(2, 3)] })),
      ["band-gap", "/rewards/0/prizes/0/from", ["places 2 to 3"], { allowed: "1" }],
    ],
    [
      "with overlapping prizes",
      reward(ranking({ prizes: [band(1, 3), band(3, 5)] })),
      ["band-overlap", "/rewards/0/prizes/1/from", ["places 3 to 5", "end at 3"], { seen: "3", allowed: "4" }],
    ],
    [
      "with reversed prizes",
      reward(ranking({ prizes: [band(1, 1), band(2, 1), band(3, 3)] })),
      ["band-reversed", "/rewards/0/prizes/1/to", ["ends at place 1, before it starts at 2"], { seen: "1" }],
    ],
    [
      "with a negative prize",
      reward(ranking({ prizes: [{ from: 1, to: 1, amount: "-5.00" }] })),
      ["custom", "/rewards/0/prizes/0/amount", ["not negative"], { seen: "-5.00" }],
    ],
    [
      "with a prize that is a number",
      reward({ ...ranking(), prizes: [{ from: 1, to: 1, amount: 5 }] }),
      ["invalid-type", "/rewards/0/prizes/0/amount", ["in quotes", "8000.00"], { seen: "5" }],
    ],
    [
      "without prizes",
      reward(ranking({ prizes: [] })),
      ["too-small", "/rewards/0/prizes", [], { allowed: "at least 1" }],
    ],
    [
      "with a prize finer than the currency",
      reward(ranking({ prizes: [{ from: 1, to: 1, amount: "5.005" }] })),
      [
        "too-fine",
        "/rewards/0/prizes/0/amount",
        ["5.005 is finer than CNY"],
        { allowed: "at most 2 digits after the point" },
      ],
    ],
    [
      "with a prize finer than a currency without minor unit",
      { currency: "JPY", rewards: [ranking({ prizes: [{ from: 1, to: 1, amount: "5.5" }] })] },
      ["too-fine", "/rewards/0/prizes/0/amount", ["5.5 is finer than JPY"], { allowed: "a whole number" }],
    ],
    [
      "with a prize beyond exact integers",
      reward(ranking({ prizes: [{ from: 1, to: 1, amount: "90071992547409.92" }] })),
      ["too-large", "/rewards/0/prizes/0/amount", ["exactly"], { allowed: "at most 90071992547409.91" }],
    ],
    [
      "with a threshold finer than its measure",
      reward(ranking({ gates: [{ ...OWN_GATE, atLeast: { value: "100.005" } }] })),
      ["too-fine", "/rewards/0/gates/0/atLeast/value", ["100.005 is finer than sales is measured"]],
    ],
    [
      "with half a sale as a threshold",
      {
        measures: [{ id: "sales", aggregate: "count" }],
        rewards: [ranking({ gates: [{ ...OWN_GATE, atLeast: { value: "1.5" } }] })],
      },
      ["too-fine", "/rewards/0/gates/0/atLeast/value", ["1.5 is finer"], { allowed: "a whole number" }],
    ],
    [
      "with a threshold that is neither value nor target",
      reward({ ...ranking(), gates: [{ ...OWN_GATE, atLeast: "100.00" }] }),
      ["invalid-union", "/rewards/0/gates/0/atLeast", ["{value:", "{target:"], { seen: "100.00" }],
    ],
    [
      "with a rounding unit of nothing",
      reward(commission({ rounding: { scope: "perFact", mode: "halfUp", unit: "0" } })),
      ["bad-rounding-unit", "/rewards/0/rounding/unit", ["above zero"]],
    ],
    [
      "with a rounding unit finer than the currency",
      reward(commission({ rounding: { scope: "perFact", mode: "halfUp", unit: "0.001" } })),
      ["too-fine", "/rewards/0/rounding/unit", ["0.001 is finer than CNY"]],
    ],

    [
      "with a split at level participant",
      reward(ranking({ pay: { split: SPLIT } })),
      ["split-needs-unit", "/rewards/0/pay", ["the level here is participant"]],
    ],
    [
      "with a split of which no role has a share",
      reward(race({ pay: { split: { ...SPLIT, byRole: { manager: "0", agent: "0%" } } } })),
      ["split-of-nothing", "/rewards/0/pay/split/byRole", ["no role"]],
    ],
    [
      "with roles at level branch",
      reward(race({ roles: { anyOf: ["agent"], membership: "periodEnd" } })),
      ["roles-need-participant", "/rewards/0/roles", ["the level here is branch"]],
    ],
    [
      "with the membership of each sale for a split",
      reward(race({ pay: { split: { ...SPLIT, membership: "occurrence" } } })),
      ["policy-impossible", "/rewards/0/pay/split/membership", ["one instant must decide"], { allowed: "periodEnd" }],
    ],
    [
      "with the membership of each sale for the scope of people",
      reward(ranking({ within: { unit: "north", membership: "occurrence" } })),
      ["policy-impossible", "/rewards/0/within/membership", ["one membership must decide"], { allowed: "periodEnd" }],
    ],
    [
      "with the membership of each sale for roles",
      reward(ranking({ roles: { anyOf: ["agent"], membership: "occurrence" } })),
      ["policy-impossible", "/rewards/0/roles/membership", ["one membership must decide"], { allowed: "periodEnd" }],
    ],
    [
      "with the membership of each sale for a gate of people",
      reward(ranking({ gates: [{ ...BRANCH_GATE, on: { ancestor: "branch", membership: "occurrence" } }] })),
      ["policy-impossible", "/rewards/0/gates/0/on/membership", ["one membership must decide"]],
    ],

    [
      "with a budget of unknown rewards",
      { budgets: [{ ...BUDGET, rewards: ["commission", "prize"] }] },
      ["unknown-reward", "/budgets/0/rewards/1", ["no reward prize"], { allowed: "commission" }],
    ],
    [
      "with a budget that names a reward twice",
      { budgets: [{ ...BUDGET, rewards: ["commission", "commission"] }] },
      ["duplicate-id", "/budgets/0/rewards/1", ["twice"]],
    ],
    ...(["measures", "rewards", "budgets", "counts", "windows", "stocks"] as const).map(
      (list): [string, Change, Told] => [
        `with one id twice among its ${list}`,
        {
          rewards: [race()],
          [list]: {
            measures: [...planDocument().measures, { id: "sales", aggregate: "count" }],
            rewards: [race(), race()],
            budgets: [
              { ...BUDGET, rewards: ["race"] },
              { ...BUDGET, rewards: ["race"] },
            ],
            counts: [
              { id: "big", when: "amount > 1.0" },
              { id: "big", when: "amount > 2.0" },
            ],
            windows: [
              { id: "holidays", windows: [{ id: "a", start: "2018-05-01T00:00", end: "2018-05-02T00:00" }] },
              { id: "holidays", windows: [{ id: "a", start: "2018-05-03T00:00", end: "2018-05-04T00:00" }] },
            ],
            stocks: [
              { id: "rice", quantity: 1 },
              { id: "rice", quantity: 2 },
            ],
          }[list],
        },
        ["duplicate-id", `/${list}/1/id`, [`twice in ${list}`], { mend: "give each its own id" }],
      ],
    ),
  ])("%s", (_what, change, told) => expectOneProblem(change, told));

  function band(from: number, to: number) {
    return { from, to, amount: "5.00" };
  }
});

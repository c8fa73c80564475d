import { describe, expect, it } from "vitest";
import { maximumLiability } from "#engine/liability.ts";
import {
  at,
  paid,
  planDocument,
  planOf,
  type RewardDocument,
  sale,
  settled,
  target,
  traceOf,
} from "#test/fixtures/plan-builder.ts";
import { type Change, expectOneProblem, problemsOf, reward, type Told, without } from "#test/fixtures/plan-problems.ts";

type Milestone = Extract<RewardDocument, { kind: "milestone" }>;

function milestone(changes: Partial<Milestone> = {}): Milestone {
  return {
    id: "steps",
    kind: "milestone",
    measure: "sales",
    level: "participant",
    pay: "self",
    by: "value",
    policy: "every",
    reach: "final",
    steps: [
      { at: "10", amount: "100" },
      { at: "20", amount: "250" },
    ],
    ...changes,
  };
}

function settledOn(amounts: readonly number[], changes: Partial<Milestone> = {}) {
  const facts = amounts.map((amount, index) => sale("ann", amount, `05-0${index + 1}`));
  return settled({
    plan: planOf({ rewards: [milestone(changes)] }),
    facts,
    targets: [target("ann", "start", "30")],
  });
}

function onAmounts(amounts: readonly number[], changes: Partial<Milestone> = {}): string | undefined {
  return paid(settledOn(amounts, changes))["steps ann"];
}

describe("a milestone", () => {
  it.each([
    [9.99, undefined, undefined],
    [10, "100.00", "100.00"],
    [19.99, "100.00", "100.00"],
    [20, "350.00", "250.00"],
    [1000, "350.00", "250.00"],
  ])("with %s sold pays every step %s, the highest only %s", (amount, every, highestOnly) => {
    expect(onAmounts([amount], { policy: "every" })).toBe(every);
    expect(onAmounts([amount], { policy: "highestOnly" })).toBe(highestOnly);
  });

  it("is judged by the final value or by the highest on the way", () => {
    expect(onAmounts([12, -3], { reach: "final" })).toBeUndefined();
    expect(onAmounts([12, -3], { reach: "peak" })).toBe("100.00");
    expect(onAmounts([-3, 12], { reach: "peak" })).toBeUndefined();
  });

  it("of an attainment is reached at the exact part of the target", () => {
    const steps: Milestone["steps"] = [
      { at: "1/3", amount: "5" },
      { at: "66.7%", amount: "7" },
    ];
    const changes = { by: { attainment: "start" }, steps } as const;
    // A third of 30 is 10, 66.7 % is 20.01.
    expect(onAmounts([9.99], changes)).toBeUndefined();
    expect(onAmounts([10], changes)).toBe("5.00");
    expect(onAmounts([20], changes)).toBe("5.00");
    expect(onAmounts([20.01], changes)).toBe("12.00");
    expect(traceOf(settledOn([10], changes), "steps", "ann").slice(1)).toMatchObject([
      { step: "attainment", label: "start", attainment: "1/3" },
      { step: "milestone", at: "1/3", threshold: "10.00", pays: true },
      { step: "milestone", at: "66.7%", threshold: "20.01", missing: "10.01", pays: false },
    ]);
  });

  it("tells when each step was reached, which one pays, and what is missing for the others", () => {
    const steps: Milestone["steps"] = [...(milestone().steps ?? []), { at: "30", amount: "1000" }];
    const settlement = settledOn([15, 10], { policy: "highestOnly", steps });
    expect(traceOf(settlement, "steps", "ann").slice(1)).toEqual([
      {
        step: "milestone",
        at: "10",
        threshold: "10.00",
        reached: { at: at("05-01"), fact: "pos#ann 05-01", value: "15.00" },
        pays: false,
        amount: "100.00",
      },
      {
        step: "milestone",
        at: "20",
        threshold: "20.00",
        reached: { at: at("05-02"), fact: "pos#ann 05-02", value: "25.00" },
        pays: true,
        amount: "250.00",
      },
      { step: "milestone", at: "30", threshold: "30.00", missing: "5.00", pays: false, amount: "1000.00" },
    ]);
  });

  it("says why there is nothing", () => {
    const last = (amounts: readonly number[], changes: Partial<Milestone> = {}) =>
      traceOf(settledOn(amounts, changes), "steps", "ann").at(-1);
    expect(last([9])).toEqual({
      step: "nothing",
      reason: "no-step",
      message: "no step was reached",
      missing: "1.00",
    });
    expect(last([9], { steps: [{ at: "5", amount: "0" }] })).toMatchObject({ reason: "pays-nothing" });
    const worthless: Milestone["steps"] = [
      { at: "5", amount: "0" },
      { at: "20", amount: "100" },
    ];
    expect(last([9], { steps: worthless })).toMatchObject({ reason: "pays-nothing" });
    expect(last([4], { steps: worthless })).toMatchObject({ reason: "no-step", missing: "1.00" });
    expect(last([9], { by: { attainment: "other" } })).toMatchObject({ reason: "no-target" });
    const gates: Milestone["gates"] = [{ on: "self", measure: "sales", atLeast: { value: "10" } }];
    expect(last([9], { gates })).toMatchObject({ reason: "gate" });
  });

  it.each([
    ["every", "350.00"],
    ["highestOnly", "250.00"],
  ] as const)("%s pays each at most %s, and cannot be bounded", (policy, most) => {
    const plan = planOf({ rewards: [milestone({ policy })] });
    expect(maximumLiability(plan).byReward[0]?.unboundedBecause).toContain(`each at most ${most}`);
  });
});

describe("a milestone is refused", () => {
  const step = { at: "10", amount: "100" };

  it.each<[what: string, Change, Told]>([
    [
      "with steps that do not rise",
      { steps: [step, step] },
      ["steps-not-rising", "/steps/1/at", ["does not come after"]],
    ],
    ["with a percentage of a value", { steps: [{ ...step, at: "50%" }] }, ["bad-mark", "/steps/0/at", ["50%"]]],
    ["with a step finer than the measure", { steps: [{ ...step, at: "0.001" }] }, ["too-fine", "/steps/0/at", []]],
    ["with half a fen", { steps: [{ ...step, amount: "0.005" }] }, ["too-fine", "/steps/0/amount", []]],
  ])("%s", (_, changes, [code, path, says, rest]) => {
    expectOneProblem(reward({ ...milestone(), ...changes }), [code, `/rewards/0${path}`, says, rest]);
  });

  it.each([
    ["policy", ["every", "350", "highestOnly", "250"]],
    ["reach", ["final", "nothing", "peak", "paid"]],
  ] as const)("without %s, and told what each choice would pay", (field, says) => {
    const problems = problemsOf({ ...planDocument(), ...reward(without(milestone(), field)) });
    expect(problems).toMatchObject([{ path: `/rewards/0/${field}` }]);
    for (const part of says) expect(problems[0]?.message).toContain(part);
  });
});

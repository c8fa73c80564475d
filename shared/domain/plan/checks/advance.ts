import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan } from "../plan.ts";
import { type AdvanceReward, valueMeasure } from "../rewards/advance.ts";
import { personalProblems, unitProblems } from "./pay-plan.ts";
import { isMoney } from "./units.ts";

export function advanceProblems(plan: Plan, reward: AdvanceReward, path: string): Problem[] {
  return [
    ...personalProblems(reward, path),
    ...scopeProblems(reward, path),
    ...contractProblems(plan, reward, path),
    ...measureProblems(plan, reward, path),
    ...paymentProblems(reward, path),
    ...partProblems(reward, path),
    ...unitProblems(reward.rounding.unit, `${path}/rounding/unit`),
  ];
}

/** Who fails a gate in one slice only would be charged back what was never paid, or keep what was. */
function scopeProblems(reward: AdvanceReward, path: string): Problem[] {
  const named = [
    ["gates", reward.gates.length > 0],
    ["within", reward.within !== undefined],
    ["roles", reward.roles !== undefined],
  ] as const;
  return named
    .filter(([, isThere]) => isThere)
    .map(([field]) => ({
      code: "policy-impossible",
      path: `${path}/${field}`,
      message: `${reward.id} follows a contract from slice to slice, so no slice may leave its holder out`,
      mend: `remove ${field}; the audience and the condition of the value measure say whose contracts count`,
    }));
}

function contractProblems({ attributes }: Plan, { contract }: AdvanceReward, path: string): Problem[] {
  if (attributes[contract] === "string") return [];
  const declared = Object.keys(attributes).filter((name) => attributes[name] === "string");
  const message =
    attributes[contract] === undefined
      ? `no attribute ${contract} is declared`
      : `the attribute ${contract} is a ${attributes[contract]}, and contracts are told apart by texts`;
  const allowed = declared.join(", ") || "an attribute of type string under `attributes`";
  return [{ code: "unknown-attribute", path: `${path}/contract`, message, seen: contract, allowed }];
}

function measureProblems({ measures }: Plan, reward: AdvanceReward, path: string): Problem[] {
  const worth = valueMeasure(reward);
  const named = [
    [worth, `${path}/value/${"yearly" in reward.value ? "yearly" : "monthly"}`],
    [reward.payments, `${path}/payments`],
    [reward.lapses, `${path}/lapses`],
  ] as const;
  return named.flatMap(([id, at], index): Problem[] => {
    if (id === undefined) return [];
    const measure = measures.find((one) => one.id === id);
    if (!measure) {
      const allowed = measures.map((one) => one.id).join(", ");
      return [{ code: "unknown-measure", path: at, message: `there is no measure ${id}`, seen: id, allowed }];
    }
    if (index === 0 && !isMoney(measure)) {
      const message = `${id} is no money, and a commission is a rate of money`;
      return [
        { code: "not-money", path: at, message, seen: id, allowed: "a measure with aggregate: sum and of: amount" },
      ];
    }
    if (measure.ratio) {
      const message = `${id} is a ratio, which has no facts of its own`;
      return [{ code: "measure-without-facts", path: at, message, seen: id, mend: "use a measure with an aggregate" }];
    }
    return [];
  });
}

function paymentProblems({ id, earned, payments }: AdvanceReward, path: string): Problem[] {
  if ((earned === "payment") === (payments !== undefined)) return [];
  const at = `${path}/payments`;
  if (payments === undefined) {
    const message = `${id} earns a month with each payment, and must say which measure has the payments`;
    return [{ code: "policy-missing", path: at, message, allowed: "a measure, such as one with aggregate: count" }];
  }
  const message = `${id} earns its months by time, so payments earn nothing`;
  return [
    { code: "policy-impossible", path: at, message, seen: payments, mend: "remove payments, or earned: payment" },
  ];
}

function partProblems({ id, months, advance }: AdvanceReward, path: string): Problem[] {
  if ("months" in advance) {
    if (advance.months <= months) return [];
    const message = `${id} advances ${advance.months} months of a contract that earns for ${months}`;
    const allowed = `at most ${months}`;
    return [
      { code: "advance-above-whole", path: `${path}/advance/months`, message, seen: String(advance.months), allowed },
    ];
  }
  const part = parseRational(advance.part);
  if (!part || part.num <= part.den) return [];
  const message = `${id} advances more than all that a contract earns`;
  return [
    { code: "advance-above-whole", path: `${path}/advance/part`, message, seen: advance.part, allowed: "at most 100%" },
  ];
}

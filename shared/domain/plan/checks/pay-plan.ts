import { parseDecimal, parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import type { Plan, Reward } from "../plan.ts";
import { type PayAmount, type PayPlanReward, payAmountsOf } from "../rewards/pay-plan.ts";
import { unitOfPay } from "../unit-of-pay.ts";
import { isMoney } from "./units.ts";

export function payPlanProblems(plan: Plan, reward: PayPlanReward, path: string): Problem[] {
  return [
    ...personalProblems(reward, path),
    ...reward.components.flatMap((id, index) => componentProblems(plan, reward, id, `${path}/components/${index}`)),
    ...payAmountsOf(reward).flatMap(([at, amount]) => targetProblems(plan, amount, `${path}/${at}`)),
    ...allowanceProblems(reward, path),
    ...(reward.adjustment ? unitProblems(reward.adjustment.rounding.unit, `${path}/adjustment/rounding/unit`) : []),
    ...boundProblems(reward, path),
    ...drawProblems(reward, path),
  ];
}

/** The amounts that a pay plan pays or rounds to as they stand. */
export function payPlanAmounts(reward: PayPlanReward): { readonly at: string; readonly text: string }[] {
  const { adjustment, minimum, maximum } = reward;
  return [
    ...payAmountsOf(reward).flatMap(([at, pay]) => {
      if ("amount" in pay) return [{ at: `${at}/amount`, text: pay.amount }];
      if (!("byRole" in pay)) return [];
      return Object.entries(pay.byRole).map(([role, text]) => ({ at: `${at}/byRole/${role}`, text }));
    }),
    ...(adjustment ? [{ at: "adjustment/rounding/unit", text: adjustment.rounding.unit }] : []),
    ...(minimum ? [{ at: "minimum/amount", text: minimum.amount }] : []),
    ...(maximum ? [{ at: "maximum/amount", text: maximum.amount }] : []),
  ];
}

/** Pay plans and advances are of people, and carry a balance from slice to slice. */
export function personalProblems({ kind, level, accumulate }: Reward, path: string): Problem[] {
  const what = kind === "payPlan" ? "a pay plan" : "an advance";
  return [
    ...(level === "participant"
      ? []
      : [
          {
            code: "level-participant",
            path: `${path}/level`,
            message: `${what} pays people; the level here is ${level}`,
            seen: level,
            allowed: "participant",
          },
        ]),
    ...(accumulate === "toDate"
      ? [
          {
            code: "policy-impossible",
            path: `${path}/accumulate`,
            message: `${what} carries its own balance from slice to slice, so a slice cannot look at everything to date`,
            seen: "toDate",
            allowed: "slice",
          },
        ]
      : []),
  ];
}

export function unitProblems(unit: string, path: string): Problem[] {
  if ((parseDecimal(unit, 8) ?? 0) > 0) return [];
  const message = "the rounding unit must be above zero";
  return [{ code: "bad-rounding-unit", path, message, seen: unit, allowed: "0.01 for fen, 1 for yuan" }];
}

function componentProblems(plan: Plan, reward: PayPlanReward, id: string, path: string): Problem[] {
  const before = plan.rewards.slice(0, plan.rewards.indexOf(reward));
  const component = before.find((other) => other.id === id);
  if (!component) {
    const message = `no reward ${id} stands before ${reward.id}; rewards are decided in the plan's order`;
    const allowed = before.map((other) => other.id).join(", ") || "a reward that stands before it";
    return [{ code: "unknown-reward", path, message, seen: id, allowed }];
  }
  if (reward.components.indexOf(id) !== reward.components.lastIndexOf(id)) {
    if (path.endsWith(`/${reward.components.indexOf(id)}`)) return [];
    const message = `${id} stands twice in the components of ${reward.id}, and would be counted twice`;
    return [{ code: "duplicate-id", path, message, seen: id, mend: "name it once" }];
  }
  if (!component.component) {
    const message = `${id} is paid itself, so ${reward.id} would pay it a second time`;
    return [{ code: "not-a-component", path, message, seen: id, mend: `add component: true to ${id}` }];
  }
  const unit = unitOfPay(plan, component);
  if (unit === plan.currency) return [];
  const message = `${id} gives ${unit}, which cannot be added to money`;
  return [{ code: "not-money", path, message, seen: unit, allowed: plan.currency }];
}

function targetProblems({ measures }: Plan, amount: PayAmount, path: string): Problem[] {
  if (!("target" in amount)) return [];
  const { measure: id } = amount.target;
  const measure = measures.find((one) => one.id === id);
  const at = `${path}/target/measure`;
  const money = measures.filter(isMoney).map((one) => one.id);
  if (!measure) {
    const message = `there is no measure ${id}`;
    return [{ code: "unknown-measure", path: at, message, seen: id, allowed: money.join(", ") }];
  }
  if (isMoney(measure)) return [];
  const message = `targets of ${id} are no amounts of money`;
  const allowed = money.join(", ") || "a measure with aggregate: sum and of: amount";
  return [{ code: "not-money", path: at, message, seen: id, allowed }];
}

function allowanceProblems({ allowances }: PayPlanReward, path: string): Problem[] {
  return allowances.flatMap(({ id }, index): Problem[] => {
    const first = allowances.findIndex((other) => other.id === id);
    const at = `${path}/allowances/${index}/id`;
    if (id === "base") {
      const message = "base is the name of base pay in every trace";
      return [{ code: "duplicate-id", path: at, message, seen: id, mend: "give the allowance another id" }];
    }
    if (first === index) return [];
    const message = `${id} stands twice in the allowances`;
    return [{ code: "duplicate-id", path: at, message, seen: id, mend: "give each its own id" }];
  });
}

function boundProblems({ id, minimum, maximum }: PayPlanReward, path: string): Problem[] {
  if (!minimum || !maximum || minimum.on !== maximum.on) return [];
  if (compared(minimum.amount, maximum.amount) <= 0) return [];
  const message = `${id} guarantees ${minimum.amount} and pays at most ${maximum.amount}`;
  const allowed = `at least ${minimum.amount}`;
  return [{ code: "minimum-above-maximum", path: `${path}/maximum/amount`, message, seen: maximum.amount, allowed }];
}

function compared(a: string, b: string): number {
  const [x, y] = [parseRational(a), parseRational(b)];
  return x && y ? Number(x.num * y.den - y.num * x.den) : 0;
}

function drawProblems(reward: PayPlanReward, path: string): Problem[] {
  const { id, draw } = reward;
  if (!draw) return [];
  const problems: Problem[] = [];
  const at = `${path}/draw/trueUp`;
  if (draw.recovery === "none" && draw.trueUp !== undefined) {
    const message = `the draw of ${id} is never recovered, so no balance is ever open`;
    problems.push({ code: "policy-impossible", path: at, message, seen: draw.trueUp, mend: "remove trueUp" });
  }
  if (draw.recovery !== "none" && draw.trueUp === undefined) {
    const message = `${id} must say what becomes of a balance that is open at the end of a year or of the plan`;
    problems.push({ code: "policy-missing", path: at, message, allowed: "carried, forgiven or settled" });
  }
  for (const field of ["cap", "instalments", "deductions", "coefficient"] as const) {
    if (draw.timing !== "ahead" || reward[field] === undefined) continue;
    const message = `a draw ahead makes two payments a slice, and ${field} would be applied to each by itself`;
    const mend = field === "cap" ? "use maximum, or another timing" : "use another timing of the draw";
    problems.push({ code: "policy-impossible", path: `${path}/${field}`, message, mend });
  }
  return problems;
}

import { parseRational } from "../../decimal.ts";
import type { Problem } from "../../problem.ts";
import { isDuration } from "../../time.ts";
import type { Plan } from "../plan.ts";
import type { GiftReward } from "../rewards/gift.ts";
import type { PointsReward } from "../rewards/points.ts";
import type { RebateReward } from "../rewards/rebate.ts";
import { factMeasureProblems, inKindProblems } from "./in-kind.ts";
import { differenceOf } from "./marks.ts";
import { roundingProblems } from "./rounding.ts";
import { isMoney } from "./units.ts";

/** What is wrong within rebates, gifts and points. */

export function rebateProblems(plan: Plan, reward: RebateReward, path: string): Problem[] {
  const problems = [...inKindProblems(plan, reward, path), ...roundingProblems(reward.rounding, path)];
  const measure = plan.measures.find(({ id }) => id === reward.measure);
  if (measure && !isMoney(measure)) {
    const message = "a rebate is a rate of money: its measure must sum the amount";
    problems.push({ code: "rate-of-amount", path: `${path}/measure`, message, seen: reward.measure });
  }
  if (reward.in !== "credit") {
    problems.push(...wholeUnitProblems(reward.rounding.unit, path));
    if (isNothing(reward.in.unitValue)) {
      const message = "a piece that is worth nothing makes no number of pieces";
      problems.push({ code: "bad-unit-value", path: `${path}/in/unitValue`, message, seen: reward.in.unitValue });
    }
  }
  const { minimum, maximum } = reward.order ?? {};
  if (minimum !== undefined && maximum !== undefined && differenceOf(minimum, maximum) > 0) {
    const message = `no order is at least ${minimum} and at most ${maximum}`;
    problems.push({ code: "range-reversed", path: `${path}/order/maximum`, message, seen: maximum });
  }
  if (reward.evidence) {
    const at = `${path}/evidence`;
    problems.push(
      ...factMeasureProblems(plan, reward.evidence.measure, `${at}/measure`),
      ...durationProblems(reward.evidence.within, `${at}/within`),
    );
  }
  return problems;
}

export function giftProblems(plan: Plan, reward: GiftReward, path: string): Problem[] {
  const problems = [...inKindProblems(plan, reward, path), ...knownFactMeasure(plan, reward.measure, path)];
  if (typeof reward.for === "string") return problems;
  if (isNothing(reward.for.every)) {
    const message = "every value holds nothing without end";
    problems.push({ code: "bad-package", path: `${path}/for/every`, message, seen: reward.for.every });
  }
  if (reward.to !== "payee") {
    problems.push({
      code: "policy-impossible",
      path: `${path}/to`,
      message: "what is given for the payee's total has no single fact that could name its recipient",
      allowed: "payee",
    });
  }
  return problems;
}

export function pointsProblems(plan: Plan, reward: PointsReward, path: string): Problem[] {
  return [
    ...inKindProblems(plan, reward, path),
    ...knownFactMeasure(plan, reward.measure, path),
    ...roundingProblems(reward.rounding, path),
    ...wholeUnitProblems(reward.rounding.unit, path),
    ...(reward.expiry ? durationProblems(reward.expiry.after, `${path}/expiry/after`) : []),
    ...(reward.redemption ? factMeasureProblems(plan, reward.redemption.measure, `${path}/redemption/measure`) : []),
  ];
}

/** The measure of the header is looked up for every kind; here it is only asked whether facts have a part in it. */
function knownFactMeasure(plan: Plan, id: string, path: string): Problem[] {
  return plan.measures.some((measure) => measure.id === id) ? factMeasureProblems(plan, id, `${path}/measure`) : [];
}

function wholeUnitProblems(unit: string, path: string): Problem[] {
  if (/^\d+$/.test(unit)) return [];
  const message = "pieces and points are whole";
  const allowed = "1, or another whole number";
  return [{ code: "bad-rounding-unit", path: `${path}/rounding/unit`, message, seen: unit, allowed }];
}

function durationProblems(text: string, path: string): Problem[] {
  if (isDuration(text)) return [];
  const message = `${text} is not an ISO 8601 duration`;
  return [{ code: "bad-duration", path, message, seen: text, allowed: "P15D, P2M, P1Y, …" }];
}

function isNothing(text: string): boolean {
  return (parseRational(text)?.num ?? 0n) === 0n;
}

import { parseDecimal } from "../decimal.ts";
import { currencyDigits } from "../money.ts";
import type { Problem } from "../problem.ts";
import type { Target } from "../target.ts";
import { measureDigits, type Plan } from "./plan.ts";
import { sliceWindows } from "./slices.ts";

/** What targets refer to; a part that is not known is left unchecked. */
export interface TargetContext {
  readonly plan: Plan | undefined;
  /** Units and participants. */
  readonly subjects: ReadonlySet<string> | undefined;
}

/** What is wrong with a target's subject, measure, slice and value; `placeOf` names the cell for the reader. */
export function targetProblems(
  target: Target,
  { plan, subjects }: TargetContext,
  placeOf: (column: string) => string,
): Problem[] {
  const problems: Problem[] = [];
  if (subjects && !subjects.has(target.subject)) {
    problems.push({
      code: "unknown-subject",
      path: placeOf("subject"),
      message: `${target.subject} is neither a unit nor a participant`,
      seen: target.subject,
      allowed: "a unit of the organisation or a participant on file",
      mend: "correct the id, or add it to the organisation or the people",
    });
  }
  // Refused rather than ignored: a slice that no reward is decided by is a slip of the pen.
  if (plan && target.slice !== "" && !slicesOf(plan).has(target.slice)) {
    problems.push({
      code: "unused-slice",
      path: placeOf("slice"),
      message: `no reward of the plan is decided for ${target.slice}`,
      seen: target.slice,
      allowed: allowedSlices(plan),
    });
  }
  return plan ? [...problems, ...measureProblems(target, plan, placeOf)] : problems;
}

function measureProblems(target: Target, plan: Plan, placeOf: (column: string) => string): Problem[] {
  const measure = plan.measures.find(({ id }) => id === target.measure);
  if (!measure) {
    return [
      {
        code: "unknown-measure",
        path: placeOf("measure"),
        message: `the plan has no measure ${target.measure}`,
        seen: target.measure,
        allowed: plan.measures.map(({ id }) => id).join(", "),
        mend: "correct the measure, or declare it in the plan",
      },
    ];
  }
  const digits = measureDigits(measure, currencyDigits(plan.currency) ?? 0);
  if (parseDecimal(target.value, digits) !== undefined) return [];
  return [
    {
      code: "too-fine",
      path: placeOf("value"),
      message: `${target.value} is finer than ${measure.id} is measured, or beyond exact integers`,
      seen: target.value,
      allowed: digits === 0 ? "a whole number" : `at most ${digits} digits after the point`,
    },
  ];
}

/** The ids of all slices that the plan's rewards are decided by. */
function slicesOf(plan: Plan): Set<string> {
  return new Set(plan.rewards.flatMap(({ per }) => sliceWindows(plan, per).map(({ id }) => id)));
}

function allowedSlices(plan: Plan): string {
  const named = [...slicesOf(plan)].filter((id) => id !== "");
  return ["empty (the whole campaign)", ...named.slice(0, 3), ...(named.length > 3 ? ["…"] : [])].join(", ");
}

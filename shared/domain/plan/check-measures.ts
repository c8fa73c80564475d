import type { Problem } from "../problem.ts";
import type { Measure, Plan } from "./plan.ts";

/** What every plan can measure of a fact: of sales their amount and quantity, of scores their value, of evidence its quantity. */
const OF_FACTS = ["amount", "quantity", "value"];

type MeasuredPlan = Pick<Plan, "measures" | "attributes">;

/** Rules that span the fields of a measure: what goes with its aggregate or its ratio, and that what it names exists. */
export function measureProblems(plan: MeasuredPlan): Problem[] {
  return plan.measures.flatMap((measure, index) => {
    const path = `/measures/${index}`;
    if (measure.aggregate !== undefined && measure.ratio !== undefined) {
      const message = `measure ${measure.id}: it has an aggregate (${measure.aggregate}) and a ratio; a measure is one of them`;
      const mend = "remove ratio, or remove aggregate and of";
      return [{ code: "measure-kind", path, message, allowed: "aggregate or ratio", mend }];
    }
    if (measure.ratio !== undefined) return ratioProblems(plan, measure, measure.ratio, path);
    if (measure.aggregate === undefined) {
      const message = `measure ${measure.id}: it says neither an aggregate nor a ratio`;
      const mend = "add aggregate: sum and of: amount";
      return [{ code: "measure-kind", path, message, allowed: "aggregate or ratio", mend }];
    }
    return ofProblems(plan, measure, measure.aggregate, `${path}/of`);
  });
}

function ofProblems(
  { attributes }: MeasuredPlan,
  { id, of }: Measure,
  aggregate: NonNullable<Measure["aggregate"]>,
  path: string,
): Problem[] {
  if (aggregate === "count") {
    if (of === undefined) return [];
    const message = `measure ${id}: \`count\` counts facts, so there is nothing that it could be \`of\``;
    return [{ code: "measure-of", path, message, seen: of, mend: "remove of, or use aggregate: distinct" }];
  }
  const isNumeric = aggregate !== "distinct";
  const declared = Object.keys(attributes).filter((name) => !isNumeric || attributes[name] === "number");
  const allowed = [...OF_FACTS, ...declared].join(", ");
  if (of === undefined) {
    const message = `measure ${id}: \`${aggregate}\` must say of what`;
    return [{ code: "measure-of", path, message, allowed, mend: "add of: amount" }];
  }
  if (OF_FACTS.includes(of) || declared.includes(of)) return [];
  const type = Object.hasOwn(attributes, of) ? attributes[of] : undefined;
  return [
    type === undefined
      ? {
          code: "measure-of",
          path,
          message: `measure ${id}: ${of} is nothing that facts have, and no declared attribute`,
          seen: of,
          allowed,
          mend: "declare the attribute under `attributes`, or correct the name",
        }
      : {
          code: "measure-of",
          path,
          message: `measure ${id}: the attribute ${of} is a ${type}, and \`${aggregate}\` needs a number`,
          seen: of,
          allowed,
          mend: "declare it as number, or use aggregate: distinct",
        },
  ];
}

function ratioProblems(
  { measures }: MeasuredPlan,
  { id, of, when }: Measure,
  ratio: NonNullable<Measure["ratio"]>,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  if (of !== undefined) {
    const message = `measure ${id}: a ratio is of two measures, and takes no \`of\` beside them`;
    problems.push({ code: "measure-of", path: `${path}/of`, message, seen: of, mend: "remove of" });
  }
  if (when !== undefined) {
    const message = `measure ${id}: a ratio has no facts of its own that a condition could look at`;
    const mend = "put the condition on the measures that it divides";
    problems.push({ code: "measure-when", path: `${path}/when`, message, seen: when, mend });
  }
  const plain = measures.filter((measure) => measure.ratio === undefined).map((measure) => measure.id);
  const allowed = plain.join(", ") || "none: the plan has no measure but ratios";
  for (const side of ["numerator", "denominator"] as const) {
    const named = ratio[side];
    if (plain.includes(named)) continue;
    const isRatio = measures.some((measure) => measure.id === named);
    problems.push({
      code: isRatio ? "ratio-of-ratio" : "unknown-measure",
      path: `${path}/ratio/${side}`,
      message: isRatio
        ? `measure ${id}: its ${side} ${named} is a ratio itself`
        : `measure ${id}: there is no measure ${named} for its ${side}`,
      seen: named,
      allowed,
      mend: isRatio ? `divide the measures that ${named} is made of` : "add the measure, or correct the name",
    });
  }
  return problems;
}

/** Splits and overlays make shared sales, and then it must be said what one of them counts. */
export function creditingProblems({ crediting }: Pick<Plan, "crediting">): Problem[] {
  const isShared = crediting.to === "splits" || crediting.overlays === "credited";
  const path = "/crediting/shared";
  if (isShared && crediting.shared === undefined) {
    const message =
      "a plan that credits splits or overlays must say what a shared sale counts (here one sale of two people)";
    const allowed = "each (one for each who has a part in it) or seller (one for the participant who sold)";
    return [{ code: "policy-missing", path, message, allowed, mend: "add shared: each" }];
  }
  if (!isShared && crediting.shared !== undefined) {
    const message = "no sale is shared where splits and overlays are not credited";
    const mend = "remove shared, or say to: splits or overlays: credited";
    return [{ code: "policy-unused", path, message, seen: crediting.shared, mend }];
  }
  return [];
}

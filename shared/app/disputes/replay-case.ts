import { instantOf } from "#domain/instant.ts";
import { lineId } from "#domain/line.ts";
import { planProblems } from "#domain/plan/check.ts";
import { problemsOf, Refusal } from "#domain/problem.ts";
import { type RegressionCase, regressionCaseSchema } from "#domain/regression-case.ts";
import { settle } from "#engine/settle.ts";

/** One expected line and what is computed now; an amount is absent where there is no line. */
export interface Replayed {
  readonly lineId: string;
  readonly expected?: string | undefined;
  readonly computed?: string | undefined;
  readonly agrees: boolean;
}

/** @throws Refusal("invalid") with every problem of the document */
export function readCase(document: unknown): RegressionCase {
  const parsed = regressionCaseSchema.safeParse(document);
  const problems = parsed.success
    ? planProblems(parsed.data.plan).map((problem) => ({ ...problem, path: `/plan${problem.path}` }))
    : problemsOf(parsed.error, "", document);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new Refusal("invalid", "this is no case that can be computed", problems);
}

/** Computes a case anew, as a run that is posted would. @throws Refusal("invalid") when its plan does not fit its people */
export function replayCase({ expected, asOf, ...inputs }: RegressionCase): Replayed[] {
  const { lines } = settle({ ...inputs, asOf: instantOf(asOf), closedOnly: true });
  const amounts = new Map(lines.map((line) => [line.lineId, `${line.amount} ${line.currency}`]));
  return expected.map(({ reward, payee, slice, part, amount, currency }) => {
    const id = lineId(reward, payee, slice, part);
    const told = amount === undefined ? undefined : `${amount} ${currency ?? inputs.plan.currency}`;
    const computed = amounts.get(id);
    return { lineId: id, expected: told, computed, agrees: told === computed };
  });
}

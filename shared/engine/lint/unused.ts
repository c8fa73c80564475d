import { withoutLiterals } from "./condition-text.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** What is declared and never asked for: often a slip in a name elsewhere. */
export function unusedFindings({ plan }: LintContext): Finding[] {
  const measured = new Set(
    plan.rewards.flatMap(({ measure, gates }) => [measure, ...gates.map((gate) => gate.measure)]),
  );
  const conditions = [...plan.counts.map(({ when }) => when), ...plan.measures.map(({ when }) => when ?? "")].map(
    (text) => withoutLiterals(text).text,
  );
  return [
    ...plan.measures.flatMap(({ id }, index): Finding[] =>
      measured.has(id)
        ? []
        : [
            {
              code: "unused-measure",
              severity: "warns",
              path: `/measures/${index}`,
              message: `none of the ${plan.rewards.length} rewards and their gates looks at the measure ${id}`,
              mend: "remove it, or correct the reward that should name it",
            },
          ],
    ),
    ...Object.keys(plan.attributes).flatMap((name): Finding[] =>
      conditions.some((text) => new RegExp(`\\b${name}\\b`).test(text))
        ? []
        : [
            {
              code: "unused-attribute",
              severity: "warns",
              path: `/attributes/${name}`,
              message: `none of the ${plan.counts.length} clauses of counts and no measure names the attribute ${name}`,
              mend: "remove it, or name it in a condition",
            },
          ],
    ),
  ];
}

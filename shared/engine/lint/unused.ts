import { conditionsAsked, labelsAsked, measuresAsked } from "#domain/plan/asked.ts";
import { withoutLiterals } from "./condition-text.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** What is declared and never asked for: often a slip in a name elsewhere. */
export function unusedFindings({ plan }: LintContext): Finding[] {
  const measured = new Set([
    ...plan.rewards.flatMap(measuresAsked),
    ...plan.measures.flatMap(({ ratio }) => (ratio ? [ratio.numerator, ratio.denominator] : [])),
  ]);
  const labels = plan.rewards.flatMap(labelsAsked).map(({ text }) => text);
  const measuredOf = plan.measures.map(({ of }) => of);
  const conditions = [
    ...plan.counts.map(({ when }) => when),
    ...plan.measures.map(({ when }) => when ?? ""),
    ...plan.rewards.flatMap(conditionsAsked).map(({ text }) => text),
  ].map((text) => withoutLiterals(text).text);
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
      labels.includes(name) ||
      measuredOf.includes(name) ||
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

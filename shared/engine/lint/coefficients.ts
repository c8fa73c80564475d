import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Coefficients for which no grade has a factor: then the plan's `without` decides about everybody. */
export function coefficientFindings({ plan }: LintContext): Finding[] {
  return plan.rewards.flatMap(({ id, coefficient }, index): Finding[] => {
    const scorecard = plan.rewards.find((other) => other.id === coefficient?.scorecard);
    if (!coefficient || scorecard?.kind !== "scorecard") return [];
    if (scorecard.grades.some(({ factor }) => factor !== undefined)) return [];
    return [
      {
        code: "coefficient-without-factor",
        severity: "blocks",
        path: `/rewards/${index}/coefficient/scorecard`,
        message: `${id} is multiplied by the factor of ${scorecard.id}, and none of its ${scorecard.grades.length} grades has one: all are multiplied by ${coefficient.without === "one" ? "1" : "0"}`,
        seen: scorecard.id,
        mend: "give the grades factors, or remove the coefficient",
      },
    ];
  });
}

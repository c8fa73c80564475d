import { coefficientFindings } from "./coefficients.ts";
import { type LintInput, type LintRule, lintContext } from "./context.ts";
import { contradictionFindings } from "./contradictions.ts";
import type { Finding } from "./finding.ts";
import { gateFindings } from "./gates.ts";
import { inKindFindings } from "./in-kind.ts";
import { laterTargetFindings } from "./later-targets.ts";
import { liabilityFindings } from "./liability.ts";
import { markFindings } from "./marks.ts";
import { milestoneFindings } from "./milestones.ts";
import { modifierFindings } from "./modifiers.ts";
import { nothingFindings } from "./nothing.ts";
import { payPlanFindings } from "./pay-plans.ts";
import { periodFindings } from "./period.ts";
import { prizeFindings } from "./prizes.ts";
import { rateFindings } from "./rates.ts";
import { sampleFindings } from "./samples.ts";
import { scopeFindings } from "./scope.ts";
import { scorecardFindings } from "./scorecards.ts";
import { shareFindings } from "./shares.ts";
import { splitFindings } from "./split.ts";
import { targetFindings } from "./targets.ts";
import { tierFindings } from "./tiers.ts";
import { unusedFindings } from "./unused.ts";

/** One more rule is one more file here. Each code is told in shared/docs/PLAN.md. */
const RULES: readonly LintRule[] = [
  liabilityFindings,
  prizeFindings,
  rateFindings,
  nothingFindings,
  tierFindings,
  milestoneFindings,
  scorecardFindings,
  coefficientFindings,
  shareFindings,
  payPlanFindings,
  modifierFindings,
  markFindings,
  targetFindings,
  laterTargetFindings,
  gateFindings,
  scopeFindings,
  splitFindings,
  periodFindings,
  contradictionFindings,
  sampleFindings,
  unusedFindings,
  inKindFindings,
];

/** What is unwise in a plan that is valid; what blocks comes first. */
export function lintPlan(input: LintInput): Finding[] {
  const context = lintContext(input);
  const findings = RULES.flatMap((rule) => rule(context));
  return [...findings.filter(isBlocking), ...findings.filter((finding) => !isBlocking(finding))];
}

export function isBlocking({ severity }: Finding): boolean {
  return severity === "blocks";
}

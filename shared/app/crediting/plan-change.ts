import { canonicalJson } from "#domain/canonical.ts";
import type { Plan } from "#domain/plan/plan.ts";

/** Whether two versions of a plan make the same of every fact: what they pay for it may differ. */
export function isCreditedAlike(before: Plan, after: Plan): boolean {
  return canonicalJson(whatCredits(before)) === canonicalJson(whatCredits(after));
}

/** All that crediting asks of a plan. What is not named here is asked by rewards, boards and statements only. */
function whatCredits(plan: Plan) {
  const { attributes, audience, crediting, currency, period, lateFacts, followUp = "P0D", uncounted = [] } = plan;
  return {
    attributes,
    audience,
    crediting,
    currency,
    followUp,
    // Not what a fact is worth, but from when on a change of it calls for an adjustment.
    lateFacts,
    period,
    uncounted,
    counts: plan.counts.map(({ id, when }) => ({ id, when })),
    measures: plan.measures.map(({ name: _, ...measure }) => measure),
  };
}

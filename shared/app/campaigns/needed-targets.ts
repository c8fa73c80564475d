import type { Campaign } from "#domain/campaign.ts";
import type { OrgUnit } from "#domain/org.ts";
import type { Problem } from "#domain/problem.ts";
import { type Target, type TargetPlace, targetKey } from "#domain/target.ts";
import { neededTargets } from "#engine/fit.ts";
import { compileRules } from "#engine/rules.ts";
import { hasBegun } from "#engine/slices.ts";
import type { Person } from "#ports/plan-store.ts";
import type { Deps } from "../deps.ts";
import { planInForce } from "../find-campaign.ts";

/** What stands beside the targets. */
export interface Organisation {
  readonly units: readonly OrgUnit[];
  readonly people: readonly Person[];
}

export async function organisationOnFile({ plans }: Pick<Deps, "plans">): Promise<Organisation> {
  const [units, people] = await Promise.all([plans.units(), plans.allPeople()]);
  return { units, people };
}

/**
 * Of some targets those without which a campaign that runs, or has run, could not be decided: the same that its activation asks for.
 * One of a slice that has not begun may still go. Before the first activation none is needed: activating asks for them again.
 *
 * @returns by {@link targetKey}, the reward that needs it
 */
export async function neededOf(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  { units, people }: Organisation,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, string>> {
  const needed = new Map<string, string>();
  if (campaign.activeVersion === undefined || targets.length === 0) return needed;
  const asked = new Set(targets.map(targetKey));
  const plan = await planInForce(deps, campaign);
  const memberships = people.flatMap((person) => person.memberships);
  const rules = compileRules({ plan, units, memberships, targets });
  const now = deps.clock.now();
  for (const { reward, slice, ...one } of neededTargets(
    rules,
    plan.rewards,
    (of, index) => index === 0 || hasBegun(of, now),
  )) {
    const key = targetKey({ ...one, slice: slice.id });
    if (asked.has(key) && !needed.has(key)) needed.set(key, reward);
  }
  return needed;
}

/** What keeps a target from being removed. */
export function neededProblem(target: TargetPlace, needed: ReadonlyMap<string, string>, path: string): Problem[] {
  const reward = needed.get(targetKey(target));
  if (reward === undefined) return [];
  const { subject, measure, label, slice } = target;
  return [
    {
      code: "target-needed",
      path,
      message: `${reward} needs the target ${label} of ${measure} for ${subject}${slice === "" ? "" : ` in ${slice}`}, and the plan is in force`,
      seen: targetKey(target),
      mend: "write another value, or publish a plan that asks for no such target first",
    },
  ];
}

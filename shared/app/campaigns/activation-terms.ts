import type { Campaign } from "#domain/campaign.ts";
import { planInEffect } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { phaseOf, requireAllowed } from "#domain/lifecycle.ts";
import { Directory, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { addDuration } from "#domain/time.ts";
import { instantOfQuestion } from "../asking/question.ts";
import type { Deps } from "../deps.ts";

/** On what terms a version is to come into force. */
export interface ActivationTerms {
  /** In force for these units alone, with all below, and for what occurs before `until`. */
  readonly pilot?: { readonly units: readonly string[]; readonly until: string } | undefined;
  /** What occurred before is to come to the same: an instant, or a local date-time of the plan's zone. */
  readonly effectiveFrom?: string | undefined;
}

/** The terms as they are kept: units in order, instants in UTC. */
export interface CheckedTerms {
  readonly pilot?: { readonly units: string[]; readonly until: string };
  readonly effectiveFrom?: string;
}

/** A pilot that lasts longer is a campaign. */
const LONGEST_PILOT = "P3M";

/** @throws Refusal `notFound`, `conflict` (a pilot begins a campaign), `invalid` with what is wrong with its units or times */
export async function checkedTerms(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  number: number,
  { pilot, effectiveFrom }: ActivationTerms,
): Promise<CheckedTerms> {
  if (!pilot && effectiveFrom === undefined) return {};
  const version = await deps.plans.version(campaign.id, number);
  if (!version) throw new Refusal("notFound", `there is no version ${number} of ${campaign.id}`);
  const { plan } = version;
  const { zone } = plan.period;
  const instant = (text: string, path: string) => formatInstant(instantOfQuestion(text, zone, path));
  if (pilot) await requirePilot(deps, campaign, plan, pilot);
  if (effectiveFrom !== undefined && campaign.activeVersion === undefined) throw nothingBefore(effectiveFrom);
  return {
    ...(pilot
      ? { pilot: { units: [...new Set(pilot.units)].sort(), until: instant(pilot.until, "/pilot/until") } }
      : {}),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom: instant(effectiveFrom, "/effectiveFrom") }),
  };
}

async function requirePilot(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  plan: Plan,
  pilot: NonNullable<ActivationTerms["pilot"]>,
): Promise<void> {
  const now = deps.clock.now();
  requireAllowed(campaign.id, "pilot", phaseOf(campaign, planInEffect(plan, campaign.conduct), now));
  const units = await deps.plans.units();
  const problems = [
    ...pilot.units.flatMap((unit, index) => unitProblems(plan, units, unit, `/pilot/units/${index}`)),
    ...timeProblems(plan, pilot.until, now),
  ];
  if (problems.length > 0) throw new Refusal("invalid", "the pilot cannot be so", problems);
}

function unitProblems({ audience, period }: Plan, units: readonly OrgUnit[], unit: string, path: string): Problem[] {
  const directory = new Directory(units, [], period.zone);
  if (!directory.unit(unit)) {
    const message = `the organisation has no unit ${unit}`;
    return [{ code: "unknown-unit", path, message, seen: unit, allowed: "a unit of the organisation" }];
  }
  const roots = audience.units;
  if (!roots || roots.some((root) => directory.isWithin(unit, root))) return [];
  const message = `${unit} is outside the plan's audience: nothing of it could count`;
  return [{ code: "outside-audience", path, message, seen: unit, allowed: `a unit within ${roots.join(", ")}` }];
}

function timeProblems(plan: Plan, text: string, now: number): Problem[] {
  const { zone } = plan.period;
  const { start, end } = planInstants(plan);
  const path = "/pilot/until";
  const until = instantOfQuestion(text, zone, path);
  const begins = Math.max(start, now);
  const latest = Math.min(addDuration(begins, LONGEST_PILOT, zone) ?? end, end);
  if (begins < until && until <= latest) return [];
  const message = `a pilot that begins at ${formatInstant(begins)} lasts at most three months, and no longer than the plan`;
  const allowed = `after ${formatInstant(begins)}, no later than ${formatInstant(latest)}`;
  return [{ code: "pilot-time", path, message, seen: text, allowed }];
}

function nothingBefore(seen: string): Refusal {
  return new Refusal("invalid", "no version is in force", [
    {
      code: "nothing-before",
      path: "/effectiveFrom",
      message: "there is nothing that could stay as it is: the plan's period says from when on sales count",
      seen,
      mend: "leave it away",
    },
  ]);
}

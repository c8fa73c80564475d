import type { Membership, OrgUnit } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Target } from "#domain/target.ts";
import { readFactFile } from "./fact-file.ts";
import type { Intake } from "./fact-intake.ts";
import { readOrgFile } from "./org-file.ts";
import { readPeopleFile } from "./people-file.ts";
import { type PlanFile, readPlanFile } from "./plan-file.ts";
import { loadFile, type SourceFile } from "./source-file.ts";
import { readTargetFile } from "./target-file.ts";

/** Where the five files of a campaign lie. */
export interface CampaignPaths {
  readonly plan: string;
  readonly orgs: string;
  readonly people: string;
  readonly targets: string;
  readonly facts: string;
}

/** A campaign as its files tell it: all that a settlement needs. */
export interface CampaignInputs extends Intake {
  readonly plan: Plan;
  /** Where a part of the plan stands in its file: `/rewards/2` → `plan.yaml:41 /rewards/2`. */
  readonly placeInPlan: PlanFile["placeOf"];
  readonly units: readonly OrgUnit[];
  readonly memberships: readonly Membership[];
  readonly targets: readonly Target[];
}

/**
 * Reads the five files and checks each against the others.
 *
 * @throws Refusal("invalid") with every problem of every file
 */
export function readCampaignFiles(paths: CampaignPaths): CampaignInputs {
  const problems: Problem[] = [];
  /** Reads a file if it is there; notes what is wrong with it. */
  const read = <T extends { readonly problems: readonly Problem[] }>(path: string, reader: (file: SourceFile) => T) => {
    const file = loadFile(path);
    if ("code" in file) {
      problems.push(file);
      return undefined;
    }
    const result = reader(file);
    problems.push(...result.problems);
    return result;
  };

  const planFile = read(paths.plan, readPlanFile);
  const plan = planFile?.plan;
  const orgs = read(paths.orgs, readOrgFile);
  const people = read(paths.people, (file) =>
    readPeopleFile(file, { units: orgs?.units ?? [], unitIds: orgs?.unitIds }),
  );
  const subjects =
    orgs?.unitIds && people?.participantIds ? new Set([...orgs.unitIds, ...people.participantIds]) : undefined;
  const targets = read(paths.targets, (file) => readTargetFile(file, { plan, subjects }));
  // Without a plan the facts can still be checked for all that does not depend on its zone and attributes.
  const facts = read(paths.facts, (file) =>
    readFactFile(file, { zone: plan?.period.zone ?? "UTC", attributes: plan?.attributes ?? {} }),
  );

  if (problems.length > 0 || !plan || !planFile || !orgs || !people || !targets || !facts) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    throw new Refusal("invalid", `the files have ${count}`, problems);
  }
  return {
    plan,
    placeInPlan: planFile.placeOf,
    units: orgs.units,
    memberships: people.memberships,
    targets: targets.targets,
    facts: facts.facts,
    duplicates: facts.duplicates,
    conflicts: facts.conflicts,
  };
}

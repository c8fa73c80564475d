import type { Actor } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { targetProblems } from "#domain/plan/target-problems.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { type Target, type TargetPlace, targetKey } from "#domain/target.ts";
import type { AskDeps } from "../approvals/ask.ts";
import { isLarge } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import {
  acceptRows,
  type BadRow,
  type ImportReport,
  type ImportRequest,
  type ImportRow,
  previewOf,
  type RowProblem,
} from "../directory/import-rows.ts";
import { findCampaign, planInForce, requireNotArchived } from "../find-campaign.ts";
import { askForTargets, changeTargets, writeTargets } from "./large-targets.ts";
import { neededOf, neededProblem, type Organisation, organisationOnFile } from "./needed-targets.ts";

/** What is imported, and which targets it takes away. */
export interface TargetsRequest extends ImportRequest<Target> {
  readonly removed?: readonly TargetPlace[];
}

/**
 * Imports targets of a campaign. One of the same subject, measure, label and slice is replaced, one that is named as removed goes, others stay. The
 * same import twice changes nothing. One that changes much of an active campaign waits for a second person.
 *
 * @param seenRevision of the targets that somebody edited: when they have changed since, nothing is imported
 * @throws Refusal `notFound`, `invalid` with every bad row and every removed target that the plan in force needs, `stale`,
 * `conflict` when another import was faster
 */
export async function importTargets(
  deps: AskDeps & Pick<Deps, "plans" | "jobs" | "files" | "importLimits">,
  actor: Actor,
  campaignId: string,
  request: TargetsRequest,
  seenRevision?: number,
): Promise<ImportReport> {
  const campaign = await findCampaign(deps, campaignId);
  requireNotArchived(campaign);
  // Before the targets: what is written is compared with targets of this revision, or newer ones, which then refuses it.
  const revision = await deps.plans.targetsRevision(campaignId);
  if (seenRevision !== undefined && seenRevision !== revision) throw staleTargets(campaignId, seenRevision, revision);
  const [plan, organisation, targets] = await Promise.all([
    planInForce(deps, campaign),
    organisationOnFile(deps),
    deps.plans.targets(campaignId),
  ]);
  const stored = new Map(targets.map((target) => [targetKey(target), target]));
  const going = await goingOf(deps, campaign, organisation, request, stored);
  const subjects = subjectsOf(organisation);
  const accepted = acceptRows({ ...request, badRows: [...request.badRows, ...going.bad] }, (rows) =>
    rowProblems(rows, plan, subjects),
  );
  const changed = accepted.rows
    .map(({ value }) => value)
    .filter((target) => canonicalJson(target) !== canonicalJson(stored.get(targetKey(target)) ?? null));
  const { removed } = going;
  const report = {
    rows: request.rows.length + request.badRows.length,
    unchanged: accepted.rows.length - changed.length,
    rejected: accepted.rejected - going.bad.length,
    findings: accepted.findings,
    ...(removed.length === 0 ? {} : { removed: removed.length }),
  };
  const changes = changed.length + removed.length;
  // Before the campaign is active its targets are shown to who approves its activation.
  const needsApproval = campaign.state !== "draft" && isLarge(changes, stored.size, deps.importLimits);
  if (request.dryRun) {
    const preview = previewOf(changed, stored, targetKey, needsApproval);
    return { ...report, taken: changed.length, rebuilding: [], preview };
  }
  const rows = { rows: changed, removed };
  if (needsApproval) {
    const approval = await askForTargets(deps, actor, campaignId, rows, stored);
    return { ...report, taken: 0, waiting: changes, approval: approval.id, rebuilding: [] };
  }
  const put = changes > 0 ? () => writeTargets(deps, campaignId, rows) : undefined;
  const count = { targets: changed.length, removed: removed.length };
  const rebuilding = await changeTargets(deps, actor, campaign, { ...count, revision, put });
  return { ...report, taken: changed.length, rebuilding };
}

/** Of the targets that shall go those that are there and can; with what is wrong with the others, each like a row. */
async function goingOf(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  organisation: Organisation,
  { removed = [], rows }: TargetsRequest,
  stored: ReadonlyMap<string, Target>,
): Promise<{ removed: Target[]; bad: BadRow[] }> {
  const written = new Set(rows.map(({ value }) => targetKey(value)));
  const keys = [...new Set(removed.map(targetKey))];
  const there = keys.flatMap((key) => stored.get(key) ?? []);
  const needed = await neededOf(deps, campaign, organisation, there);
  const bad = removed.flatMap((place, index): BadRow[] => {
    const path = `/removed/${index}`;
    const problems = [
      ...(written.has(targetKey(place)) ? [bothProblem(place, path)] : []),
      ...neededProblem(place, needed, path),
    ];
    return problems.length === 0 ? [] : [{ problems, about: place.subject }];
  });
  return { removed: there.filter((target) => !needed.has(targetKey(target)) && !written.has(targetKey(target))), bad };
}

function bothProblem(place: TargetPlace, path: string): Problem {
  return {
    code: "removed-and-written",
    path,
    message: `the target ${place.label} of ${place.measure} for ${place.subject} is written and removed at once`,
    seen: targetKey(place),
    mend: "leave one of the two out",
  };
}

function staleTargets(campaign: string, seen: number, newest: number): Refusal {
  return new Refusal("stale", `the targets of ${campaign} have changed since you read them`, [
    {
      code: "revision",
      path: "If-Match",
      message: "these are not the newest targets",
      seen: String(seen),
      allowed: String(newest),
      mend: "read the targets again and repeat your change on them",
    },
  ]);
}

function subjectsOf({ units, people }: Organisation): Set<string> {
  return new Set([...units.map(({ unit }) => unit), ...people.map(({ participantId }) => participantId)]);
}

function rowProblems(rows: readonly ImportRow<Target>[], plan: Plan, subjects: ReadonlySet<string>): RowProblem[] {
  const seen = new Set<string>();
  return rows.flatMap(({ value, placeOf }, row) => {
    const problems: Problem[] = targetProblems(value, { plan, subjects }, placeOf);
    if (seen.has(targetKey(value))) {
      problems.push({
        code: "duplicate-target",
        path: placeOf("subject"),
        message: `the target ${value.label} of ${value.measure} for ${value.subject} stands twice`,
        seen: value.subject,
        mend: "keep one of the rows",
      });
    }
    seen.add(targetKey(value));
    return problems.map((problem) => ({ row, problem }));
  });
}

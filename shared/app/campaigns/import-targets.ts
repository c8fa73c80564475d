import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { targetProblems } from "#domain/plan/target-problems.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import type { AskDeps } from "../approvals/ask.ts";
import { isLarge } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import {
  acceptRows,
  type ImportReport,
  type ImportRequest,
  type ImportRow,
  previewOf,
  type RowProblem,
} from "../directory/import-rows.ts";
import { findCampaign, planInForce, requireNotArchived } from "../find-campaign.ts";
import { askForTargets, changeTargets } from "./large-targets.ts";

/**
 * Imports targets of a campaign. One of the same subject, measure, label and slice is replaced, others stay. The same
 * import twice changes nothing. One that changes much of an active campaign waits for a second person.
 *
 * @param seenRevision of the targets that somebody edited: when they have changed since, nothing is imported
 * @throws Refusal `notFound`, `invalid` with every bad row, `stale`, `conflict` when another import was faster
 */
export async function importTargets(
  deps: AskDeps & Pick<Deps, "plans" | "jobs" | "files" | "importLimits">,
  actor: Actor,
  campaignId: string,
  request: ImportRequest<Target>,
  seenRevision?: number,
): Promise<ImportReport> {
  const campaign = await findCampaign(deps, campaignId);
  requireNotArchived(campaign);
  // Before the targets: what is written is compared with targets of this revision, or newer ones, which then refuses it.
  const revision = await deps.plans.targetsRevision(campaignId);
  if (seenRevision !== undefined && seenRevision !== revision) throw staleTargets(campaignId, seenRevision, revision);
  const [plan, subjects, targets] = await Promise.all([
    planInForce(deps, campaign),
    subjectsOnFile(deps),
    deps.plans.targets(campaignId),
  ]);
  const stored = new Map(targets.map((target) => [targetKey(target), target]));
  const accepted = acceptRows(request, (rows) => rowProblems(rows, plan, subjects));
  const changed = accepted.rows
    .map(({ value }) => value)
    .filter((target) => canonicalJson(target) !== canonicalJson(stored.get(targetKey(target)) ?? null));
  const report = {
    rows: request.rows.length + request.badRows.length,
    unchanged: accepted.rows.length - changed.length,
    rejected: accepted.rejected,
    findings: accepted.findings,
  };
  // Before the campaign is active its targets are shown to who approves its activation.
  const needsApproval = campaign.state !== "draft" && isLarge(changed.length, stored.size, deps.importLimits);
  if (request.dryRun) {
    const preview = previewOf(changed, stored, targetKey, needsApproval);
    return { ...report, taken: changed.length, rebuilding: [], preview };
  }
  if (needsApproval) {
    const approval = await askForTargets(deps, actor, campaignId, changed, stored);
    return { ...report, taken: 0, waiting: changed.length, approval: approval.id, rebuilding: [] };
  }
  const put = changed.length > 0 ? () => deps.plans.putTargets(campaignId, changed) : undefined;
  const rebuilding = await changeTargets(deps, actor, campaign, { targets: changed.length, revision, put });
  return { ...report, taken: changed.length, rebuilding };
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

async function subjectsOnFile(deps: Pick<Deps, "plans">): Promise<Set<string>> {
  const [units, people] = await Promise.all([deps.plans.units(), deps.plans.allPeople()]);
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

import type { Actor } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { targetProblems } from "#domain/plan/target-problems.ts";
import type { Problem } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { audit } from "../audit.ts";
import { markEpoch, raiseEpoch } from "../crediting/raise-epoch.ts";
import type { Deps } from "../deps.ts";
import {
  acceptRows,
  type ImportReport,
  type ImportRequest,
  type ImportRow,
  type RowProblem,
} from "../directory/import-rows.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";

/**
 * Imports targets of a campaign. One of the same subject, measure, label and slice is replaced, others stay. The same
 * import twice changes nothing.
 *
 * @throws Refusal `notFound`, `invalid` with every bad row
 */
export async function importTargets(
  deps: Pick<Deps, "plans" | "jobs" | "clock">,
  actor: Actor,
  campaignId: string,
  request: ImportRequest<Target>,
): Promise<ImportReport> {
  const campaign = await findCampaign(deps, campaignId);
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
  const put = changed.length > 0 ? () => deps.plans.putTargets(campaignId, changed) : undefined;
  const rebuilding = await changeTargets(deps, campaign, put);
  if (put) await audit(deps, actor, "campaign.targets-imported", campaignId, { targets: String(changed.length) });
  return {
    rows: request.rows.length + request.badRows.length,
    taken: changed.length,
    unchanged: accepted.rows.length - changed.length,
    rejected: accepted.rejected,
    findings: accepted.findings,
    rebuilding,
  };
}

/**
 * The epoch is raised before and after: an import that dies in between leaves a rebuild due, and the same import again,
 * though it finds nothing new to write, then asks for it.
 */
async function changeTargets(
  deps: Pick<Deps, "plans" | "jobs">,
  campaign: Campaign,
  put: (() => Promise<void>) | undefined,
): Promise<string[]> {
  const isRebuildDue = campaign.rebuiltEpoch < campaign.epoch;
  if (put === undefined && !isRebuildDue) return [];
  if (put) {
    await markEpoch(deps, campaign.id);
    await put();
  }
  return (await raiseEpoch(deps, campaign.id)) ? [campaign.id] : [];
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

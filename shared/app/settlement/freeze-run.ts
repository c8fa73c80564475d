import * as z from "zod";
import { adjustmentSchema } from "#domain/adjustment.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { membershipSchema, orgUnitSchema } from "#domain/org.ts";
import { planSchema } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { targetSchema } from "#domain/target.ts";
import { requireFit } from "#engine/fit.ts";
import { hashOf } from "#engine/hash.ts";
import { compileRules, type RuleSources } from "#engine/rules.ts";
import type { SettlementRequest } from "#ports/system.ts";
import { approvedAdjustments } from "../approvals/approved-adjustments.ts";
import { loadRuleSources } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { requireRun, updateRun } from "./run-record.ts";

const sourcesSchema = z.object({
  plan: planSchema,
  units: z.array(orgUnitSchema),
  memberships: z.array(membershipSchema),
  targets: z.array(targetSchema),
  adjustments: z.array(adjustmentSchema).exactOptional(),
});

/** Of a larger directory nobody waits until it is read: the run's first step tells what is missing. */
const CHECKED_AT_ONCE = 5_000;

/**
 * Records a run: plan version and cut-off are fixed from here on. People, organisation and targets are read by its first step.
 *
 * @throws Refusal("invalid") when the plan does not fit its organisation and targets, and they are few enough to be looked at now: nothing is recorded then
 */
export async function recordRun(
  deps: Pick<Deps, "plans" | "ledger" | "clock">,
  { campaign: campaignId, runId, kind, asOf, submittedBy }: SettlementRequest,
): Promise<Run> {
  const existing = await deps.ledger.run(campaignId, runId);
  if (existing) return existing;
  const campaign = await deps.plans.campaign(campaignId);
  if (!campaign) throw new Refusal("notFound", `there is no campaign ${campaignId}`);
  const { activeVersion } = campaign;
  const version = activeVersion === undefined ? undefined : await deps.plans.version(campaignId, activeVersion);
  if (!version) throw new Refusal("conflict", `${campaignId} has no active version to settle`);
  const { cursor } = await deps.plans.people({ limit: CHECKED_AT_ONCE });
  if (cursor === undefined) requireFitAsOf((await loadRuleSources(deps, campaign)).sources, { kind, asOf });
  const run: Run = {
    runId,
    campaign: campaignId,
    kind,
    state: "computing",
    revision: 1,
    planVersion: version.version,
    planHash: version.planHash,
    asOf,
    // Read before people and targets are: what changes in between may be in the run, and is asked for once more.
    epoch: campaign.epoch,
    submittedBy,
    startedAt: formatInstant(deps.clock.now()),
    warnings: [],
  };
  if (await deps.ledger.saveRun(run)) return run;
  return requireRun(deps, campaignId, runId);
}

/**
 * The first step of a run. Fixes what it computes from: the plan version it was asked for with, and people, organisation, targets and
 * approved amounts of this moment are kept in a file of the run, so that every later step, and anyone who checks it, sees the same. Facts need
 * no copy: they are immutable, and the cut-off says which of them count. Doing it again keeps what the first kept.
 *
 * @throws Refusal("invalid") when the plan does not fit its organisation and targets: the run fails then
 */
export async function freezeRun(
  deps: Pick<Deps, "plans" | "ledger" | "approvals" | "files" | "clock">,
  request: SettlementRequest,
): Promise<Run> {
  const { campaign: campaignId, runId } = request;
  const run = await recordRun(deps, request);
  if (run.sourcesHash !== undefined || run.state !== "computing") return run;
  const campaign = await deps.plans.campaign(campaignId);
  if (!campaign) throw new Refusal("notFound", `there is no campaign ${campaignId}`);
  // Another version may have come in force since the run was asked for.
  const { sources: given } = await loadRuleSources(deps, { ...campaign, activeVersion: run.planVersion });
  const adjustments = await approvedAdjustments(deps, campaignId);
  const sources = { ...given, ...(adjustments.length === 0 ? {} : { adjustments }) };
  requireFitAsOf(sources, run);
  // Named by what it says: of two that freeze a run at once, the slower cannot write over what the run was made from.
  const sourcesHash = hashOf(sources);
  const file = new TextEncoder().encode(canonicalJson(sources));
  await deps.files.put(inputsKey({ runId, sourcesHash }), file, "application/json");
  const frozen = { sourcesHash, ...(adjustments.length === 0 ? {} : { adjustments: adjustments.length }) };
  return updateRun(deps, campaignId, runId, (current) =>
    current.sourcesHash !== undefined || current.state !== "computing" ? undefined : { ...current, ...frozen },
  );
}

function requireFitAsOf(sources: RuleSources, { kind, asOf }: Pick<Run, "kind" | "asOf">): void {
  requireFit(compileRules(sources), instantOf(asOf), kind === "provisional" ? "begun" : "closed");
}

/** What {@link freezeRun} kept. */
export async function frozenSources(
  deps: Pick<Deps, "files">,
  run: Pick<Run, "runId" | "sourcesHash">,
): Promise<RuleSources> {
  const file = await deps.files.get(inputsKey(run));
  if (!file) throw new Error(`the inputs of ${run.runId} are missing`);
  return sourcesSchema.parse(JSON.parse(new TextDecoder().decode(file)));
}

/** Runs that were frozen before their sources had a hash kept them under the plain name. */
function inputsKey({ runId, sourcesHash = "inputs" }: Pick<Run, "runId" | "sourcesHash">): string {
  return `runs/${runId}/${sourcesHash}.json`;
}

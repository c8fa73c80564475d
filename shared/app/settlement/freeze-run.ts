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

const sourcesSchema = z.object({
  plan: planSchema,
  units: z.array(orgUnitSchema),
  memberships: z.array(membershipSchema),
  targets: z.array(targetSchema),
  adjustments: z.array(adjustmentSchema).exactOptional(),
});

/**
 * Fixes what a run computes from: plan version, people, organisation and targets of this moment are kept in a file of the
 * run, so that every later step, and anyone who checks it, sees the same. Facts need no copy: they are immutable, and
 * the cut-off says which of them count.
 *
 * @throws Refusal("invalid") when the plan does not fit its organisation and targets: nothing is started then
 */
export async function freezeRun(
  deps: Pick<Deps, "plans" | "ledger" | "approvals" | "files" | "clock">,
  request: SettlementRequest,
): Promise<Run> {
  const { campaign: campaignId, runId, kind, asOf, submittedBy } = request;
  const existing = await deps.ledger.run(campaignId, runId);
  if (existing) return existing;
  const campaign = await deps.plans.campaign(campaignId);
  if (!campaign) throw new Refusal("notFound", `there is no campaign ${campaignId}`);
  const { version, sources: given } = await loadRuleSources(deps, campaign);
  const adjustments = await approvedAdjustments(deps, campaignId);
  const sources = { ...given, ...(adjustments.length === 0 ? {} : { adjustments }) };
  requireFit(compileRules(sources), instantOf(asOf), kind === "provisional" ? "begun" : "closed");
  // Named by what it says: of two that freeze a run at once, the slower cannot write over what the run was made from.
  const sourcesHash = hashOf(sources);
  const file = new TextEncoder().encode(canonicalJson(sources));
  await deps.files.put(inputsKey({ runId, sourcesHash }), file, "application/json");
  const run: Run = {
    runId,
    campaign: campaignId,
    kind,
    state: "computing",
    revision: 1,
    planVersion: version.version,
    planHash: version.planHash,
    asOf,
    epoch: campaign.epoch,
    sourcesHash,
    ...(adjustments.length === 0 ? {} : { adjustments: adjustments.length }),
    submittedBy,
    startedAt: formatInstant(deps.clock.now()),
    warnings: [],
  };
  if (await deps.ledger.saveRun(run)) return run;
  const winner = await deps.ledger.run(campaignId, runId);
  if (!winner) throw new Error(`${runId} could neither be made nor found`);
  return winner;
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

import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { EvaluationNote } from "#domain/evaluation.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { type AuditDeps, audited, CLOCK } from "../audit/note.ts";
import { isCredited } from "../crediting/affected.ts";
import type { Deps } from "../deps.ts";
import { INTAKE_SETTLING_MS } from "../settlement/due.ts";

type DueDeps = Pick<Deps, "plans" | "facts" | "ledger" | "approvals" | "files" | "clock"> & AuditDeps;

export interface MadeEvaluation extends EvaluationNote {
  readonly campaign: string;
}

/**
 * Makes the evaluation of a pilot whose time is over, and that of a campaign whose final run is posted, and keeps each in a file: once, and one in a
 * call, as a call is short. One that cannot be made is noted with the reason, and not tried again.
 */
export async function evaluateDue(deps: DueDeps): Promise<MadeEvaluation | undefined> {
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
    for (const campaign of page.items) {
      const of = dueOf(campaign, deps.clock.now());
      if (of !== undefined) return make(deps, campaign, of);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return undefined;
}

function dueOf(campaign: Campaign, now: number): EvaluationNote["of"] | undefined {
  if (!isCredited(campaign)) return undefined;
  const made = new Set(campaign.evaluations?.map(({ of }) => of));
  const until = campaign.conduct?.pilot?.until;
  if (until !== undefined && !made.has("pilot") && now >= instantOf(until) + INTAKE_SETTLING_MS) return "pilot";
  return campaign.finalAsOf !== undefined && !made.has("end") ? "end" : undefined;
}

async function make(deps: DueDeps, campaign: Campaign, of: EvaluationNote["of"]): Promise<MadeEvaluation | undefined> {
  const { id } = campaign;
  const deed = { chain: campaignChain(id), action: "campaign.evaluate", subject: id, detail: { of } };
  return audited(deps, CLOCK, deed, async () => {
    const note = { of, at: formatInstant(deps.clock.now()), ...(await keep(deps, campaign, of)) };
    const noted = {
      ...campaign,
      evaluations: [...(campaign.evaluations ?? []), note],
      revision: campaign.revision + 1,
    };
    // Changed meanwhile: the next call makes it again, of what is then.
    return (await deps.plans.saveCampaign(noted)) ? { campaign: id, ...note } : undefined;
  });
}

async function keep(
  deps: DueDeps,
  { id, conduct }: Campaign,
  of: EvaluationNote["of"],
): Promise<Pick<EvaluationNote, "hash" | "notMade">> {
  // It settles: loaded when one is due.
  const { evaluateCampaign, evaluationKey } = await import("./evaluate-campaign.ts");
  try {
    const report = await evaluateCampaign(deps, id, of === "pilot" ? conduct?.pilot?.until : undefined);
    const file = new TextEncoder().encode(canonicalJson(report));
    await deps.files.put(evaluationKey(id, of), file, "application/json");
    return { hash: report.evaluationHash };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { notMade: error.message };
  }
}

import type { Actor } from "#domain/actor.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { type Conduct, openPause, resumed } from "#domain/conduct.ts";
import { formatInstant } from "#domain/instant.ts";
import { type LifecycleCommand, type Phase, phaseOf, requireAllowed } from "#domain/lifecycle.ts";
import { Refusal } from "#domain/problem.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import { changeCampaign } from "../change-campaign.ts";
import { EVERYTHING, pendingIn, risen } from "../crediting/pending.ts";
import type { Deps } from "../deps.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";
import { openRun } from "../settlement/due.ts";

export type LifecycleDeps = Pick<Deps, "plans" | "jobs"> & AuditDeps;

/** Where a campaign is in its life now. */
export async function phaseNow(deps: Pick<Deps, "plans" | "clock">, campaign: Campaign): Promise<Phase> {
  return phaseOf(campaign, await planInForce(deps, campaign), deps.clock.now());
}

/** @throws Refusal `notFound`, `conflict` when the campaign's phase does not allow the command */
export async function campaignAllowing(
  deps: Pick<Deps, "plans" | "clock">,
  campaignId: string,
  command: LifecycleCommand,
): Promise<Campaign> {
  const campaign = await findCampaign(deps, campaignId);
  await requirePhase(deps, campaign, command);
  return campaign;
}

async function requirePhase(
  deps: Pick<Deps, "plans" | "clock">,
  campaign: Campaign,
  command: LifecycleCommand,
): Promise<void> {
  requireAllowed(campaign.id, command, await phaseNow(deps, campaign));
}

/**
 * Pauses a campaign from now on: nothing is paid until it is resumed or stopped, and nothing can be reserved. Sales that occur meanwhile count or
 * not, as is said; they are stored in either case. One person does it: it takes nothing away that stands.
 *
 * @throws Refusal `notFound`, `conflict` (its phase does not allow it)
 */
export async function pauseCampaign(
  deps: LifecycleDeps,
  actor: Actor,
  campaignId: string,
  { counts, reason }: { readonly counts: boolean; readonly reason: string },
): Promise<Campaign> {
  await campaignAllowing(deps, campaignId, "pause");
  const pause = { from: formatInstant(deps.clock.now()), counts, reason };
  return changeConduct(deps, actor, campaignId, {
    command: "pause",
    detail: { counts: String(counts), reason },
    change: ({ conduct }) => ({
      conduct: { ...conduct, pauses: [...(conduct?.pauses ?? []), pause] },
      recredits: !counts,
    }),
  });
}

/** Ends the pause. What did not count meanwhile never does. */
export async function resumeCampaign(
  deps: LifecycleDeps,
  actor: Actor,
  campaignId: string,
  { reason }: { readonly reason: string },
): Promise<Campaign> {
  await campaignAllowing(deps, campaignId, "resume");
  const now = deps.clock.now();
  return changeConduct(deps, actor, campaignId, {
    command: "resume",
    detail: { reason },
    change: ({ conduct = {} }) => ({
      conduct: resumed(conduct, now),
      recredits: openPause(conduct)?.counts === false,
    }),
  });
}

/**
 * Puts a settled campaign away: it credits nothing any more, has no boards, rebuilds or runs, and facts that come later start no adjustment. What was
 * posted and told stays readable. There is no way back.
 *
 * @throws Refusal `notFound`, `conflict` (not settled, a run is open, something is still to be computed or falls due later)
 */
export async function archiveCampaign(
  deps: LifecycleDeps & Pick<Deps, "ledger">,
  actor: Actor,
  campaignId: string,
  { reason }: { readonly reason: string },
): Promise<Campaign> {
  await requireNothingOpen(deps, await campaignAllowing(deps, campaignId, "archive"));
  return changeAudited(deps, actor, campaignId, "archive", { reason }, async (campaign) => {
    await requireNothingOpen(deps, campaign);
    return { ...campaign, state: "archived" };
  });
}

async function requireNothingOpen(deps: Pick<Deps, "ledger">, campaign: Campaign): Promise<void> {
  const runs = (await deps.ledger.runs(campaign.id)).filter(({ kind }) => kind !== "provisional");
  const open = openRun(runs);
  const due = runs.findLast(({ state }) => state === "posted" || state === "unchanged")?.nextDue;
  const why = open
    ? `${open.runId} is ${open.state}`
    : pendingIn(campaign)
      ? "it is being credited anew"
      : due === undefined
        ? undefined
        : `something that is held falls due at ${due}`;
  if (why === undefined) return;
  throw new Refusal("conflict", `${campaign.id} cannot be archived yet: ${why}`, [
    {
      code: "not-over",
      path: "",
      message: why,
      mend: open ? "decide the run first" : "archive it when that is done",
    },
  ]);
}

export interface ConductChange {
  readonly command: LifecycleCommand;
  readonly detail: Readonly<Record<string, string>>;
  /** How the campaign, which allows the command, is conducted from now on; `recredits` where facts mean something else by it. */
  readonly change: (campaign: Campaign) => { readonly conduct: Conduct; readonly recredits: boolean };
}

/** Keeps how a campaign is conducted from now on. Where facts mean something else by it, they are credited anew. */
export async function changeConduct(
  deps: LifecycleDeps,
  actor: Actor,
  campaignId: string,
  { command, detail, change }: ConductChange,
): Promise<Campaign> {
  const why = { ...EVERYTHING, reason: `campaign.${command}`, by: actor.subject };
  let isDue = false;
  const changed = await changeAudited(deps, actor, campaignId, command, detail, (campaign) => {
    const { conduct, recredits } = change(campaign);
    isDue = recredits;
    return { ...campaign, conduct, ...(recredits ? risen(campaign, why, deps.clock.now()) : {}) };
  });
  if (isDue) await deps.jobs.startRebuild(changed.id, changed.epoch);
  return changed;
}

async function changeAudited(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  campaignId: string,
  command: LifecycleCommand,
  detail: Readonly<Record<string, string>>,
  change: (campaign: Campaign) => Campaign | Promise<Campaign>,
): Promise<Campaign> {
  const action = `campaign.${command === "rollOut" ? "roll-out" : command}`;
  const deed = { chain: campaignChain(campaignId), action, subject: campaignId, detail };
  return audited(deps, actor, deed, () =>
    changeCampaign(deps, campaignId, async (campaign) => {
      await requirePhase(deps, campaign, command);
      return change(campaign);
    }),
  );
}

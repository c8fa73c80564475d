import type { Campaign } from "#domain/campaign.ts";
import { instantOf } from "#domain/instant.ts";
import type { RebuildJob } from "#domain/rebuild.ts";
import type { Deps } from "../deps.ts";
import { pendingIn } from "./pending.ts";

/** Who raised the epoch starts its rebuild as well; only if nobody did after so long, somebody died. */
const STARTED_WITHIN_MS = 60_000;
/** A rebuild at work tells each step; one that told nothing for so long has stopped. */
const SILENT_MS = 15 * 60_000;

/** Starts what is due of a campaign's rebuild: one that nobody began, one that stopped, the next execution of one that handed over. */
export async function startDueRebuild(
  deps: Pick<Deps, "derived" | "jobs" | "clock">,
  campaign: Campaign,
): Promise<boolean> {
  const pending = pendingIn(campaign);
  if (!pending) return false;
  const { id, epoch } = campaign;
  const stored = await deps.derived.rebuild(id);
  const job = stored?.epoch === epoch ? stored : undefined;
  const now = deps.clock.now();
  // A clock that was set back makes nothing young for ever: what is of the future counts as old.
  const isYoung = (at: string, within: number) => Math.abs(now - instantOf(at)) < within;
  if (!job && isYoung(pending.at, STARTED_WITHIN_MS)) return false;
  if (job && !job.handedOver && isYoung(await lastSign(deps, job), SILENT_MS)) return false;
  await deps.jobs.startRebuild(id, epoch, job?.attempt);
  return true;
}

/** When a job last got on. */
async function lastSign({ derived }: Pick<Deps, "derived">, job: RebuildJob): Promise<string> {
  const parts = (await derived.rebuildParts(job.campaign)).filter(({ epoch }) => epoch === job.epoch);
  return parts.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), job.startedAt);
}

import { Refusal } from "#domain/problem.ts";
import {
  type Reconciliation,
  type ReconciliationRecord,
  reconciliationRecordSchema,
  reconciliationSchema,
} from "#domain/reconciliation.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";

export function reportKey(campaign: string, id: string): string {
  return `reconciliations/${campaign}/${id}/report.json`;
}

export function latestKey(campaign: string): string {
  return `reconciliations/${campaign}/latest.json`;
}

/** The record of the newest look that is over; undefined before the first. */
export async function latestReconciliation(
  deps: Pick<Deps, "files">,
  campaign: string,
): Promise<ReconciliationRecord | undefined> {
  const file = await deps.files.get(latestKey(campaign));
  return file && reconciliationRecordSchema.parse(JSON.parse(Buffer.from(file).toString("utf8")));
}

/** @throws Refusal `notFound`: no such campaign, or nobody has looked yet */
export async function readReconciliation(
  deps: Pick<Deps, "plans" | "files">,
  campaign: string,
): Promise<Reconciliation> {
  await findCampaign(deps, campaign);
  const latest = await latestReconciliation(deps, campaign);
  const file = latest && (await deps.files.get(reportKey(campaign, latest.id)));
  if (!file) throw new Refusal("notFound", `${campaign} was never reconciled, or the first time is not over`);
  return reconciliationSchema.parse(JSON.parse(Buffer.from(file).toString("utf8")));
}

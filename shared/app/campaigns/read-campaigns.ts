import type { PlanVersion } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";

type ReadDeps = Pick<Deps, "plans">;

/** Lowest number first. */
export async function listVersions(
  deps: ReadDeps,
  campaignId: string,
  request: PageRequest,
): Promise<Page<PlanVersion>> {
  await findCampaign(deps, campaignId);
  const versions = await deps.plans.versions(campaignId);
  return listPage(versions, ({ version }) => String(version), request);
}

/** @throws Refusal("notFound") */
export async function readVersion(deps: ReadDeps, campaignId: string, number: number): Promise<PlanVersion> {
  const version = await deps.plans.version(campaignId, number);
  if (!version) throw new Refusal("notFound", `there is no version ${number} of ${campaignId}`);
  return version;
}

import { type Campaign, PLAN_TEXT_BYTES_MAX, type PlanVersion } from "#domain/campaign.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";

/**
 * How a plan was written, with its comments. What counts is the plan: a text is kept beside it, changes no hash, and is told only while it
 * says what the plan says.
 */

type TextDeps = Pick<Deps, "plans">;

/**
 * After the campaign is saved with the draft that the text says: what saves first is told apart by its revision.
 *
 * @param text of the call whose body became the draft; undefined where it was no YAML. One that is too long is not kept
 */
export async function keepDraftText(
  { plans }: TextDeps,
  { id, revision, draft }: Pick<Campaign, "id" | "revision" | "draft">,
  text: string | undefined,
): Promise<void> {
  if (text === undefined || Buffer.byteLength(text) > PLAN_TEXT_BYTES_MAX) return;
  await plans.putDraftText({ campaign: id, revision, planHash: hashOf(draft), text });
}

/** undefined where the draft was not written as YAML, or was changed since in another way. */
export async function draftTextOf(
  { plans }: TextDeps,
  { id, draft }: Pick<Campaign, "id" | "draft">,
): Promise<string | undefined> {
  const kept = await plans.draftText(id);
  return kept?.planHash === hashOf(draft) ? kept.text : undefined;
}

/** The version's text is the draft's as it was when it was published, whatever is written later. */
export async function keepVersionText(
  deps: TextDeps,
  { campaign, version, plan }: Pick<PlanVersion, "campaign" | "version" | "plan">,
): Promise<void> {
  const text = await draftTextOf(deps, { id: campaign, draft: plan });
  if (text !== undefined) await deps.plans.addVersionText(campaign, version, text);
}

export async function versionTextOf(
  { plans }: TextDeps,
  { campaign, version }: Pick<PlanVersion, "campaign" | "version">,
): Promise<string | undefined> {
  return plans.versionText(campaign, version);
}

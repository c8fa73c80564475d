import type { Actor } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import { campaignChain } from "#domain/audit.ts";
import type { Campaign } from "#domain/campaign.ts";
import { Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { type AskDeps, askApproval, type DecideDeps } from "../approvals/ask.ts";
import { changedSince, keepRows, keptRows, progressOf, rowsHash, targetRowsSchema } from "../approvals/rows.ts";
import { audited } from "../audit/note.ts";
import { pendingIn } from "../crediting/pending.ts";
import { markEpoch, raiseEpoch } from "../crediting/raise-epoch.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { neededOf, neededProblem, organisationOnFile } from "./needed-targets.ts";

type LargeImport = Approval & { readonly content: ContentOf<"targets"> };

/** Asks a second person to take an import of targets that changes much. Bound to the rows and to what they replace. */
export async function askForTargets(
  deps: AskDeps & Pick<Deps, "files">,
  actor: Actor,
  campaign: string,
  { rows, removed }: { readonly rows: readonly Target[]; readonly removed: readonly Target[] },
  stored: ReadonlyMap<string, Target>,
): Promise<Approval> {
  const before = rows.flatMap((target) => stored.get(targetKey(target)) ?? []);
  const kept = { rows, before, ...(removed.length === 0 ? {} : { removed }) };
  const hash = rowsHash("targets", campaign, kept);
  await keepRows(deps, hash, kept);
  const counts = {
    added: rows.length - before.length,
    changed: before.length,
    ...(removed.length === 0 ? {} : { removed: removed.length }),
    onFile: stored.size,
  };
  const reason = `an import that changes ${rows.length + removed.length} targets of ${stored.size} on file`;
  return askApproval(deps, actor, { content: { kind: "targets", campaign, counts, rowsHash: hash }, hash, reason });
}

export async function requireTargetsAsShown(deps: DecideDeps, approval: LargeImport): Promise<void> {
  const kept = await keptRows(deps, approval, targetRowsSchema);
  const current = await deps.plans.targets(approval.content.campaign);
  if (progressOf(kept, current, targetKey) !== "as-shown") throw changedSince(approval.id);
  const { removed = [] } = kept;
  if (removed.length === 0) return;
  // A version may have come into force since that needs them.
  const campaign = await findCampaign(deps, approval.content.campaign);
  const needed = await neededOf(deps, campaign, await organisationOnFile(deps), removed);
  const problems = removed.flatMap((target) => neededProblem(target, needed, "/changes"));
  if (problems.length > 0) throw new Refusal("conflict", "the plan in force needs targets that would go", problems);
}

/** Writes what was approved, unless somebody else has changed one of these targets since; again, it changes nothing. */
export async function putApprovedTargets(deps: DecideDeps, actor: Actor, approval: LargeImport): Promise<void> {
  const { campaign } = approval.content;
  const revision = await deps.plans.targetsRevision(campaign);
  const kept = await keptRows(deps, approval, targetRowsSchema);
  const progress = progressOf(kept, await deps.plans.targets(campaign), targetKey);
  if (progress === "changed") throw changedSince(approval.id);
  const { rows, removed = [] } = kept;
  const put = progress === "done" ? undefined : () => writeTargets(deps, campaign, { rows, removed });
  const count = { targets: rows.length, removed: removed.length };
  await changeTargets(deps, actor, await findCampaign(deps, campaign), { ...count, revision, put });
}

/** Cut off in between, the next import finds which of them are left to do. */
export async function writeTargets(
  deps: Pick<Deps, "plans">,
  campaign: string,
  { rows, removed }: { readonly rows: readonly Target[]; readonly removed: readonly Target[] },
): Promise<void> {
  if (rows.length > 0) await deps.plans.putTargets(campaign, rows);
  if (removed.length > 0) await deps.plans.removeTargets(campaign, removed);
}

/** What an import of targets writes, and the revision of the targets that it was compared with. */
interface TargetsChange {
  readonly targets: number;
  readonly removed: number;
  readonly revision: number;
  /** undefined when the import says nothing new. */
  readonly put: (() => Promise<void>) | undefined;
}

/**
 * The revision of a campaign's targets is even while they are at rest and odd while an import writes, like the directory's: of two
 * imports that were compared with the same targets one is refused. The epoch is raised before and after: an import that dies in
 * between leaves an odd number and a rebuild due, and the next import, though it finds nothing new to write, finishes both.
 *
 * @throws Refusal("conflict") when another import was faster
 */
export async function changeTargets(
  deps: Pick<Deps, "plans" | "jobs" | "audit" | "clock">,
  actor: Actor,
  campaign: Campaign,
  { targets, removed, revision: seen, put }: TargetsChange,
): Promise<string[]> {
  // Targets say what is a threshold, and nothing of what a fact is worth: no credit changes.
  const change = { credits: "none", totals: "reaches", reason: "campaign.import-targets", by: actor.subject } as const;
  const raise = async () => ((await raiseEpoch(deps, campaign.id, change)) ? [campaign.id] : []);
  const isHalfDone = seen % 2 === 1;
  if (put === undefined && !isHalfDone) return pendingIn(campaign) === undefined ? [] : raise();
  let revision = seen;
  const step = async () => {
    revision += 1;
    if (!(await deps.plans.setTargetsRevision(campaign.id, revision))) throw anotherImport(campaign.id);
  };
  const detail = { targets: String(targets), ...(removed === 0 ? {} : { removed: String(removed) }) };
  const deed = { chain: campaignChain(campaign.id), action: "campaign.import-targets", subject: campaign.id, detail };
  return audited(deps, actor, deed, async () => {
    // A writer that comes after one that died takes a new odd number, so that two cannot both believe to be the only one.
    if (isHalfDone) await step();
    await step();
    await markEpoch(deps, campaign.id, change);
    await put?.();
    const rebuilding = await raise();
    await step();
    return rebuilding;
  });
}

function anotherImport(campaign: string): Refusal {
  return new Refusal(
    "conflict",
    `another import changed the targets of ${campaign} at the same time; import the same again`,
  );
}

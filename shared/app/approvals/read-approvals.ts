import type { Actor } from "#domain/actor.ts";
import {
  type Approval,
  type ApprovalKind,
  type ContentOf,
  DECIDERS,
  DIRECTORY_SCOPE,
  stateAt,
} from "#domain/approval.ts";
import type { PlanVersion } from "#domain/campaign.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { Refusal } from "#domain/problem.ts";
import type { Run } from "#domain/run.ts";
import { targetKey } from "#domain/target.ts";
import { compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { requireRun } from "../settlement/run-record.ts";
import { findDecided } from "./decide.ts";
import { type Difference, documentDifferences, removedRows, rowDifferences } from "./differences.ts";
import { inSightOf } from "./mask-impact.ts";
import { keptRows, peopleRowsSchema, targetRowsSchema } from "./rows.ts";

type ReadDeps = Pick<Deps, "approvals" | "plans" | "ledger" | "clock">;

/** What waits, or waited, for a second person: a request, or a run. */
export type Item =
  | { readonly kind: "request"; readonly approval: Approval; readonly mayDecide: boolean }
  | { readonly kind: "run"; readonly run: Run; readonly makers: readonly string[]; readonly mayDecide: boolean };

/** `toDecide`: what waits and the actor may decide · `requested`: what they asked for · `all`: what they may see. */
export type Whose = "toDecide" | "requested" | "all";

export async function listApprovals(
  deps: ReadDeps,
  actor: Actor,
  whose: Whose,
  request: PageRequest,
): Promise<Page<Item>> {
  const items = await itemsOf(deps, actor);
  const listed = items.filter((item) => {
    if (whose === "toDecide") return item.mayDecide;
    return whose === "all" || makerOf(item) === actor.subject;
  });
  return listPage(
    listed.sort((a, b) => compareText(idOf(a), idOf(b))),
    idOf,
    request,
  );
}

/** Decimal texts in the plan's currency; without a total when a reward has no bound. */
export interface MostPaid {
  readonly bounded: string;
  readonly total?: string;
}

/** One of them with what it would change, at most `most` places of it. */
export interface ShownItem {
  readonly item: Item;
  readonly changes: readonly Difference[];
  /** Changes that are not listed. */
  readonly more: number;
  /** Of an activation: what the plan can cost at most. */
  readonly maximumLiability?: { readonly before?: MostPaid; readonly after: MostPaid };
}

/** Rows and places that are listed; the counts tell of all. */
const CHANGES_SHOWN = 200;

/** @throws Refusal `notFound`, `forbidden` for what is paid to people, where the actor's roles have no business with that */
export async function readApproval(
  deps: ReadDeps & Pick<Deps, "facts" | "files">,
  actor: Actor,
  id: string,
): Promise<ShownItem> {
  const found = await findDecided(deps, id);
  const item =
    "runId" in found
      ? await runItem(deps, actor, await requireRun(deps, found.campaign, found.runId))
      : requestItem(deps, actor, found.approval);
  if (!isSeen(actor, item)) {
    throw new Refusal("forbidden", `${id} is beyond what you may see`, [
      { code: "out-of-sight", path: "", message: "it says what a person is paid", seen: id },
    ]);
  }
  const changes = item.kind === "request" ? await changesOf(deps, item.approval) : [];
  const maximumLiability = item.kind === "request" ? await liabilityOf(deps, item.approval) : undefined;
  return {
    item,
    changes: changes.slice(0, CHANGES_SHOWN),
    more: Math.max(0, changes.length - CHANGES_SHOWN),
    ...(maximumLiability ? { maximumLiability } : {}),
  };
}

/** The two plans' bounds; the engine's part of it is loaded when an activation is looked at. */
async function liabilityOf(
  deps: Pick<Deps, "plans">,
  { content }: Approval,
): Promise<ShownItem["maximumLiability"] | undefined> {
  if (content.kind !== "activation") return undefined;
  const { mostPaid } = await import("../campaigns/most-paid.ts");
  const [before, after] = await versionsOf(deps, content);
  if (!after) return undefined;
  return { ...(before ? { before: mostPaid(before.plan) } : {}), after: mostPaid(after.plan) };
}

async function versionsOf(
  { plans }: Pick<Deps, "plans">,
  { campaign, inForce, version }: ContentOf<"activation">,
): Promise<[before: PlanVersion | undefined, after: PlanVersion | undefined]> {
  return Promise.all([
    inForce === undefined ? undefined : plans.version(campaign, inForce),
    plans.version(campaign, version),
  ]);
}

async function changesOf(deps: Pick<Deps, "facts" | "plans" | "files">, approval: Approval): Promise<Difference[]> {
  const { content } = approval;
  switch (content.kind) {
    case "activation": {
      const [before, after] = await versionsOf(deps, content);
      return documentDifferences(before?.plan, after?.plan);
    }
    case "lifecycle":
      return [{ path: "/conduct", after: canonicalJson(content.change) }];
    case "people": {
      const { before, rows } = await keptRows(deps, { ...approval, content }, peopleRowsSchema);
      return rowDifferences(before, rows, ({ participantId }) => participantId);
    }
    case "targets": {
      const { before, rows, removed = [] } = await keptRows(deps, { ...approval, content }, targetRowsSchema);
      return [...rowDifferences(before, rows, targetKey), ...removedRows(removed, targetKey)];
    }
    case "fact-correction": {
      const before = (await deps.facts.versions(content.fact)).filter(({ version }) => version < content.fact.version);
      return documentDifferences(before.at(-1), content.fact).filter(({ path }) => path !== "/recordedAt");
    }
    case "manual-adjustment":
      return [{ path: `${content.payee.kind} ${content.payee.id}, ${content.reward}`, after: content.amount }];
  }
}

async function itemsOf(deps: ReadDeps, actor: Actor): Promise<Item[]> {
  const items: Item[] = [];
  const add = (found: readonly Item[]) => items.push(...found.filter((item) => isSeen(actor, item)));
  const requests = async (scope: string) =>
    add((await deps.approvals.approvals(scope)).map((approval) => requestItem(deps, actor, approval)));
  await requests(DIRECTORY_SCOPE);
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<Deps["plans"]["campaigns"]>> = await deps.plans.campaigns({ limit: 100, cursor });
    for (const { id, activeVersion } of page.items) {
      await requests(id);
      if (activeVersion === undefined) continue;
      const runs = (await deps.ledger.runs(id)).filter(({ state }) => state === "awaitingApproval");
      add(await Promise.all(runs.map((run) => runItem(deps, actor, run))));
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

function requestItem({ clock }: Pick<Deps, "clock">, actor: Actor, stored: Approval): Item {
  const approval = inSightOf(actor, { ...stored, state: stateAt(stored, clock.now()) });
  const mayDecide =
    approval.state === "waiting" &&
    !approval.makers.includes(actor.subject) &&
    DECIDERS[approval.content.kind].some((role) => actor.roles.includes(role));
  return { kind: "request", approval, mayDecide };
}

async function runItem(deps: Pick<Deps, "plans">, actor: Actor, run: Run): Promise<Item> {
  const version = await deps.plans.version(run.campaign, run.planVersion);
  const makers = [...new Set([run.submittedBy, ...(version ? [version.publishedBy] : [])])];
  const mayDecide =
    run.state === "awaitingApproval" && actor.roles.includes("approver") && !makers.includes(actor.subject);
  return { kind: "run", run, makers, mayDecide };
}

/** What is asked for about one person's pay. */
const PAY_KINDS: readonly ApprovalKind[] = ["manual-adjustment", "fact-correction"];

/** Who runs the platform has no business with what a person is paid. */
function isSeen(actor: Actor, item: Item): boolean {
  const isPay = item.kind === "run" || PAY_KINDS.includes(item.approval.content.kind);
  return !isPay || actor.roles.some((role) => role === "approver" || role === "marketing" || role === "auditor");
}

function idOf(item: Item): string {
  return item.kind === "run" ? item.run.runId : item.approval.id;
}

function makerOf(item: Item): string {
  return item.kind === "run" ? item.run.submittedBy : item.approval.requestedBy;
}

/** Those of a campaign that were asked for by hand, whatever became of them, by id. @throws Refusal("notFound") */
export async function listAdjustments(
  deps: ReadDeps,
  actor: Actor,
  campaignId: string,
  request: PageRequest,
): Promise<Page<Item>> {
  await findCampaign(deps, campaignId);
  const requests = (await deps.approvals.approvals(campaignId)).filter(
    ({ content }) => content.kind === "manual-adjustment",
  );
  return listPage(
    requests.map((approval) => requestItem(deps, actor, approval)),
    idOf,
    request,
  );
}

import type { Actor } from "#domain/actor.ts";
import type { Source } from "#domain/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import { Refusal } from "#domain/problem.ts";
import type { HeldFact } from "#domain/progress.ts";
import { compareText } from "#domain/text.ts";
import type { FactConflict, RejectedMessage, UnreadableDelivery } from "#ports/fact-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { requireSource } from "../access.ts";
import type { Deps } from "../deps.ts";
import { listPage } from "../list-page.ts";

export interface FactHistory extends FactId {
  /** Lowest first; the highest is the fact's state. */
  readonly versions: readonly Fact[];
}

/** @throws Refusal `forbidden`, `notFound` */
export async function readFact(deps: Pick<Deps, "facts">, actor: Actor, id: FactId): Promise<FactHistory> {
  requireSource(actor, id.source);
  const versions = await deps.facts.versions(id);
  if (versions.length === 0) throw new Refusal("notFound", `there is no fact ${factKey(id)}`);
  return { source: id.source, externalId: id.externalId, versions };
}

export function listHeldFacts(deps: Pick<Deps, "derived">, request: PageRequest): Promise<Page<HeldFact>> {
  return deps.derived.held(request);
}

export async function listConflicts(
  deps: Pick<Deps, "facts" | "plans">,
  actor: Actor,
  source: string,
  request: PageRequest,
): Promise<Page<FactConflict>> {
  await requireKnownSource(deps, actor, source);
  return deps.facts.conflicts(source, request);
}

export async function listUnreadable(
  deps: Pick<Deps, "facts" | "plans">,
  actor: Actor,
  source: string,
  request: PageRequest,
): Promise<Page<UnreadableDelivery>> {
  await requireKnownSource(deps, actor, source);
  return deps.facts.unreadable(source, request);
}

export async function listRejected(
  deps: Pick<Deps, "facts" | "plans">,
  actor: Actor,
  source: string,
  request: PageRequest,
): Promise<Page<RejectedMessage>> {
  await requireKnownSource(deps, actor, source);
  return deps.facts.rejected(source, request);
}

export async function listSources(deps: Pick<Deps, "plans">, request: PageRequest): Promise<Page<Source>> {
  const sources = (await deps.plans.sources()).sort((a, b) => compareText(a.source, b.source));
  return listPage(sources, ({ source }) => source, request);
}

async function requireKnownSource(deps: Pick<Deps, "plans">, actor: Actor, source: string): Promise<void> {
  requireSource(actor, source);
  if (!(await deps.plans.source(source))) throw new Refusal("notFound", `there is no source ${source}`);
}

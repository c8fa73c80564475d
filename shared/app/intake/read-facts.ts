import { type Actor, seesWholeCompany } from "#domain/actor.ts";
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
import { inParallel } from "../parallel.ts";

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

/** An integrator sees those of their own sources. */
export async function listHeldFacts(
  deps: Pick<Deps, "derived">,
  actor: Actor,
  request: PageRequest,
): Promise<Page<HeldFact>> {
  const { items, ...page } = await deps.derived.held(request);
  return { ...page, items: items.filter(({ source }) => seesSource(actor, source)) };
}

/** A message that contradicts what is stored, with what stands, and how far the fact has come since. */
export interface ShownConflict extends FactConflict {
  readonly stored?: Fact;
  readonly newest?: number;
}

const FACTS_AT_ONCE = 16;

export async function listConflicts(
  deps: Pick<Deps, "facts" | "plans">,
  actor: Actor,
  source: string,
  request: PageRequest,
): Promise<Page<ShownConflict>> {
  await requireKnownSource(deps, actor, source);
  const { items, ...page } = await deps.facts.conflicts(source, request);
  const shown = await inParallel(FACTS_AT_ONCE, items, async (conflict): Promise<ShownConflict> => {
    const versions = await deps.facts.versions(conflict.fact);
    const stored = versions.find(({ version }) => version === conflict.fact.version);
    const newest = versions.at(-1)?.version;
    return { ...conflict, ...(stored ? { stored } : {}), ...(newest === undefined ? {} : { newest }) };
  });
  return { ...page, items: shown };
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

/** An integrator sees their own. */
export async function listSources(
  deps: Pick<Deps, "plans">,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Source>> {
  const sources = (await deps.plans.sources())
    .filter(({ source }) => seesSource(actor, source))
    .sort((a, b) => compareText(a.source, b.source));
  return listPage(sources, ({ source }) => source, request);
}

function seesSource(actor: Actor, source: string): boolean {
  return seesWholeCompany(actor) || actor.sources.includes(source);
}

async function requireKnownSource(deps: Pick<Deps, "plans">, actor: Actor, source: string): Promise<void> {
  requireSource(actor, source);
  if (!(await deps.plans.source(source))) throw new Refusal("notFound", `there is no source ${source}`);
}

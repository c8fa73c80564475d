import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { comparable, compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Person } from "#ports/plan-store.ts";
import { campaignSight, directorySight, requireSight, type Sight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { inParallel } from "../parallel.ts";

type ReadDeps = Pick<Deps, "plans">;

const LOOKUPS_AT_ONCE = 16;

/**
 * By unit id; a branch manager's own units with all below.
 *
 * @param countedOn a day: with how many people belong to each unit itself then
 */
export async function listUnits(
  deps: ReadDeps,
  actor: Actor,
  { countedOn, ...request }: PageRequest & { readonly countedOn?: string | undefined },
): Promise<Page<OrgUnit & { readonly people?: number }>> {
  const sight = directorySight(deps, actor);
  const units = (await deps.plans.units()).sort((a, b) => compareText(a.unit, b.unit));
  const seen = await sight.filter(units, ({ unit }) => ({ kind: "unit", id: unit }));
  const page = listPage(seen, ({ unit }) => unit, request);
  if (countedOn === undefined) return page;
  const counts = await peopleOf(deps, countedOn);
  return { ...page, items: page.items.map((unit) => ({ ...unit, people: counts.get(unit.unit) ?? 0 })) };
}

async function peopleOf(deps: ReadDeps, day: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { memberships } of await deps.plans.allPeople()) {
    const unit = memberships.find((membership) => isInForce(membership, day))?.unit;
    if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return counts;
}

/** ISO days in the company's zone are in order as texts. */
function isInForce({ from, to }: Membership, day: string): boolean {
  return (from === null || from <= day) && (to === null || day < to);
}

export interface PeopleFilter {
  /** Part of an id or of a name. */
  readonly q?: string | undefined;
  /** This unit or one below it. */
  readonly unit?: string | undefined;
  /** A day on which they belong there, or anywhere. */
  readonly on?: string | undefined;
}

/** A branch manager sees the memberships in their own units. With a filter the whole directory is read, and listed by id. */
export async function listPeople(
  deps: ReadDeps,
  actor: Actor,
  { q, unit, on, ...request }: PageRequest & PeopleFilter,
): Promise<Page<Person>> {
  const isFiltered = q !== undefined || unit !== undefined || on !== undefined;
  const page = isFiltered ? await findPeople(deps, { q, unit, on }, request) : await deps.plans.people(request);
  if (seesWholeCompany(actor)) return page;
  const sight = directorySight(deps, actor);
  const people = await inParallel(LOOKUPS_AT_ONCE, page.items, (person) => inSight(sight, person));
  return { ...page, items: people.filter(({ memberships }) => memberships.length > 0) };
}

async function findPeople(deps: ReadDeps, { q, unit, on }: PeopleFilter, request: PageRequest): Promise<Page<Person>> {
  const [people, units] = await Promise.all([deps.plans.allPeople(), deps.plans.units()]);
  const directory = new Directory(units, [], "UTC");
  const sought = q === undefined ? "" : comparable(q);
  const belongs = (membership: Membership) =>
    (unit === undefined || directory.isWithin(membership.unit, unit)) &&
    (on === undefined || isInForce(membership, on));
  const found = people.filter(
    ({ participantId, memberships }) =>
      ((unit === undefined && on === undefined) || memberships.some(belongs)) &&
      [participantId, ...memberships.map(({ name }) => name)].some((text) => comparable(text).includes(sought)),
  );
  return listPage(
    found.sort((a, b) => compareText(a.participantId, b.participantId)),
    ({ participantId }) => participantId,
    request,
  );
}

/** @throws Refusal `notFound`, `forbidden` */
export async function readPerson(deps: ReadDeps, actor: Actor, participantId: string): Promise<Person> {
  const sight = directorySight(deps, actor);
  const person = await deps.plans.person(participantId);
  if (person === undefined && seesWholeCompany(actor)) {
    throw new Refusal("notFound", `there is no participant ${participantId}`);
  }
  await requireSight(sight, { kind: "participant", id: participantId });
  return person === undefined ? { participantId, memberships: [] } : inSight(sight, person);
}

/** What the actor may know of a person: the memberships in units they see. */
async function inSight(sight: Sight, person: Person): Promise<Person> {
  const memberships = await sight.filter(person.memberships, ({ unit }) => ({ kind: "unit", id: unit }));
  return { ...person, memberships };
}

/** By subject, measure and label; with the revision of the targets, or one before it: then an edit of them is refused. */
export async function listTargets(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  campaignId: string,
  request: PageRequest,
): Promise<Page<Target> & { readonly revision: number }> {
  const campaign = await findCampaign(deps, campaignId);
  const revision = await deps.plans.targetsRevision(campaignId);
  const [targets, units] = await Promise.all([deps.plans.targets(campaignId), deps.plans.units()]);
  const unitIds = new Set(units.map(({ unit }) => unit));
  const page = listPage(
    targets.sort((a, b) => compareText(targetKey(a), targetKey(b))),
    targetKey,
    request,
  );
  const items = await campaignSight(deps, actor, campaign).filter(page.items, ({ subject }) => ({
    kind: unitIds.has(subject) ? "unit" : "participant",
    id: subject,
  }));
  return { ...page, items, revision };
}

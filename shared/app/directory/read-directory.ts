import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { type Target, targetKey } from "#domain/target.ts";
import { compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Person } from "#ports/plan-store.ts";
import { campaignSight, directorySight, requireSight, type Sight } from "../access.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { listPage } from "../list-page.ts";
import { inParallel } from "../parallel.ts";

type ReadDeps = Pick<Deps, "plans">;

const LOOKUPS_AT_ONCE = 16;

/** By unit id; a branch manager's own units with all below. */
export async function listUnits(deps: ReadDeps, actor: Actor, request: PageRequest): Promise<Page<OrgUnit>> {
  const sight = directorySight(deps, actor);
  const units = (await deps.plans.units()).sort((a, b) => compareText(a.unit, b.unit));
  const seen = await sight.filter(units, ({ unit }) => ({ kind: "unit", id: unit }));
  return listPage(seen, ({ unit }) => unit, request);
}

export async function listPeople(deps: ReadDeps, actor: Actor, request: PageRequest): Promise<Page<Person>> {
  const page = await deps.plans.people(request);
  if (seesWholeCompany(actor)) return page;
  const sight = directorySight(deps, actor);
  const people = await inParallel(LOOKUPS_AT_ONCE, page.items, (person) => inSight(sight, person));
  return { ...page, items: people.filter(({ memberships }) => memberships.length > 0) };
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

/** By subject, measure and label. */
export async function listTargets(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  campaignId: string,
  request: PageRequest,
): Promise<Page<Target>> {
  const campaign = await findCampaign(deps, campaignId);
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
  return { ...page, items };
}

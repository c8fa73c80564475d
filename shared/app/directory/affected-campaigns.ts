import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Affected } from "#domain/rebuild.ts";
import { startOfDay } from "#domain/time.ts";
import type { Person } from "#ports/plan-store.ts";
import type { Change } from "../crediting/pending.ts";

/** What an import changes: of people their whole history, of the organisation the units named. */
export interface DirectoryChange {
  readonly people?: readonly { readonly before: Person | undefined; readonly after: Person }[];
  readonly units?: UnitChange;
}

export interface UnitChange {
  readonly before: readonly OrgUnit[];
  readonly after: readonly OrgUnit[];
  /** Everybody on file: who belongs to a unit that moved. */
  readonly people: readonly Person[];
}

type Affection = Pick<Change, "credits" | "totals"> & {
  readonly who: readonly Affected[];
  readonly onlyWithFacts: boolean;
};

/**
 * What a change of people or organisation means to a campaign; undefined: nothing that it can see has changed. It sees people by
 * their memberships from its start to the end of what follows it up, and whether they are on file at all; of the organisation the tree.
 */
export function affectionOf(change: DirectoryChange, plan: Plan): Affection | undefined {
  const ofPeople = (change.people ?? []).flatMap((one) => personAffected(one.before, one.after, plan) ?? []);
  const ofUnits = change.units ? unitsAffected(change.units, plan) : undefined;
  if (ofPeople.length === 0 && !ofUnits) return undefined;
  const who = [...ofPeople.map(({ affected }) => affected), ...(ofUnits?.who ?? [])];
  return {
    credits: who.length > 0 ? "people" : "none",
    totals: ofUnits?.isMoved && who.length > 0 ? "all" : who.length > 0 ? "people" : "reaches",
    who,
    onlyWithFacts: !ofUnits && ofPeople.every(({ isIn }) => !isIn),
  };
}

interface PersonAffected {
  readonly affected: Affected;
  /** They belong to a unit in the campaign's days, or did: it can pay them though they sold nothing. */
  readonly isIn: boolean;
}

function personAffected(before: Person | undefined, after: Person, plan: Plan): PersonAffected | undefined {
  const seen = [before, after].map((person) => seenBy(plan, person?.memberships ?? []));
  const isNew = (before?.memberships.length ?? 0) === 0;
  if (!isNew && seen[0] === seen[1]) return undefined;
  const units = [...(before?.memberships ?? []), ...after.memberships].map(({ unit }) => unit);
  // What was told of a unit of this name is told of the person from now on.
  const leaves = [...new Set(isNew ? [...units, after.participantId] : units)].sort();
  return { affected: { id: after.participantId, leaves }, isIn: seen[0] !== seen[1] };
}

/** A history as the campaign sees it: who it is at any instant of its days. */
function seenBy(plan: Plan, memberships: readonly Membership[]): string {
  const { start, followUpEnd } = planInstants(plan);
  const { zone } = plan.period;
  const stretches = memberships
    .map(({ unit, role, from, to }) => ({
      unit,
      role,
      start: Math.max(start, from === null ? start : (startOfDay(from, zone) ?? start)),
      end: Math.min(followUpEnd, to === null ? followUpEnd : (startOfDay(to, zone) ?? followUpEnd)),
    }))
    .filter((stretch) => stretch.start < stretch.end)
    .sort((a, b) => a.start - b.start);
  return JSON.stringify(stretches);
}

interface UnitsAffected {
  readonly who: readonly Affected[];
  /** The tree is another one. */
  readonly isMoved: boolean;
}

/** Facts are credited by the units that a plan's audience names, with what lies below; everything else of the tree is totals. */
function unitsAffected({ before, after, people }: UnitChange, plan: Plan): UnitsAffected | undefined {
  const known = new Map(before.map((unit) => [unit.unit, unit]));
  const fresh = after.filter(({ unit }) => !known.has(unit)).map(({ unit }) => unit);
  const moved = after
    .filter(({ unit, parent, level }) => {
      const old = known.get(unit);
      return old !== undefined && (old.parent !== parent || old.level !== level);
    })
    .map(({ unit }) => unit);
  if (fresh.length === 0 && moved.length === 0) return undefined;
  // What was told of a unit that nobody knew is held until it is there.
  const who = new Map(fresh.map((unit): [string, Affected] => [unit, { id: unit, leaves: [unit] }]));
  const isMoved = moved.length > 0;
  if (!plan.audience.units) return { who: [...who.values()], isMoved };
  const trees = [before, after].map((units) => new Directory(units, [], plan.period.zone));
  const isBelow = (unit: string) => moved.some((root) => trees.some((tree) => tree.isWithin(unit, root)));
  for (const { unit } of after) if (isBelow(unit)) who.set(unit, { id: unit, leaves: [unit] });
  for (const { participantId, memberships } of people) {
    const leaves = [...new Set(memberships.map(({ unit }) => unit))].sort();
    if (leaves.some(isBelow)) who.set(participantId, { id: participantId, leaves });
  }
  return { who: [...who.values()], isMoved };
}

/** More people than this are no longer some: reading all facts once is less work than keeping who they are. */
export const MOST_PEOPLE = 5_000;

/** The same as what is to be computed anew. */
export function changeFor(
  change: DirectoryChange,
  plan: Plan,
  because: Pick<Change, "reason" | "by" | "stillHolds">,
): Change | undefined {
  const affection = affectionOf(change, plan);
  if (!affection) return undefined;
  const { who, credits, totals, onlyWithFacts } = affection;
  if (who.length > MOST_PEOPLE) return { ...because, credits: "all", totals: "all", onlyWithFacts };
  return { ...because, credits, totals, who, onlyWithFacts };
}

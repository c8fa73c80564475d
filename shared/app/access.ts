import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import type { Payee } from "#domain/line.ts";
import { Directory, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "./deps.ts";
import { planInForce } from "./find-campaign.ts";
import { inParallel } from "./parallel.ts";

/**
 * What one actor may see inside the routes that their role opens. Company-wide roles see all; a branch manager their own
 * units with all below, and the people who belong there; a seller themself. Who has several roles sees what any of them sees.
 */
export interface Sight {
  seesUnit(unit: string): Promise<boolean>;
  sees(payee: Payee): Promise<boolean>;
  /** The items whose payee may be seen, in their order. */
  filter<T>(items: readonly T[], payeeOf: (item: T) => Payee): Promise<T[]>;
}

const LOOKUPS_AT_ONCE = 16;

/**
 * Sight inside a campaign: a person belongs to the unit of the membership in force now, or at the campaign's last instant once
 * it is over; who has none then is seen by company-wide roles only.
 */
export function campaignSight(deps: Pick<Deps, "plans" | "clock">, actor: Actor, campaign: Campaign): Sight {
  return campaignSights(deps, campaign)(actor);
}

/** The same of many actors, of whom each looks at what was read for the first. */
export function campaignSights(deps: Pick<Deps, "plans" | "clock">, campaign: Campaign): (actor: Actor) => Sight {
  let plan: Promise<Plan> | undefined;
  return sightsAt(deps, async (participantId, units) => {
    plan ??= planInForce(deps, campaign);
    const { period, lateFacts } = await plan;
    const at = Math.min(deps.clock.now(), lastInstant({ period, lateFacts }));
    const person = await deps.plans.person(participantId);
    const directory = new Directory(units, person?.memberships ?? [], period.zone);
    const membership = directory.membershipAt(participantId, at);
    return membership === undefined ? [] : [membership.unit];
  });
}

/** Sight of the directory itself: a person is seen where any of their memberships is. */
export function directorySight(deps: Pick<Deps, "plans">, actor: Actor): Sight {
  return sightsAt(deps, async (participantId) => {
    const person = await deps.plans.person(participantId);
    return (person?.memberships ?? []).map(({ unit }) => unit);
  })(actor);
}

type UnitsOf = (participantId: string, units: readonly OrgUnit[]) => Promise<readonly string[]>;

function sightsAt(deps: Pick<Deps, "plans">, unitsOf: UnitsOf): (actor: Actor) => Sight {
  let units: Promise<OrgUnit[]> | undefined;
  const loadUnits = () => {
    units ??= deps.plans.units();
    return units;
  };
  const homes = new Map<string, Promise<readonly string[]>>();
  const homesOf: UnitsOf = (participantId, all) => {
    const known = homes.get(participantId) ?? unitsOf(participantId, all);
    homes.set(participantId, known);
    return known;
  };
  return (actor) => sightAt(actor, loadUnits, homesOf);
}

function sightAt(actor: Actor, loadUnits: () => Promise<OrgUnit[]>, unitsOf: UnitsOf): Sight {
  const seesAll = seesWholeCompany(actor);
  const manages = actor.roles.includes("branch-manager");
  const seesUnit = async (unit: string) => {
    if (seesAll) return true;
    if (!manages) return false;
    const directory = new Directory(await loadUnits(), [], "UTC");
    return actor.units.some((own) => directory.isWithin(unit, own));
  };
  const sees = async (payee: Payee) => {
    if (seesAll) return true;
    if (payee.kind === "unit") return seesUnit(payee.id);
    if (actor.roles.includes("seller") && payee.id === actor.subject) return true;
    if (!manages) return false;
    for (const unit of await unitsOf(payee.id, await loadUnits())) if (await seesUnit(unit)) return true;
    return false;
  };
  return {
    seesUnit,
    sees,
    async filter(items, payeeOf) {
      if (seesAll) return [...items];
      const seen = await inParallel(LOOKUPS_AT_ONCE, items, (item) => sees(payeeOf(item)));
      return items.filter((_item, index) => seen[index] === true);
    },
  };
}

/** A draft's period may be no period yet; nothing has been computed then, and now is the only instant there is. */
function lastInstant(plan: Pick<Plan, "period" | "lateFacts">): number {
  try {
    return planInstants(plan).last;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** @throws Refusal("forbidden") unless the payee may be seen */
export async function requireSight(sight: Sight, payee: Payee): Promise<void> {
  if (await sight.sees(payee)) return;
  throw outOfSight(`${payee.kind} ${payee.id}`);
}

/** @throws Refusal("forbidden") unless the actor reads every source, or this one is in their token */
export function requireSource(actor: Actor, source: string): void {
  if (!seesWholeCompany(actor) && !actor.sources.includes(source)) throw outOfSight(`source ${source}`);
}

function outOfSight(what: string): Refusal {
  return new Refusal("forbidden", `${what} is beyond what you may see`, [
    {
      code: "out-of-sight",
      path: "",
      message: "your token does not name it",
      seen: what,
      mend: "ask an administrator to add it to your units or sources",
    },
  ]);
}

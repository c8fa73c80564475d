import { type Actor, seesWholeCompany } from "#domain/actor.ts";
import type { Campaign } from "#domain/campaign.ts";
import { planInEffect } from "#domain/conduct.ts";
import { Directory, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/instants.ts";
import type { Plan } from "#domain/plan/plan.ts";
import type { Person } from "#ports/plan-store.ts";
import type { Deps } from "../deps.ts";

type PlansDeps = Pick<Deps, "plans">;

/** Versions never change: those that were asked for last are kept. */
export class PlansInForce {
  readonly #most: number;
  readonly #kept = new Map<string, Promise<Plan | undefined>>();

  constructor(most = 200) {
    this.#most = most;
  }

  /** The plan that a campaign runs by; undefined before a version of it is active. */
  async of({ plans }: PlansDeps, { id, activeVersion, conduct }: Campaign): Promise<Plan | undefined> {
    if (activeVersion === undefined) return undefined;
    const mark = `${id}#${activeVersion}`;
    const plan = this.#kept.get(mark) ?? plans.version(id, activeVersion).then((version) => version?.plan);
    // As the newest of those that are kept. What failed is asked for again.
    this.#kept.delete(mark);
    this.#kept.set(mark, plan);
    plan.catch(() => this.#kept.delete(mark));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    const known = await plan;
    return known && planInEffect(known, conduct);
  }
}

/**
 * In which campaigns somebody takes part. Company-wide roles in all; a seller where they are in the audience; a branch manager where a
 * unit of theirs is. Who has several roles takes part where any of them does. People and units are read once, when first asked.
 */
export class Participation {
  readonly #deps: PlansDeps;
  readonly #actor: Actor;
  #units: Promise<OrgUnit[]> | undefined;
  #person: Promise<Person | undefined> | undefined;

  constructor(deps: PlansDeps, actor: Actor) {
    this.#deps = deps;
    this.#actor = actor;
  }

  async takesPart(plan: Plan): Promise<boolean> {
    const { roles } = this.#actor;
    if (seesWholeCompany(this.#actor)) return true;
    if (roles.includes("branch-manager") && (await this.#hasUnitIn(plan))) return true;
    return roles.includes("seller") && (await this.#sellsIn(plan));
  }

  async #hasUnitIn({ audience: { units } }: Plan): Promise<boolean> {
    const directory = new Directory(await this.#allUnits(), [], "UTC");
    const own = this.#actor.units.filter((unit) => directory.unit(unit) !== undefined);
    if (units === undefined) return own.length > 0;
    return own.some((unit) => units.some((root) => directory.isWithin(root, unit) || directory.isWithin(unit, root)));
  }

  /** As the engine judges sales: by where and as what they were in the period, or at its end. */
  async #sellsIn({ audience, ...plan }: Plan): Promise<boolean> {
    this.#person ??= this.#deps.plans.person(this.#actor.subject);
    const person = await this.#person;
    if (person === undefined) return false;
    const { zone } = plan.period;
    const { start, end, last } = planInstants(plan);
    const isOpen = audience.units === undefined && audience.roles === undefined;
    // Where no audience is named everybody on file counts, also who left: whoever came before the end.
    const from = isOpen ? Number.NEGATIVE_INFINITY : audience.membership === "periodEnd" ? last : start;
    const directory = new Directory(await this.#allUnits(), [], zone);
    return person.memberships.some((membership) => {
      const then = new Directory([], [membership], zone).unitsDuring(person.participantId, from, end);
      const inUnits = audience.units?.some((root) => directory.isWithin(membership.unit, root)) ?? true;
      return then.units.length > 0 && inUnits && (audience.roles?.includes(membership.role) ?? true);
    });
  }

  #allUnits(): Promise<OrgUnit[]> {
    this.#units ??= this.#deps.plans.units();
    return this.#units;
  }
}

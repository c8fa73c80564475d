import type { Bundle } from "#domain/bundle.ts";
import { startOfDay } from "#domain/time.ts";
import { order } from "./exact.ts";

export interface Post {
  readonly participantId: string;
  readonly unit: string;
  readonly role: string;
}

/** Who was where, and what lies above. */
export class Whereabouts {
  readonly people: readonly string[];
  readonly #posts = new Map<string, (Post & { readonly since: number; readonly until: number })[]>();
  readonly #units: ReadonlyMap<string, Bundle["units"][number]>;

  constructor({ units, memberships, plan }: Pick<Bundle, "units" | "memberships" | "plan">) {
    this.#units = new Map(units.map((unit) => [unit.unit, unit]));
    for (const { participantId, unit, role, from, to } of memberships) {
      const since = from === null ? -Infinity : (startOfDay(from, plan.period.zone) ?? Number.NaN);
      const until = to === null ? Infinity : (startOfDay(to, plan.period.zone) ?? Number.NaN);
      const posts = this.#posts.get(participantId) ?? [];
      posts.push({ participantId, unit, role, since, until });
      this.#posts.set(participantId, posts);
    }
    this.people = [...this.#posts.keys()].sort(order);
  }

  isOnFile(participantId: string): boolean {
    return this.#posts.has(participantId);
  }

  post(participantId: string, instant: number): Post | undefined {
    return this.#posts.get(participantId)?.find(({ since, until }) => since <= instant && instant < until);
  }

  /** The unit, its parent, and so on. */
  chain(unit: string): string[] {
    const chain: string[] = [];
    for (let at = this.#units.get(unit); at; at = at.parent === null ? undefined : this.#units.get(at.parent)) {
      chain.push(at.unit);
    }
    return chain;
  }

  isInside(unit: string, outer: string): boolean {
    return this.chain(unit).includes(outer);
  }

  above(unit: string, level: string): string | undefined {
    return this.chain(unit).find((id) => this.#units.get(id)?.level === level);
  }

  unitsOf(level: string): string[] {
    return [...this.#units.values()].filter((unit) => unit.level === level).map(({ unit }) => unit);
  }
}

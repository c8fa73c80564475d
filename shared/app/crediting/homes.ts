import type { Place } from "#domain/progress.ts";
import { NO_LEAF } from "#engine/credit.ts";
import type { Rules } from "#engine/rules.ts";
import type { LiveCampaign } from "./live-rules.ts";
import { placeKey, placeOf } from "./place.ts";

/** Somebody who may have credits in other places than the one where they are at home. */
export interface Mover {
  readonly participantId: string;
  readonly elsewhere: readonly Place[];
}

/**
 * Where people are at home: in the place of the unit that they belong to at the period's last instant. Each has one home, however
 * many places they sold in, so that what boards keep of places can be put together without adding up people.
 */
export class Homes {
  readonly #live: LiveCampaign;
  readonly #movers = new Map<string, Mover[]>();

  private constructor(live: LiveCampaign) {
    this.#live = live;
    for (const participantId of live.rules.directory.participantIds()) {
      const home = this.homeOf(participantId);
      const elsewhere = this.placesOf(participantId).filter((place) => placeKey(place) !== placeKey(home));
      if (elsewhere.length === 0) continue;
      const movers = this.#movers.get(placeKey(home)) ?? [];
      movers.push({ participantId, elsewhere });
      this.#movers.set(placeKey(home), movers);
    }
  }

  /** Worked out once for compiled rules: a change of people, or of how they are spread, compiles them anew. */
  static of(live: LiveCampaign): Homes {
    const known = HOMES.get(live.rules) ?? new Homes(live);
    HOMES.set(live.rules, known);
    return known;
  }

  homeOf(participantId: string): Place {
    const { campaign, rules } = this.#live;
    const unit = rules.directory.membershipAt(participantId, rules.instants.last)?.unit;
    return placeOf(campaign, unit ?? NO_LEAF, participantId);
  }

  /** Everywhere that a credit of theirs can lie. */
  placesOf(participantId: string): Place[] {
    const { campaign, rules } = this.#live;
    const { start, end } = rules.instants;
    const { units, hasGap } = rules.directory.unitsDuring(participantId, start, end);
    const isOverlaid = rules.plan.crediting.overlays === "credited";
    const leaves = hasGap || isOverlaid ? [...units, NO_LEAF] : units;
    return leaves.map((leaf) => placeOf(campaign, leaf, participantId));
  }

  /** Those at home in a place who may have credits elsewhere, too. */
  moversAt(place: Place): readonly Mover[] {
    return this.#movers.get(placeKey(place)) ?? [];
  }
}

const HOMES = new WeakMap<Rules, Homes>();

import type { PlaceBoard, PlaceTotal } from "#domain/progress.ts";
import type { Standings } from "#engine/standings.ts";
import type { LiveCampaign, LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { boardsOf } from "./keep-place-boards.ts";
import { everybody } from "./people.ts";
import { peopleBoards } from "./place-board.ts";
import { unitStandings } from "./progress-standings.ts";

/** All that boards of a campaign are decided from. */
export interface Scene {
  readonly units: Standings;
  /** Of a reward that people compete for: the boards of their places. */
  readonly boardsOf: (reward: string) => readonly PlaceBoard[];
}

/**
 * Reads it. Of a campaign of many people workers keep the boards of places: they are read, and nobody's progress. Of others the
 * same is worked out here of all people at once, with nobody left out.
 */
export async function readScene(deps: Pick<Deps, "derived">, live: LiveCampaign): Promise<Scene> {
  const { campaign, rules } = live;
  const [totals, reaches] = await Promise.all([deps.derived.totals(campaign.id), deps.derived.reaches(campaign.id)]);
  const byReward = peopleBoards(rules).length === 0 ? [] : await placeBoards(deps, live, totals);
  return {
    units: unitStandings(rules, totals, reaches),
    boardsOf: (reward) => byReward.flatMap((boards) => boards[reward] ?? []),
  };
}

/** How long what was read of a campaign of many people is told to others who ask: boards are provisional anyway. */
const RECENT_MS = 5000;

/** Reads the scene of a campaign of many people once for all who ask within some seconds. */
export class RecentScenes {
  readonly liveRules: LiveRules;
  readonly #kept = new Map<string, { until: number; rules: LiveCampaign["rules"]; scene: Promise<Scene> }>();

  constructor(liveRules: LiveRules) {
    this.liveRules = liveRules;
  }

  readonly scene = (deps: Pick<Deps, "derived" | "clock">, live: LiveCampaign): Promise<Scene> => {
    const { id, spread } = live.campaign;
    if (!spread?.keepsBoards) return readScene(deps, live);
    const now = deps.clock.now();
    const kept = this.#kept.get(id);
    if (kept && now < kept.until && kept.rules === live.rules) return kept.scene;
    const scene = readScene(deps, live);
    this.#kept.set(id, { until: now + RECENT_MS, rules: live.rules, scene });
    // What failed is asked for again.
    scene.catch(() => this.#kept.delete(id));
    return scene;
  };
}

async function placeBoards(
  deps: Pick<Deps, "derived">,
  live: LiveCampaign,
  totals: readonly PlaceTotal[],
): Promise<Record<string, PlaceBoard>[]> {
  if (live.campaign.spread?.keepsBoards) {
    return (await deps.derived.allPlaceBoards(live.campaign.id)).map(({ boards }) => boards);
  }
  const places = totals.map(({ place }) => place);
  return [boardsOf(live, await everybody(deps, live, places), Number.POSITIVE_INFINITY)];
}

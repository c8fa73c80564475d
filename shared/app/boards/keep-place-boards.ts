import type { Place, PlaceBoard, PlaceBoards } from "#domain/progress.ts";
import { setFromSources } from "../crediting/from-sources.ts";
import type { LiveCampaign } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { peopleAtHome } from "./people.ts";
import { MOST_BEST, peopleBoards, placeBoard } from "./place-board.ts";
import type { Person } from "./progress-standings.ts";

type KeepDeps = Pick<Deps, "derived">;

/** Brings the boards of those at home in a place up to date. */
export async function keepPlaceBoards(
  deps: KeepDeps,
  live: LiveCampaign,
  place: Place,
  most = MOST_BEST,
): Promise<void> {
  const rewards = peopleBoards(live.rules);
  if (rewards.length === 0) return;
  await setFromSources<PlaceBoards>({
    read: () => deps.derived.placeBoards(live.campaign.id, place),
    compute: async (seq) => {
      const boards = boardsOf(live, await peopleAtHome(deps, live, place), most);
      return { campaign: live.campaign.id, place, seq, boards };
    },
    write: (boards) => deps.derived.setPlaceBoards(boards),
  });
}

/** By reward. */
export function boardsOf({ rules }: LiveCampaign, people: readonly Person[], most: number): Record<string, PlaceBoard> {
  return Object.fromEntries(peopleBoards(rules).map((reward) => [reward.id, placeBoard(rules, people, reward, most)]));
}

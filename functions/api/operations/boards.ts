import { boardRoutes as routes } from "#contracts/routes/boards.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { once } from "../../_kit/once.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { asksForFile, fileReply } from "../exports.ts";
import { itself, pageView } from "../pages.ts";

/** Boards are decided by the engine, which nearly nothing else here needs: it is loaded with the first of them. */
export function boardOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  // Everybody who sells may look at once: compiled rules, and what was read of a large campaign, serve them all for a moment.
  const shared = once(async () => {
    const [{ RecentScenes }, { LiveRules }] = await Promise.all([
      import("#app/boards/scene.ts"),
      import("#app/crediting/live-rules.ts"),
    ]);
    return new RecentScenes(new LiveRules());
  });

  return {
    getBoards: operation(routes.getBoards, async ({ actor, params, query }) => {
      const { readBoardsInSight } = await import("#app/boards/read-boards-in-sight.ts");
      const boards = await readBoardsInSight(deps, actor, params.campaign);
      if (!asksForFile(query)) return { json: boards };
      return fileReply(`boards-${params.campaign}`, query, (tables, options) => tables.boardsFile(boards, options));
    }),

    getBoardPlace: operation(routes.getBoardPlace, async ({ actor, params }) => {
      const { readOwnPlace } = await import("#app/boards/read-own-place.ts");
      const { campaign, board, participant } = params;
      return { json: await readOwnPlace(deps, actor, { campaign, board, participantId: participant }, await shared()) };
    }),

    getTrend: operation(routes.getTrend, async ({ actor, params: { campaign, participant } }) => {
      const { readTrend } = await import("#app/boards/read-trend.ts");
      const { liveRules } = await shared();
      return { json: await readTrend(deps, actor, { campaign, participantId: participant }, liveRules) };
    }),

    listUnitStandings: operation(routes.listUnitStandings, async ({ actor, params: { campaign }, query }) => {
      const { listUnitStandings } = await import("#app/boards/list-unit-standings.ts");
      const { liveRules } = await shared();
      return { json: pageView(await listUnitStandings(deps, actor, campaign, query, liveRules), itself) };
    }),

    getUnitTrend: operation(routes.getUnitTrend, async ({ actor, params }) => {
      const { readUnitTrend } = await import("#app/boards/read-unit-trend.ts");
      const { liveRules } = await shared();
      return { json: await readUnitTrend(deps, actor, params, { liveRules }) };
    }),
  };
}

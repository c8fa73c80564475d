import { approveRun, rejectRun } from "#app/settlement/decide-run.ts";
import { listPayouts, listPostings } from "#app/settlement/read-ledger.ts";
import {
  listComponents,
  listHeld,
  listLines,
  listNotAwarded,
  listRuns,
  type PayoutFileFormat,
  readPayoutFile,
  readRun,
} from "#app/settlement/read-runs.ts";
import { requestRun } from "#app/settlement/request-run.ts";
import { boardRoutes } from "#contracts/routes/boards.ts";
import { runRoutes } from "#contracts/routes/runs.ts";
import type { Run } from "#domain/run.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { itself, pageView } from "../pages.ts";

const routes = { ...runRoutes, ...boardRoutes };

const FILE_TYPES: Readonly<Record<PayoutFileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Boards are decided by the engine, which nothing else here needs: it is loaded with the first of them. */
export function runOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    getBoards: operation(routes.getBoards, async ({ actor, params }) => {
      const { readBoardsInSight } = await import("#app/boards/read-boards-in-sight.ts");
      return { json: await readBoardsInSight(deps, actor, params.campaign) };
    }),

    requestRun: operation(routes.requestRun, async ({ actor, params, body }) => {
      const run = await requestRun(deps, actor, params.campaign, body.kind);
      return { json: runView(run), location: `/v1/campaigns/${run.campaign}/runs/${encodeURIComponent(run.runId)}` };
    }),

    listRuns: operation(routes.listRuns, async ({ params, query }) => ({
      json: pageView(await listRuns(deps, params.campaign, query), runView),
    })),

    getRun: operation(routes.getRun, async ({ params }) => ({
      json: runView(await readRun(deps, params.campaign, params.runId)),
    })),

    listLines: operation(routes.listLines, async ({ actor, params, query }) => ({
      json: pageView(await listLines(deps, actor, params.campaign, params.runId, query), itself),
    })),

    listNotAwarded: operation(routes.listNotAwarded, async ({ actor, params, query }) => ({
      json: pageView(await listNotAwarded(deps, actor, params.campaign, params.runId, query), itself),
    })),

    listHeld: operation(routes.listHeld, async ({ actor, params, query }) => ({
      json: pageView(await listHeld(deps, actor, params.campaign, params.runId, query), itself),
    })),

    listComponents: operation(routes.listComponents, async ({ actor, params, query }) => ({
      json: pageView(await listComponents(deps, actor, params.campaign, params.runId, query), itself),
    })),

    approveRun: operation(routes.approveRun, async ({ actor, params, body }) => ({
      json: runView(await approveRun(deps, actor, params.campaign, params.runId, body)),
    })),

    rejectRun: operation(routes.rejectRun, async ({ actor, params, body }) => ({
      json: runView(await rejectRun(deps, actor, params.campaign, params.runId, body)),
    })),

    getPayoutFile: operation(routes.getPayoutFile, async ({ params, query: { format } }) => ({
      bytes: await readPayoutFile(deps, params.campaign, params.runId, format),
      contentType: FILE_TYPES[format],
      fileName: `payouts-${params.runId.replaceAll(/[^A-Za-z0-9._-]/g, "-")}.${format}`,
    })),

    listPostings: operation(routes.listPostings, async ({ actor, params, query }) => ({
      json: pageView(await listPostings(deps, actor, params.campaign, query), itself),
    })),

    listPayouts: operation(routes.listPayouts, async ({ actor, params, query }) => ({
      json: pageView(await listPayouts(deps, actor, params.campaign, query), itself),
    })),
  };
}

/** The view's schema leaves out what is nobody's business: where the settlement waits, where its files lie. */
function runView(run: Run) {
  return { ...run, hasPayoutFile: run.payoutFiles !== undefined };
}

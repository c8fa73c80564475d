import { writeLayout } from "#app/payout-layouts/layouts.ts";
import { countLateChanges } from "#app/settlement/count-late-changes.ts";
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
import { runRoutes as routes } from "#contracts/routes/runs.ts";
import type { Run, RunProgress } from "#domain/run.ts";
import type { PageRequest } from "#ports/page.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { asksForFile, listingReply } from "../exports.ts";
import { itself, pageView } from "../pages.ts";

const FILE_TYPES: Readonly<Record<PayoutFileFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Comparing runs is code that no other call needs; it is loaded when somebody asks. */
export function runOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    requestRun: operation(routes.requestRun, async ({ actor, params, body }) => {
      const run = await requestRun(deps, actor, params.campaign, body.kind);
      return { json: runView(run), location: `/v1/campaigns/${run.campaign}/runs/${encodeURIComponent(run.runId)}` };
    }),

    listRuns: operation(routes.listRuns, async ({ params, query }) => ({
      json: pageView(await listRuns(deps, params.campaign, query), runView),
    })),

    getLateChanges: operation(routes.getLateChanges, async ({ params }) => ({
      json: await countLateChanges(deps, params.campaign),
    })),

    getRun: operation(routes.getRun, async ({ params }) => ({
      json: runView(await readRun(deps, params.campaign, params.runId)),
    })),

    listLines: operation(routes.listLines, async ({ actor, params, query }) => {
      const read = (request: PageRequest) => listLines(deps, actor, params.campaign, params.runId, request);
      if (!asksForFile(query)) return { json: pageView(await read(query), itself) };
      return listingReply(`lines-${params.runId}`, query, read, (tables, items, o) => tables.linesFile(items, o));
    }),

    listNotAwarded: operation(routes.listNotAwarded, async ({ actor, params, query }) => ({
      json: pageView(await listNotAwarded(deps, actor, params.campaign, params.runId, query), itself),
    })),

    listHeld: operation(routes.listHeld, async ({ actor, params, query }) => ({
      json: pageView(await listHeld(deps, actor, params.campaign, params.runId, query), itself),
    })),

    listComponents: operation(routes.listComponents, async ({ actor, params, query }) => ({
      json: pageView(await listComponents(deps, actor, params.campaign, params.runId, query), itself),
    })),

    compareRuns: operation(routes.compareRuns, async ({ actor, params, query }) => {
      const { compareRuns } = await import("#app/settlement/compare-runs.ts");
      const { cursor, ...compared } = await compareRuns(deps, actor, params.campaign, params.runId, query);
      return { json: { ...compared, ...(cursor === undefined ? {} : { nextCursor: cursor }) } };
    }),

    comparePayee: operation(routes.comparePayee, async ({ actor, params, query: { against } }) => {
      const { comparePayee } = await import("#app/settlement/compare-runs.ts");
      const payee = { kind: params.payeeKind, id: params.payeeId };
      return { json: await comparePayee(deps, actor, params.campaign, params.runId, payee, against) };
    }),

    approveRun: operation(routes.approveRun, async ({ actor, params, body }) => ({
      json: runView(await approveRun(deps, actor, params.campaign, params.runId, body)),
    })),

    rejectRun: operation(routes.rejectRun, async ({ actor, params, body }) => ({
      json: runView(await rejectRun(deps, actor, params.campaign, params.runId, body)),
    })),

    getPayoutFile: operation(routes.getPayoutFile, async ({ params, query: { format, part, layout } }) => {
      const name = `${params.runId.replaceAll(/[^A-Za-z0-9._-]/g, "-")}${part === 1 ? "" : `-${part}`}`;
      if (layout !== undefined) {
        const bytes = await writeLayout(deps, { ...params, layout, part });
        return { bytes, contentType: "application/octet-stream", fileName: `${layout}-${name}.txt` };
      }
      const bytes = await readPayoutFile(deps, params.campaign, params.runId, format, part);
      return { bytes, contentType: FILE_TYPES[format], fileName: `payouts-${name}.${format}` };
    }),

    listPostings: operation(routes.listPostings, async ({ actor, params, query }) => {
      const read = (request: PageRequest) => listPostings(deps, actor, params.campaign, { ...request, run: query.run });
      if (!asksForFile(query)) return { json: pageView(await read(query), itself) };
      return listingReply(`postings-${params.campaign}`, query, read, (tables, items, o) =>
        tables.postingsFile(items, o),
      );
    }),

    listPayouts: operation(routes.listPayouts, async ({ actor, params, query }) => {
      const read = (request: PageRequest) => listPayouts(deps, actor, params.campaign, { ...request, run: query.run });
      if (!asksForFile(query)) return { json: pageView(await read(query), itself) };
      return listingReply(`payouts-${params.campaign}`, query, read, (tables, items, o) =>
        tables.payoutsFile(items, o),
      );
    }),
  };
}

/** The view's schema leaves out what is nobody's business: where the settlement waits, where its files lie. */
function runView({ progress, ...run }: Run) {
  return {
    ...run,
    ...(progress ? { progress: progressView(progress) } : {}),
    hasPayoutFile: run.payoutFiles !== undefined,
    payoutFileParts: run.payoutFiles ? (run.payoutFiles.parts ?? 1) : 0,
  };
}

function progressView({ stage, factsExpected, segments }: RunProgress) {
  return {
    stage,
    factsExpected,
    factsRead: segments.reduce((sum, { facts }) => sum + facts, 0),
    segments: segments.length,
    segmentsDone: segments.filter(({ done }) => done).length,
  };
}

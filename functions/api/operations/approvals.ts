import type { Item } from "#app/approvals/read-approvals.ts";
import { approvalRoutes as routes } from "#contracts/routes/approvals.ts";
import type { Actor } from "#domain/actor.ts";
import type { Approval } from "#domain/approval.ts";
import type { Run } from "#domain/run.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { pageView } from "../pages.ts";

/** Decisions are few: what they need is loaded with the first. */
export function approvalOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const reading = () => import("#app/approvals/read-approvals.ts");
  const deciding = () => import("#app/approvals/decide.ts");
  const shown = async (actor: Actor, id: string) => {
    const { readApproval } = await reading();
    return readApproval(deps, actor, id);
  };
  const view = async (actor: Actor, id: string) => ({ json: itemView((await shown(actor, id)).item) });
  return {
    listApprovals: operation(routes.listApprovals, async ({ actor, query: { whose, ...page } }) => {
      const { listApprovals } = await reading();
      return { json: pageView(await listApprovals(deps, actor, whose, page), itemView) };
    }),

    getApproval: operation(routes.getApproval, async ({ actor, params: { id } }) => {
      const { item, changes, ...told } = await shown(actor, id);
      return { json: { ...itemView(item), changes: [...changes], ...told } };
    }),

    approve: operation(routes.approve, async ({ actor, params: { id }, body: { hash } }) => {
      const { approveRequest } = await deciding();
      await approveRequest(deps, actor, id, hash);
      return view(actor, id);
    }),

    reject: operation(routes.reject, async ({ actor, params: { id }, body: { reason } }) => {
      const { rejectRequest } = await deciding();
      await rejectRequest(deps, actor, id, reason);
      return view(actor, id);
    }),

    withdraw: operation(routes.withdraw, async ({ actor, params: { id } }) => {
      const { withdrawRequest } = await deciding();
      await withdrawRequest(deps, actor, id);
      return view(actor, id);
    }),

    requestAdjustment: operation(routes.requestAdjustment, async ({ actor, params, body }) => {
      const { requestAdjustment } = await import("#app/approvals/adjust.ts");
      return askedReply(await requestAdjustment(deps, actor, params.campaign, body));
    }),

    listAdjustments: operation(routes.listAdjustments, async ({ actor, params, query }) => {
      const { listAdjustments } = await reading();
      return { json: pageView(await listAdjustments(deps, actor, params.campaign, query), itemView) };
    }),
  };
}

/** What whoever asked is answered: where it waits. */
export function askedReply(approval: Approval) {
  const item: Item = { kind: "request", approval, mayDecide: false };
  return { json: itemView(item), location: `/v1/approvals/${approval.id}` };
}

function itemView(item: Item) {
  return item.kind === "run" ? runItemView(item.run, item.makers, item.mayDecide) : requestView(item);
}

function requestView({ approval, mayDecide }: Extract<Item, { kind: "request" }>) {
  const { scope: _, revision: __, ...told } = approval;
  return { ...told, kind: approval.content.kind, mayDecide };
}

function runItemView(run: Run, makers: readonly string[], mayDecide: boolean) {
  const { runId, campaign, kind, state, planVersion, asOf, lineCount, totals, warnings } = run;
  return {
    id: runId,
    kind: "run" as const,
    state,
    hash: run.resultHash ?? "",
    requestedBy: run.submittedBy,
    requestedAt: run.startedAt,
    makers: [...makers],
    mayDecide,
    ...(run.decidedBy === undefined ? {} : { decidedBy: run.decidedBy }),
    ...(run.decidedAt === undefined ? {} : { decidedAt: run.decidedAt }),
    ...(run.reason === undefined ? {} : { why: run.reason }),
    content: { kind: "run" as const, campaign, run: kind, planVersion, asOf, lineCount, totals, warnings },
  };
}

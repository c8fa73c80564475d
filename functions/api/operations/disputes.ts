import type { Named } from "#app/disputes/handle-dispute.ts";
import type { Handler } from "#app/disputes/list-handlers.ts";
import type { ShownDispute } from "#app/disputes/read-disputes.ts";
import { disputeRoutes as routes } from "#contracts/routes/disputes.ts";
import type { Dispute } from "#domain/dispute.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { pageView } from "../pages.ts";

/** Disputes are few: what they need is loaded with the first. */
export function disputeOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  const handling = () => import("#app/disputes/handle-dispute.ts");
  const reading = () => import("#app/disputes/read-disputes.ts");
  const attaching = () => import("#app/disputes/attachments.ts");
  const shown = async (dispute: Dispute) => {
    const { standingOf } = await import("#app/disputes/remedy.ts");
    return disputeView({ dispute, standing: await standingOf(deps, dispute) });
  };
  return {
    openDispute: operation(routes.openDispute, async ({ actor, params: { campaign, lineId }, body }) => {
      const { openDispute } = await import("#app/disputes/open-dispute.ts");
      const dispute = await openDispute(deps, actor, campaign, lineId, body);
      return { json: await shown(dispute), location: `/v1/campaigns/${campaign}/disputes/${dispute.id}` };
    }),

    listDisputes: operation(routes.listDisputes, async ({ actor, params, query }) => {
      const { listDisputes } = await reading();
      const { whose, state, overdue, ...page } = query;
      const filter = { whose, state, overdue: overdue === undefined ? undefined : overdue === "true" };
      return { json: pageView(await listDisputes(deps, actor, params.campaign, filter, page), disputeView) };
    }),

    listAllDisputes: operation(routes.listAllDisputes, async ({ actor, query }) => {
      const { listAllDisputes } = await reading();
      const { whose, state, overdue, ...page } = query;
      const filter = { whose, state, overdue: overdue === undefined ? undefined : overdue === "true" };
      return { json: pageView(await listAllDisputes(deps, actor, filter, page), disputeView) };
    }),

    getDispute: operation(routes.getDispute, async ({ actor, params, query }) => {
      const { readDispute } = await reading();
      const { told, statement, ...one } = await readDispute(deps, actor, namedBy(params));
      if (query.told === "true" && statement) {
        const { toldStatement } = await import("#app/statements/told-statement.ts");
        const { lines, notAwarded, names } = await toldStatement(deps, statement, query.lang);
        return { json: { ...disputeView(one), line: lines[0], notAwarded: notAwarded[0], names } };
      }
      const line = told?.kind === "line" ? { line: told.line } : {};
      return { json: { ...disputeView(one), ...line, ...(told?.kind === "none" ? { notAwarded: told.none } : {}) } };
    }),

    attachToDispute: operation(routes.attachToDispute, async ({ actor, params, body }) => {
      const { attachToDispute } = await attaching();
      return { json: await shown(await attachToDispute(deps, actor, namedBy(params), body)) };
    }),

    getAttachment: operation(routes.getAttachment, async ({ actor, params }) => {
      const { readAttachment } = await attaching();
      const { attachment, bytes } = await readAttachment(deps, actor, namedBy(params), params.hash);
      // Headers are ASCII: letters of other scripts are replaced, the extension stays.
      const fileName = attachment.name.replaceAll(/[^A-Za-z0-9._-]/g, "_");
      return { bytes, contentType: attachment.type, fileName };
    }),

    getDisputeCase: operation(routes.getDisputeCase, async ({ actor, params, query }) => {
      const { exportCase } = await import("#app/disputes/export-case.ts");
      return { json: await exportCase(deps, actor, namedBy(params), query.anonymous === "true") };
    }),

    listDisputeHandlers: operation(routes.listDisputeHandlers, async ({ actor, params, query: { q, ...page } }) => {
      const { listHandlers } = await import("#app/disputes/list-handlers.ts");
      return { json: pageView(await listHandlers(deps, actor, namedBy(params), q, page), handlerView) };
    }),

    assignDispute: operation(routes.assignDispute, async ({ actor, params, body }) => {
      const { assignDispute } = await handling();
      return { json: await shown(await assignDispute(deps, actor, namedBy(params), body.to)) };
    }),

    answerDispute: operation(routes.answerDispute, async ({ actor, params, body }) => {
      const { answerDispute } = await handling();
      return { json: await shown(await answerDispute(deps, actor, namedBy(params), body.text)) };
    }),

    acceptDispute: operation(routes.acceptDispute, async ({ actor, params, body: { reason, remedy } }) => {
      const { acceptDispute } = await import("#app/disputes/accept-dispute.ts");
      return { json: await shown(await acceptDispute(deps, actor, namedBy(params), reason, remedy)) };
    }),

    refuseDispute: operation(routes.refuseDispute, async ({ actor, params, body }) => {
      const { refuseDispute } = await handling();
      return { json: await shown(await refuseDispute(deps, actor, namedBy(params), body.reason)) };
    }),

    withdrawDispute: operation(routes.withdrawDispute, async ({ actor, params }) => {
      const { withdrawDispute } = await handling();
      return { json: await shown(await withdrawDispute(deps, actor, namedBy(params))) };
    }),
  };
}

function namedBy({ campaign, dispute }: { campaign: string; dispute: string }): Named {
  return { campaign, id: dispute };
}

function handlerView({ account, units }: Handler) {
  return { ...account, units: [...units] };
}

function disputeView({ dispute, standing: { state, isOverdue, remedyState, closed } }: ShownDispute) {
  return {
    ...dispute,
    state,
    overdue: isOverdue,
    ...(remedyState ? { remedyState } : {}),
    ...(closed ? { closed } : {}),
  };
}

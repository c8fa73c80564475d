import { type ApiOperationId, apiRoutes } from "#contracts/routes.ts";
import { CallLimits } from "../_kit/call-limits.ts";
import type { ApiDeps } from "../_kit/deps.ts";
import { type HttpHandler, httpHandler } from "../_kit/http.ts";
import type { Operation } from "../_kit/operation.ts";
import { approvalOperations } from "./operations/approvals.ts";
import { askingOperations } from "./operations/asking.ts";
import { auditOperations } from "./operations/audit.ts";
import { boardOperations } from "./operations/boards.ts";
import { campaignOperations } from "./operations/campaigns.ts";
import { channelOperations } from "./operations/channels.ts";
import { directoryOperations } from "./operations/directory.ts";
import { disputeOperations } from "./operations/disputes.ts";
import { evaluationOperations } from "./operations/evaluation.ts";
import { factOperations } from "./operations/facts.ts";
import { importOperations } from "./operations/imports.ts";
import { lifecycleOperations } from "./operations/lifecycle.ts";
import { meOperations } from "./operations/me.ts";
import { payoutLayoutOperations } from "./operations/payout-layouts.ts";
import { rebuildOperations } from "./operations/rebuilds.ts";
import { reconciliationOperations } from "./operations/reconciliations.ts";
import { reservationOperations } from "./operations/reservations.ts";
import { runOperations } from "./operations/runs.ts";
import { serviceOperations } from "./operations/service.ts";
import { sourceOperations } from "./operations/sources.ts";
import { statementOperations } from "./operations/statements.ts";

/** Of one caller, at one instance of the function: ten a second for a whole minute. */
const CALLS_PER_MINUTE = 600;

/** The signed-in API: every operation of the route table, bound to its use case. */
export function createApi(deps: ApiDeps, callsPerMinute = CALLS_PER_MINUTE): HttpHandler {
  const edge = { ...deps, limits: new CallLimits(callsPerMinute) };
  const operations: Record<ApiOperationId, Operation> = {
    ...campaignOperations(deps),
    ...lifecycleOperations(deps),
    ...evaluationOperations(deps),
    ...directoryOperations(deps),
    ...importOperations(deps),
    ...factOperations(deps),
    ...sourceOperations(deps),
    ...runOperations(deps),
    ...payoutLayoutOperations(deps),
    ...boardOperations(deps),
    ...approvalOperations(deps),
    ...auditOperations(deps),
    ...statementOperations(deps),
    ...channelOperations(deps),
    ...disputeOperations(deps),
    ...askingOperations(deps),
    ...reservationOperations(deps),
    ...reconciliationOperations(deps),
    ...rebuildOperations(deps),
    ...meOperations(deps, apiRoutes),
    ...serviceOperations(),
  };
  return httpHandler(
    Object.values(operations).map(({ route: { method, path }, answer }) => ({
      method,
      path,
      answer: (event) => answer(event, edge),
    })),
  );
}

import { approvalRoutes } from "./routes/approvals.ts";
import { askingRoutes } from "./routes/asking.ts";
import { auditRoutes } from "./routes/audit.ts";
import { boardRoutes } from "./routes/boards.ts";
import { campaignRoutes } from "./routes/campaigns.ts";
import { channelRoutes } from "./routes/channels.ts";
import { directoryRoutes } from "./routes/directory.ts";
import { disputeRoutes } from "./routes/disputes.ts";
import { evaluationRoutes } from "./routes/evaluation.ts";
import { factRoutes } from "./routes/facts.ts";
import { importRoutes } from "./routes/imports.ts";
import { lifecycleRoutes } from "./routes/lifecycle.ts";
import { meRoutes } from "./routes/me.ts";
import { payoutLayoutRoutes } from "./routes/payout-layouts.ts";
import { rebuildRoutes } from "./routes/rebuilds.ts";
import { reconciliationRoutes } from "./routes/reconciliations.ts";
import { reservationRoutes } from "./routes/reservations.ts";
import { runRoutes } from "./routes/runs.ts";
import { serviceRoutes } from "./routes/service.ts";
import { sourceRoutes } from "./routes/sources.ts";
import { statementRoutes } from "./routes/statements.ts";
import { webhookRoutes } from "./routes/webhook.ts";

/** What the function `api` serves, by operation id. */
export const apiRoutes = {
  ...campaignRoutes,
  ...lifecycleRoutes,
  ...evaluationRoutes,
  ...directoryRoutes,
  ...importRoutes,
  ...factRoutes,
  ...sourceRoutes,
  ...boardRoutes,
  ...runRoutes,
  ...payoutLayoutRoutes,
  ...approvalRoutes,
  ...auditRoutes,
  ...statementRoutes,
  ...channelRoutes,
  ...disputeRoutes,
  ...askingRoutes,
  ...reservationRoutes,
  ...reconciliationRoutes,
  ...rebuildRoutes,
  ...meRoutes,
  ...serviceRoutes,
};
export type ApiOperationId = keyof typeof apiRoutes;

/** Every operation of Laurel; webhooks are served by the function `intake`. */
export const routes = { ...apiRoutes, ...webhookRoutes };
export type OperationId = keyof typeof routes;

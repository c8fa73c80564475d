import { evaluationRoutes as routes } from "#contracts/routes/evaluation.ts";
import type { ApiDeps } from "../../_kit/deps.ts";
import { type Operation, operation } from "../../_kit/operation.ts";
import { asksForFile, fileReply } from "../exports.ts";

/** It settles: what that needs is loaded with the first. */
export function evaluationOperations(deps: ApiDeps): Record<keyof typeof routes, Operation> {
  return {
    getEvaluation: operation(routes.getEvaluation, async ({ params: { campaign }, query }) => {
      const { evaluateCampaign, keptEvaluation } = await import("#app/reports/evaluate-campaign.ts");
      const { kept, until } = query;
      const json = kept ? await keptEvaluation(deps, campaign, kept) : await evaluateCampaign(deps, campaign, until);
      if (!asksForFile(query)) return { json };
      const { evaluationFile } = await import("#adapters/files/evaluation-file.ts");
      return fileReply(`evaluation-${campaign}`, query, (_tables, options) => evaluationFile(json, options));
    }),
  };
}

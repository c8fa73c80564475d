import { pageSchema } from "#contracts/page.ts";
import { runViewSchema } from "#contracts/views/run-views.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { CAMPAIGN, playToApproval } from "./console-world.ts";

const runsSchema = pageSchema(runViewSchema, "DisputedRuns");

/** A small part of the Jiangxi story under a plan that takes disputes, to where the final run is posted. */
export async function playToPosted(cloud: LocalCloud): Promise<void> {
  await playToApproval(cloud, {
    sellers: /^(a|m)-nanchang-00[12]$/,
    more: "disputes: { within: P10D, decideWithin: P15D }",
  });
  const finance = new ApiClient(cloud.url, () => cloud.tokenFor("fang.wei"));
  const { items } = await finance.ask(`/v1/campaigns/${CAMPAIGN}/runs`, runsSchema, {});
  const waiting = items.find(({ state }) => state === "awaitingApproval");
  await finance.send(`/v1/campaigns/${CAMPAIGN}/runs/${waiting?.runId}/approve`, {
    method: "POST",
    json: { resultHash: waiting?.resultHash },
  });
  await cloud.idle();
}

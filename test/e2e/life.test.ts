import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { approvalViewSchema } from "#contracts/views/approval-views.ts";
import { heldFactViewSchema } from "#contracts/views/fact-views.ts";
import { postingViewSchema, type RunView, runViewSchema } from "#contracts/views/run-views.ts";
import { type Boards, boardsSchema } from "#domain/board.ts";
import { campaignSchema } from "#domain/campaign.ts";
import { instantOf } from "#domain/instant.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { sourceSecretName } from "#infra/local/source-secrets.ts";
import { ApiClient } from "#infra/local/story/client.ts";
import { JIANGXI } from "#test/fixtures/campaign.ts";

const CAMPAIGN = "/v1/campaigns/jiangxi-travel-2018";
const SOURCE = "jx-app-pos";
const BEFORE = "2018-04-20T00:00:00+08:00";
const AFTER_CUT_OFF = instantOf("2018-11-16T00:05:00+08:00");

const file = (name: string) => readFileSync(join(JIANGXI, name), "utf8");

let cloud: LocalCloud;
let dataPath: string;

beforeEach(async () => {
  dataPath = mkdtempSync(join(tmpdir(), "laurel-life-"));
  cloud = await startLocalCloud({ clock: { simulatedFrom: BEFORE }, dataPath });
});

afterEach(async () => {
  await cloud.stop();
  rmSync(dataPath, { recursive: true });
});

const as = (who: "sun.hao" | "mei.lin" | "fang.wei") => new ApiClient(cloud.url, () => cloud.tokenFor(who));
const csv = (body: string) => ({ method: "POST", text: { body, type: "text/csv" } }) as const;

async function prepare(): Promise<void> {
  await as("sun.hao").send(`/v1/sources/${SOURCE}`, {
    method: "PUT",
    json: { name: "Tills", secretNames: [sourceSecretName(SOURCE)] },
  });
  await as("sun.hao").send("/v1/org-units:import", csv(file("orgs.csv")));
  await as("sun.hao").send("/v1/people:import", csv(file("people.csv")));
  const marketing = as("mei.lin");
  const created = await marketing.ask("/v1/campaigns", campaignSchema, {
    method: "POST",
    text: { body: file("plan.yaml"), type: "application/yaml" },
  });
  await marketing.send(`${CAMPAIGN}/targets:import`, csv(file("targets.csv")));
  await marketing.send(`${CAMPAIGN}/versions`, { method: "POST", headers: { "if-match": `"${created.revision}"` } });
}

async function activate(): Promise<void> {
  const asked = { method: "POST", json: { version: 1 } } as const;
  const { id, hash } = await as("mei.lin").ask(`${CAMPAIGN}/activate`, approvalViewSchema, asked);
  await as("fang.wei").send(`/v1/approvals/${id}/approve`, { method: "POST", json: { hash } });
  await cloud.idle();
}

let sold = 0;
async function sell(participantId: string, amount: string, more: Record<string, unknown> = {}): Promise<Response> {
  sold += 1;
  const message = {
    kind: "sale",
    source: SOURCE,
    externalId: `life-${sold}`,
    version: 1,
    status: "active",
    participantId,
    occurredAt: "2018-07-02T10:00:00+08:00",
    amount,
    currency: "CNY",
    product: "LAY",
    channel: "individual",
    attributes: { entry: "app" },
    ...more,
  };
  const body = JSON.stringify(message);
  return fetch(`${cloud.url}/v1/webhooks/${SOURCE}`, {
    method: "POST",
    headers: cloud.signWebhook(SOURCE, body),
    body,
  });
}

async function premiums(): Promise<Record<string, string>> {
  const { progress } = await as("mei.lin").ask<Boards>(`${CAMPAIGN}/boards`, boardsSchema);
  return Object.fromEntries(progress.filter(({ value }) => value !== "0.00").map(({ unit, value }) => [unit, value]));
}

async function newest(): Promise<RunView> {
  const run = (await as("fang.wei").all(`${CAMPAIGN}/runs`, runViewSchema)).at(-1);
  if (!run) throw new Error("there is no run");
  return run;
}

describe("a campaign's life on the local cloud", () => {
  it("holds the sale of an unknown person, and counts it once the person is on file", async () => {
    await prepare();
    await activate();
    const answer = await sell("a-nanchang-900", "500.00");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("unknown-participant");
    await cloud.idle();
    expect(await as("mei.lin").all("/v1/facts:held", heldFactViewSchema)).toMatchObject([
      { participantId: "a-nanchang-900" },
    ]);
    expect(await premiums()).toEqual({});

    await as("sun.hao").send(
      "/v1/people:import",
      csv("participant_id,name,unit,role,from,to\na-nanchang-900,新人,nanchang,agent,2018-06-01,\n"),
    );
    await cloud.idle();
    expect(await premiums()).toEqual({ nanchang: "500.00" });
    expect(await as("mei.lin").all("/v1/facts:held", heldFactViewSchema)).toEqual([]);
  });

  it("credits what was sold before it was activated, and credits anew when people move", async () => {
    await prepare();
    await sell("a-nanchang-001", "300.00");
    await sell("a-nanchang-001", "40.00", { occurredAt: "2018-09-01T10:00:00+08:00" });
    await cloud.idle();
    await activate();
    expect(await premiums()).toEqual({ nanchang: "340.00" });

    const moved =
      "participant_id,name,unit,role,from,to\na-nanchang-001,杜思远,nanchang,agent,,2018-08-01\na-nanchang-001,杜思远,ganzhou,agent,2018-08-01,\n";
    await as("sun.hao").send("/v1/people:import", csv(moved));
    await cloud.idle();
    expect(await premiums()).toEqual({ nanchang: "300.00", ganzhou: "40.00" });
  });

  it("goes on with a settlement that was waiting when the process ended, and pays what was approved", async () => {
    await prepare();
    await activate();
    await sell("a-nanchang-001", "128.50");
    const corrected = await sell("a-ganzhou-001", "260.00", { externalId: "life-corrected" });
    expect(corrected.status).toBe(200);
    await cloud.idle();
    await cloud.advanceTo(AFTER_CUT_OFF);
    const waiting = await newest();
    expect(waiting).toMatchObject({ kind: "final", state: "awaitingApproval" });

    await cloud.stop();
    cloud = await startLocalCloud({ clock: { simulatedFrom: new Date(AFTER_CUT_OFF).toISOString() }, dataPath });
    await as("fang.wei").send(`${CAMPAIGN}/runs/${waiting.runId}/approve`, {
      method: "POST",
      json: { resultHash: waiting.resultHash },
    });
    await cloud.idle();
    expect(await newest()).toMatchObject({ runId: waiting.runId, state: "posted", resultHash: waiting.resultHash });
    const postings = await as("fang.wei").all(`${CAMPAIGN}/postings`, postingViewSchema);
    // 35 % of 128.50 is 44.975, rounded half up; 35 % of 260.00 is 91.00. No branch comes near a prize.
    expect(postings.map(({ lineId, amountMinor }) => [lineId, amountMinor])).toEqual([
      ["commission:participant:a-ganzhou-001", 9_100],
      ["commission:participant:a-nanchang-001", 4_498],
    ]);
  });

  it("settles once however often the clock looks, and posts an unchanged adjustment as nothing", async () => {
    await prepare();
    await activate();
    await sell("a-nanchang-001", "128.50");
    await cloud.idle();
    await cloud.advanceTo(AFTER_CUT_OFF, { stepMs: 86_400_000 });
    await cloud.advanceTo(AFTER_CUT_OFF + 3 * 86_400_000);
    const runs = await as("fang.wei").all(`${CAMPAIGN}/runs`, runViewSchema);
    expect(runs.map(({ kind }) => kind)).toEqual(["final"]);
    const [final] = runs;
    await as("fang.wei").send(`${CAMPAIGN}/runs/${final?.runId}/approve`, {
      method: "POST",
      json: { resultHash: final?.resultHash },
    });
    await cloud.idle();

    const asked = await as("mei.lin").ask(`${CAMPAIGN}/runs`, runViewSchema, {
      method: "POST",
      json: { kind: "adjustment" },
    });
    await cloud.idle();
    // Nothing to post: it is done, and nobody is asked.
    const computed = await newest();
    expect(computed).toMatchObject({ runId: asked.runId, state: "unchanged", resultHash: final?.resultHash });
    const approval = { method: "POST" as const, json: { resultHash: computed.resultHash } };
    await expect(as("fang.wei").send(`${CAMPAIGN}/runs/${asked.runId}/approve`, approval)).rejects.toThrow(
      "is unchanged, not waiting for approval",
    );
    expect(
      await as("fang.wei").ask(`${CAMPAIGN}/postings?run=${asked.runId}`, z.object({ items: z.array(z.unknown()) })),
    ).toEqual({ items: [] });
  });
});

import { describe, expect, it } from "vitest";
import { verifyChains } from "#app/audit/verify-chains.ts";
import { payrollLayout } from "#contracts/examples/layouts.ts";
import { apiRoutes } from "#contracts/routes.ts";
import type { Actor } from "#domain/actor.ts";
import type { AuditEntry } from "#domain/audit.ts";
import { ADMIN, type Answer, APPROVER, ApiHarness, MARKETING, POS, SELLER } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PEOPLE, PLAN, sale, TARGETS, target, UNITS } from "./api-world.ts";
import { openAs, opened, settle } from "./disputes-world.ts";

/** One call of each operation that changes something, in a world of its own; and what has to be there before. */
type Performance = (harness: ApiHarness) => Promise<{ readonly call: () => Promise<Answer> }>;

/** Operations that are no GET and change nothing. */
const CHANGES_NOTHING: Readonly<Record<string, string>> = {
  validatePlan: "checks a plan and keeps nothing",
  simulatePlan: "answers a question; what it keeps is an answer, for who asked",
  askWhatIf: "answers a question and keeps nothing",
  previewMapping: "tries a mapping and keeps nothing",
};

const COFFEE = `${CAMPAIGN}/limits/stock/coffee/reservations`;
const CLAIM = { reservationId: "order-1", subject: "customer-42", quantity: 1, holdSeconds: 900 };
const SOURCE = { name: "Point of sale", secretNames: ["sources/pos"] };
const PEOPLE_FILE = new TextEncoder().encode("participant_id,name,unit,role,from,to\nnew,N,nanchang,agent,,\n");
const UPLOAD = { kind: "people", fileName: "people.csv", size: PEOPLE_FILE.length };
const REASON = { reason: "not so" };
const CHANNEL = { name: "Group", kind: "wecom", secretName: "channels/x", events: ["run.paid"], language: "zh" };
const ACCEPTED = { ...REASON, remedy: { kind: "manual-adjustment", amount: "1.00" } };
const NOTE = { name: "note.txt", type: "text/plain", content: "aGVsbG8=" };

const PERFORMANCES: Readonly<Record<string, Performance>> = {
  createCampaign: after(none, (harness) => harness.post("/v1/campaigns", MARKETING, PLAN)),
  editDraft: after(found, (harness) =>
    harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body: PLAN, headers: { "if-match": '"1"' } }),
  ),
  publishVersion: after(found, (harness) => publish(harness)),
  activateCampaign: after(published, (harness) => harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 1 })),
  pauseCampaign: after(launch, (harness) => harness.post(`${CAMPAIGN}/pause`, MARKETING, { counts: true, ...REASON })),
  resumeCampaign: async (harness) => {
    await launch(harness);
    await ok(harness.post(`${CAMPAIGN}/pause`, MARKETING, { counts: true, ...REASON }));
    return { call: () => harness.post(`${CAMPAIGN}/resume`, MARKETING, REASON) };
  },
  stopCampaign: after(launch, (harness) =>
    harness.post(`${CAMPAIGN}/stop`, MARKETING, { end: "2026-05-01T00:00", ...REASON }),
  ),
  rollOutPilot: async (harness) => {
    await published(harness);
    const pilot = { units: ["nanchang"], until: "2026-04-01T00:00" };
    const { json } = await ok(harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 1, pilot }));
    await ok(harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
    const body = { others: "fromRollOut", ...REASON };
    return { call: () => harness.post(`${CAMPAIGN}/roll-out`, MARKETING, body) };
  },
  archiveCampaign: async (harness) => {
    const run = await withRun(harness);
    const { resultHash } = (await ok(harness.get(run, APPROVER))).json;
    await ok(harness.post(`${run}/approve`, APPROVER, { resultHash }));
    await harness.cloud.pay({ campaign: PLAN.id, runId: run.split("/").at(-1) ?? "" });
    return { call: () => harness.post(`${CAMPAIGN}/archive`, MARKETING, REASON) };
  },
  importOrgUnits: after(none, (harness) => harness.post("/v1/org-units:import", ADMIN, { rows: UNITS })),
  setPayoutLayout: after(none, (harness) =>
    harness.call("PUT", "/v1/payout-layouts/payroll", { as: ADMIN, body: payrollLayout }),
  ),
  requestUpload: after(found, (harness) => harness.post("/v1/uploads", ADMIN, UPLOAD)),
  startImport: async (harness) => {
    await found(harness);
    const upload = await withUpload(harness);
    return { call: () => harness.post("/v1/imports", ADMIN, { upload, mode: "goodRows" }) };
  },
  confirmImport: async (harness) => {
    await found(harness);
    const upload = await withUpload(harness);
    const { json } = await ok(harness.post("/v1/imports", ADMIN, { upload, mode: "goodRows", preview: true }));
    await harness.cloud.runImports();
    return { call: () => harness.post(`/v1/imports/${json.id}/confirm`, ADMIN) };
  },
  importPeople: after(found, (harness) =>
    harness.post("/v1/people:import", ADMIN, { rows: [{ ...PEOPLE[0], participantId: "new" }] }),
  ),
  importTargets: after(found, (harness) =>
    harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: [...TARGETS, target("a-1", "1.00")] }),
  ),
  registerSource: after(none, (harness) => harness.call("PUT", "/v1/sources/pos", { as: ADMIN, body: SOURCE })),
  changeSource: after(found, (harness) => harness.post("/v1/sources/pos/settings", ADMIN, { name: "Tills" })),
  setChannel: after(found, (harness) => harness.call("PUT", "/v1/channels/group", { as: MARKETING, body: CHANNEL })),
  replayChannelDelivery: after(withMessage, (harness) =>
    harness.post("/v1/channels/group/deliveries/m-1/replay", MARKETING),
  ),
  reportFacts: after(launch, (harness) =>
    harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "100.00")] }),
  ),
  replayFact: after(withFact, (harness) => harness.post("/v1/facts/pos/1/replay", MARKETING)),
  replayDelivery: after(withDelivery, (harness) => harness.post("/v1/sources/pos/unreadable/msg_1/replay", MARKETING)),
  replaySourceDelivery: after(withDelivery, (harness) =>
    harness.post("/v1/sources/pos/deliveries/msg_1/replay", MARKETING),
  ),
  replayRejected: async (harness) => {
    await launch(harness);
    const rowId = "1".repeat(64);
    const message = JSON.stringify({ ...sale("9", "a-1", "1.00") });
    const at = "2026-03-05T10:00:00.000Z";
    await harness.cloud.deps.facts.putRejected({
      source: "pos",
      rowId,
      message,
      reason: "r",
      receivedAt: at,
    });
    return { call: () => harness.post(`/v1/sources/pos/rejected/${rowId}/replay`, MARKETING) };
  },
  requestRun: after(launch, (harness) => harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "provisional" })),
  approveRun: async (harness) => {
    const run = await withRun(harness);
    const { resultHash } = (await ok(harness.get(run, APPROVER))).json;
    return { call: () => harness.post(`${run}/approve`, APPROVER, { resultHash }) };
  },
  rejectRun: async (harness) => {
    const run = await withRun(harness);
    return { call: () => harness.post(`${run}/reject`, APPROVER, REASON) };
  },
  approve: async (harness) => {
    const { id, hash } = await withRequest(harness);
    return { call: () => harness.post(`/v1/approvals/${id}/approve`, APPROVER, { hash }) };
  },
  reject: async (harness) => {
    const { id } = await withRequest(harness);
    return { call: () => harness.post(`/v1/approvals/${id}/reject`, APPROVER, REASON) };
  },
  withdraw: async (harness) => {
    const { id } = await withRequest(harness);
    return { call: () => harness.post(`/v1/approvals/${id}/withdraw`, MARKETING) };
  },
  requestAdjustment: after(launch, (harness) =>
    harness.post(`${CAMPAIGN}/manual-adjustments`, MARKETING, {
      number: "1",
      payee: { kind: "participant", id: "a-1" },
      reward: "commission",
      amount: "1.00",
      reason: "r",
      evidence: "e",
    }),
  ),
  openDispute: onSettled((harness) => openAs(harness, SELLER)),
  attachToDispute: onDispute((path) => [`${path}/attachments`, SELLER, NOTE]),
  assignDispute: onDispute((path) => [`${path}/assign`, MARKETING, { to: "luo.jie" }]),
  answerDispute: onDispute((path) => [`${path}/answer`, MARKETING, { text: "we look into it" }]),
  acceptDispute: onDispute((path) => [`${path}/accept`, APPROVER, ACCEPTED]),
  refuseDispute: onDispute((path) => [`${path}/refuse`, APPROVER, REASON]),
  withdrawDispute: onDispute((path) => [`${path}/withdraw`, SELLER]),
  reserve: after(withStock, (harness) => harness.post(COFFEE, POS, CLAIM)),
  commitReservation: after(withReservation, (harness) => harness.post(`${COFFEE}/order-1/commit`, POS)),
  releaseReservation: after(withReservation, (harness) => harness.post(`${COFFEE}/order-1/release`, POS)),
  requestReconciliation: after(launch, (harness) => harness.post(`${CAMPAIGN}/reconciliations`, MARKETING)),
  requestRebuild: after(launch, (harness) => harness.post(`${CAMPAIGN}/rebuild`, ADMIN, { from: "start" })),
};

function after(prepare: (harness: ApiHarness) => Promise<unknown>, call: (harness: ApiHarness) => Promise<Answer>) {
  const performance: Performance = async (harness) => {
    await prepare(harness);
    return { call: () => call(harness) };
  };
  return performance;
}

async function none(): Promise<void> {}

async function withUpload(harness: ApiHarness): Promise<string> {
  const { json } = await ok(harness.post("/v1/uploads", ADMIN, UPLOAD));
  await harness.cloud.deps.files.put(`uploads/${json.id}/file`, PEOPLE_FILE, "text/csv");
  return json.id;
}

/** After a run is posted, in a campaign that takes disputes. */
function onSettled(call: (harness: ApiHarness) => Promise<Answer>): Performance {
  return after(settle, call);
}

function onDispute(callOf: (path: string) => [string, Actor, unknown?]): Performance {
  return async (harness) => {
    await settle(harness);
    const path = await opened(harness);
    return { call: () => harness.post(...callOf(path)) };
  };
}

function publish(harness: ApiHarness): Promise<Answer> {
  return harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } });
}

async function published(harness: ApiHarness): Promise<void> {
  await found(harness);
  await ok(publish(harness));
}

async function withFact(harness: ApiHarness): Promise<void> {
  await launch(harness);
  await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "100.00")] }));
}

/** A channel with a message that was given up. */
async function withMessage(harness: ApiHarness): Promise<void> {
  await found(harness);
  await ok(harness.call("PUT", "/v1/channels/group", { as: MARKETING, body: CHANNEL }));
  const at = "2026-02-01T00:00:00.000Z";
  await harness.cloud.deps.outbox.saveOutgoing({
    channel: "group",
    id: "m-1",
    scope: "travel",
    event: "e-1",
    type: "run.paid",
    state: "dead",
    revision: 1,
    attempts: [],
    tries: 11,
    sentParts: 0,
    nextAt: at,
    createdAt: at,
    expiresAt: 2_000_000_000,
  });
}

async function withDelivery(harness: ApiHarness): Promise<void> {
  await launch(harness);
  const body = JSON.stringify(sale("7", "a-1", "1.00"));
  const receivedAt = "2026-03-05T10:00:00.000Z";
  await harness.cloud.deps.facts.putUnreadable({ source: "pos", deliveryId: "msg_1", body, reason: "r", receivedAt });
}

async function withRun(harness: ApiHarness): Promise<string> {
  await launch(harness);
  harness.cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
  const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
  for (const request of harness.cloud.settlements.splice(0)) await harness.cloud.compute(request);
  return `${CAMPAIGN}/runs/${json.runId}`;
}

async function withRequest(harness: ApiHarness) {
  await published(harness);
  return (await ok(harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 1 }))).json;
}

async function withStock(harness: ApiHarness): Promise<void> {
  await launch(harness);
  const { plans } = harness.cloud.deps;
  const version = await plans.version(PLAN.id, 1);
  const campaign = await plans.campaign(PLAN.id);
  if (!version || !campaign) throw new Error("the campaign was not launched");
  const plan = { ...version.plan, stocks: [{ id: "coffee", name: { en: "Coffee" }, quantity: 2 }] };
  await plans.addVersion({ ...version, version: 2, plan });
  await plans.saveCampaign({ ...campaign, activeVersion: 2, latestVersion: 2, revision: campaign.revision + 1 });
}

async function withReservation(harness: ApiHarness): Promise<void> {
  await withStock(harness);
  await ok(harness.post(COFFEE, POS, CLAIM));
}

async function everything({ cloud }: ApiHarness): Promise<AuditEntry[]> {
  const { audit } = cloud.deps;
  const chains = await audit.chains();
  return (await Promise.all(chains.map((chain) => audit.entries(chain, 0, 10_000)))).flat();
}

const CHANGING = Object.entries(apiRoutes)
  .filter(([, { method }]) => method !== "GET")
  .map(([id]) => id);

describe("every operation that changes something", () => {
  it.each(CHANGING)("%s tells the audit who did it", async (id) => {
    const performance = PERFORMANCES[id];
    if (performance === undefined) {
      const how = "call it in PERFORMANCES, or say in CHANGES_NOTHING why there is nothing to tell";
      expect(CHANGES_NOTHING[id], how).toBeDefined();
      return;
    }
    expect(CHANGES_NOTHING[id]).toBeUndefined();
    const harness = new ApiHarness();
    const { call } = await performance(harness);
    const before = new Set((await everything(harness)).map(({ hash }) => hash));
    await ok(call());
    const all = await everything(harness);
    const told = all.filter(({ hash }) => !before.has(hash));
    const first = told.find(({ phase }) => phase === "intent" || phase === "noted");
    expect(first, `${id} changed something and told nobody`).toMatchObject({
      actor: expect.stringMatching(/^(a-1|mei\.lin|sun\.hao|fang\.wei|pos\.team)$/),
      role: expect.any(String),
      request: "request-1",
      action: expect.stringMatching(/^[a-z-]+\.[a-z-]+$/),
    });
    if (first?.phase === "intent") expect(told.map(({ phase }) => phase)).toContain("done");
    expect(verifyChains(all)).toMatchObject({ breaks: [], open: [] });
  });

  it("is told for no operation that is gone", () => {
    for (const id of [...Object.keys(PERFORMANCES), ...Object.keys(CHANGES_NOTHING)]) expect(CHANGING).toContain(id);
  });
});

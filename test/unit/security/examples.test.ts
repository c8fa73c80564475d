import { describe, expect, it } from "vitest";
import { systemClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { exampleFact } from "#contracts/examples/facts.ts";
import { examplePlan } from "#contracts/examples/plan.ts";
import { PROBLEM_KINDS } from "#contracts/problem-details.ts";
import type { Route } from "#contracts/route.ts";
import { apiRoutes, routes } from "#contracts/routes.ts";
import { hashOf, sha256 } from "#engine/hash.ts";
import { createIntake } from "#functions/intake/app.ts";
import { type Answer, APPROVER, invoke, MARKETING, problemOf } from "../api-harness.ts";
import { ok } from "../api-world.ts";
import { CAMPAIGN, callerOf, type ExampleWorld, SELLER_ID, type Stage, worldAt } from "./examples-world.ts";

const table: Readonly<Record<string, Route>> = apiRoutes;

interface Setting {
  /** Where the example is sent; by itself into the world in which all has happened. */
  readonly at?: Stage;
  readonly params?: Readonly<Record<string, string>>;
  readonly prepare?: (world: ExampleWorld) => Promise<void>;
}

const KEPT = { source: "pos-jiangxi", reason: "r", receivedAt: "2026-03-05T10:00:00.000Z" };
const FACT = exampleFact;
const ROW = "1".repeat(64);

const withDelivery: Setting["prepare"] = ({ harness }) =>
  harness.cloud.deps.facts.putUnreadable({ ...KEPT, deliveryId: "msg_1", body: JSON.stringify(FACT) });

async function pilot({ harness }: ExampleWorld): Promise<void> {
  harness.cloud.clock.set(Date.parse("2026-03-10T00:00:00+08:00"));
  const asked = { version: 1, pilot: { units: ["nanchang"], until: "2026-05-01T00:00" } };
  const { json } = await ok(harness.post(`${CAMPAIGN}/activate`, MARKETING, asked));
  await ok(harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
  await harness.cloud.runRebuilds();
}

const LINE = `commission:participant:${SELLER_ID}`;
const seller = callerOf(["seller"]);

async function disputed({ harness }: ExampleWorld): Promise<void> {
  await ok(harness.post(`${CAMPAIGN}/lines/${LINE}/disputes`, seller, routes.openDispute.body.example));
}

async function attached(world: ExampleWorld): Promise<void> {
  await disputed(world);
  const path = `${CAMPAIGN}/disputes/${PARAMS.dispute}/attachments`;
  await ok(world.harness.post(path, seller, routes.attachToDispute.body.example));
}

const withChannel: Setting["prepare"] = async ({ harness }) => {
  const { body, access } = routes.setChannel;
  await ok(harness.call("PUT", `/v1/channels/${PARAMS.channel}`, { as: callerOf(access), body: body.example }));
};

const withLayout: Setting["prepare"] = async ({ harness }) => {
  const { body, access } = routes.setPayoutLayout;
  await ok(harness.call("PUT", `/v1/payout-layouts/${PARAMS.layout}`, { as: callerOf(access), body: body.example }));
};

/** By the first role that may read simulations: one reads one's own. */
const simulated: Setting["prepare"] = async ({ harness }) => {
  const asked = { plan: examplePlan, keepAs: PARAMS.simulation };
  await ok(harness.post(`${CAMPAIGN}/simulations`, callerOf(routes.getSimulation.access), asked));
};

/** A route that is not named here is called in the world in which everything was paid, with {@link PARAMS}. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  getChannel: { at: "draft", prepare: withChannel },
  listChannelDeliveries: { at: "draft", prepare: withChannel },
  getPayoutLayout: { at: "company", prepare: withLayout },
  createCampaign: { at: "company" },
  editDraft: { at: "draft" },
  publishVersion: { at: "draft" },
  activateCampaign: { at: "published" },
  importOrgUnits: { at: "company" },
  importPeople: { at: "company" },
  importTargets: { at: "draft" },
  registerSource: { at: "empty" },
  reportFacts: { at: "active" },
  simulatePlan: { at: "sold" },
  getSimulation: { at: "sold", prepare: simulated },
  askWhatIf: { at: "sold" },
  requestRun: { at: "sold" },
  approve: { at: "asked" },
  reject: { at: "asked" },
  withdraw: { at: "asked" },
  getApproval: { at: "asked" },
  approveRun: { at: "computed" },
  rejectRun: { at: "computed" },
  reserve: { at: "active" },
  commitReservation: { at: "sold" },
  releaseReservation: { at: "sold" },
  replayDelivery: { prepare: withDelivery },
  replaySourceDelivery: { prepare: withDelivery },
  replayRejected: {
    prepare: async ({ harness }) => {
      await harness.cloud.deps.facts.putRejected({ ...KEPT, rowId: ROW, message: JSON.stringify(FACT) });
    },
  },
  getDispute: { prepare: disputed },
  getDisputeCase: { prepare: disputed },
  attachToDispute: { prepare: disputed },
  getAttachment: { prepare: attached },
  listDisputeHandlers: { prepare: disputed },
  assignDispute: { prepare: disputed },
  answerDispute: { prepare: disputed },
  acceptDispute: { prepare: disputed },
  refuseDispute: { prepare: disputed },
  withdrawDispute: { prepare: disputed },
  pauseCampaign: { at: "sold" },
  resumeCampaign: {
    at: "sold",
    prepare: async ({ harness }) => {
      await ok(harness.post(`${CAMPAIGN}/pause`, MARKETING, { counts: false, reason: "r" }));
    },
  },
  stopCampaign: { at: "sold" },
  rollOutPilot: { at: "published", prepare: pilot },
  requestRebuild: {
    at: "sold",
    prepare: async ({ harness }) => {
      const { status } = await harness.post(`${CAMPAIGN}/rebuild`, callerOf(["administrator"]), {
        from: "start",
      });
      expect(status).toBe(202);
    },
  },
};

const PARAMS: Readonly<Record<string, string>> = {
  campaign: examplePlan.id,
  version: "1",
  source: "pos-jiangxi",
  externalId: FACT.externalId,
  participant: SELLER_ID,
  participantId: SELLER_ID,
  board: "best-sellers",
  unit: "nanchang",
  lineId: LINE,
  dispute: `d-${hashOf(LINE).slice(0, 12)}-1`,
  hash: sha256("Policy 4471"),
  payeeKind: "participant",
  payeeId: SELLER_ID,
  kind: "stock",
  limit: "coffee",
  reservationId: "order-7001",
  deliveryId: "msg_1",
  rowId: ROW,
  channel: "sales-team",
  layout: "payroll",
  simulation: "0198c0de-7c1a-7000-8000-00000000c0de",
};

/** Examples that no world can answer with a success, with the refusal that the reference promises, and how they succeed. */
const REFUSED: Readonly<Record<string, Refused>> = {
  approve: {
    kind: "stale",
    because: "the hash is that of what was shown, which differs from world to world",
    instead: ({ approval: { hash } }) => ({ hash }),
  },
  approveRun: {
    kind: "stale",
    because: "the hash is that of a result",
    instead: ({ run: { resultHash } }) => ({ resultHash }),
  },
};

interface Refused {
  readonly kind: keyof typeof PROBLEM_KINDS;
  readonly because: string;
  readonly instead: (world: ExampleWorld) => unknown;
}

/** Routes whose success lies outside of what these worlds do. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  getReconciliation: "a job has to look first: test/unit/reconciliation-api.test.ts",
  startImport: "it names an upload, whose id differs from world to world: test/unit/imports-api.test.ts",
  getImport: "the same",
  listImportFindings: "the same",
  confirmImport: "the same",
  replayChannelDelivery: "a worker has to give a delivery up first: test/unit/outward.test.ts",
};

async function prepared(id: string): Promise<ExampleWorld> {
  const { at = "paid", prepare } = SETTINGS[id] ?? {};
  const world = await worldAt(at);
  await prepare?.(world);
  return world;
}

function send(world: ExampleWorld, id: string, { method, path, access, ifMatch }: Route, body: unknown, type?: string) {
  const params = { ...PARAMS, id: world.approval.id, runId: world.run.runId, ...SETTINGS[id]?.params };
  const target = path.replaceAll(/\{(\w+)\}/g, (_found, name: keyof typeof params) => encodeURIComponent(params[name]));
  return world.harness.call(method, target, {
    as: callerOf(access),
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { type }),
    ...(ifMatch === true ? { headers: { "if-match": '"1"' } } : {}),
  });
}

/** A success, and exactly what the route promises. */
function expectPromised(id: string, { success }: Route, answer: Answer): void {
  const how = `the example of ${id} is answered ${answer.status}: ${answer.text.slice(0, 600)} — mend it, or say in SETTINGS of test/unit/security/examples.test.ts which world it needs`;
  expect(answer.status, how).toBe(success.status);
  const type = String(answer.headers["content-type"]);
  if (type === "application/json") expect(success.schema.safeParse(answer.json)).toMatchObject({ success: true });
  else expect(Object.keys(success.otherMedia ?? {})).toContain(type.split(";")[0]);
  if (success.location) expect(answer.headers.location).toMatch(/^\/v1\//);
  if (success.etag) expect(answer.headers.etag).toMatch(/^"\d+"$/);
}

describe("the reference's examples", () => {
  const possible = Object.entries(table).filter(([id]) => !(id in REFUSED) && !(id in ELSEWHERE));

  it.each(possible)("%s is answered as promised", async (id, route) => {
    const answer = await send(await prepared(id), id, route, route.body.example);
    expectPromised(id, route, answer);
  });

  const withCsv = possible.filter(([, { body }]) => body.csvExample !== undefined);
  it.each(withCsv)("%s is answered as promised for its CSV", async (id, route) => {
    expectPromised(id, route, await send(await prepared(id), id, route, route.body.csvExample, "text/csv"));
  });

  it.each(Object.entries(REFUSED))("%s is refused as promised, and done where it is right", async (id, refused) => {
    const route = table[id];
    if (route === undefined) throw new Error(`${id} is no operation: take it out of REFUSED`);
    const world = await prepared(id);
    expect(route.refusals).toContain(refused.kind);
    const answer = await send(world, id, route, route.body.example);
    expect(problemOf(answer).status, refused.because).toBe(PROBLEM_KINDS[refused.kind].status);
    expectPromised(id, route, await send(world, id, route, refused.instead(world)));
  });

  it("of a webhook, signed, is stored and answered as promised", async () => {
    const { harness } = await worldAt("active");
    const secret = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;
    const secrets = new MemorySecretStore({ "sources/pos-jiangxi": secret });
    const intake = createIntake({ ...harness.cloud.deps, secrets, securityClock: systemClock });
    const body = JSON.stringify(FACT);
    const headers = signatureHeaders(secret, "msg_1", Math.floor(Date.now() / 1000), Buffer.from(body));
    const answer = await invoke(intake, "POST", "/v1/webhooks/pos-jiangxi", { body, headers });
    expectPromised("receiveWebhook", routes.receiveWebhook, answer);
    const known = `/v1/facts/pos-jiangxi/${FACT.externalId}`;
    expect((await harness.get(known, { ...APPROVER, roles: ["auditor"] })).status).toBe(200);
  });

  it("that are listed as exceptions are operations", () => {
    for (const id of [...Object.keys(REFUSED), ...Object.keys(ELSEWHERE)]) {
      expect(Object.keys(table)).toContain(id);
    }
  });
});

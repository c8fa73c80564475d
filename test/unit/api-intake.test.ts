import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "#adapters/system/clock.ts";
import { createIntake } from "#functions/intake/app.ts";
import { ApiHarness, invoke, MARKETING, POS } from "./api-harness.ts";
import { found, ok, sale } from "./api-world.ts";

const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;

describe("signed webhooks", () => {
  let harness: ApiHarness;
  let intake: ReturnType<typeof createIntake>;

  beforeEach(async () => {
    harness = new ApiHarness();
    await found(harness);
    const secrets = { secret: async (name: string) => (name === "sources/pos" ? SECRET : undefined) };
    intake = createIntake({ ...harness.cloud.deps, secrets, securityClock: systemClock });
  });

  const signed = (body: string, id = "msg_1", now = new Date()) => ({
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(SECRET).sign(id, now, body),
  });
  const deliver = (body: string, headers = signed(body), source = "pos") =>
    invoke(intake, "POST", `/v1/webhooks/${source}`, { body, headers });

  it("are stored before they are answered", async () => {
    const answer = await deliver(JSON.stringify(sale("1", "a-1", "10.00")));
    expect(answer).toMatchObject({ status: 200, json: { deliveryId: "msg_1", receipts: [{ outcome: "stored" }] } });
    expect((await harness.get("/v1/facts/pos/1", POS)).status).toBe(200);
  });

  it("are verified over their bytes, however the gateway hands these on", async () => {
    const body = `{ "facts": [ ${JSON.stringify({ ...sale("赣-1", "a-1", "10.00") })} ] }\n`;
    const bytes = await invoke(intake, "POST", "/v1/webhooks/pos", { body: Buffer.from(body), headers: signed(body) });
    expect(bytes).toMatchObject({ status: 200, json: { receipts: [{ fact: "pos#赣-1" }] } });
  });

  it("are refused when they are not signed, too old, or of nobody known", async () => {
    const body = JSON.stringify(sale("1", "a-1", "10.00"));
    expect((await deliver(body, signed(`${body} `))).status).toBe(401);
    expect((await deliver(body, signed(body, "msg_1", new Date(Date.now() - 3_600_000)))).status).toBe(401);
    expect((await deliver(body, signed(body), "other")).status).toBe(404);
    expect((await deliver(body, signed(body), "No Source")).status).toBe(404);
    expect((await harness.get("/v1/facts/pos/1", POS)).status).toBe(404);
  });

  it("are kept when they cannot be understood, and can be replayed", async () => {
    const answer = await deliver('{"kind":"sale"');
    expect(answer).toMatchObject({ status: 422, json: { type: "urn:laurel:problem:invalid" } });
    const kept = await ok(harness.get("/v1/sources/pos/unreadable", POS));
    expect(kept.json.items).toMatchObject([{ deliveryId: "msg_1", body: '{"kind":"sale"' }]);
    const replayed = await harness.post("/v1/sources/pos/unreadable/msg_1/replay", MARKETING);
    expect(replayed).toMatchObject({ status: 422, json: { detail: expect.stringContaining("still") } });
    expect((await harness.post("/v1/sources/pos/unreadable/msg_2/replay", MARKETING)).status).toBe(404);
  });

  it("list each message that was refused, which can be read again", async () => {
    await deliver(JSON.stringify({ facts: [sale("1", "a-1", "10.00"), sale("2", "a-1", "?")] }));
    const { json } = await ok(harness.get("/v1/sources/pos/rejected", POS));
    expect(json.items).toMatchObject([{ source: "pos", message: expect.stringContaining('"?"') }]);
    const replay = `/v1/sources/pos/rejected/${json.items[0].rowId}/replay`;
    expect(await harness.post(replay, MARKETING)).toMatchObject({
      status: 422,
      json: { problems: [{ path: "/0/amount" }] },
    });
    expect((await harness.post(`/v1/sources/pos/rejected/${"0".repeat(64)}/replay`, MARKETING)).status).toBe(404);
  });

  it("answer 409 to a contradiction", async () => {
    await deliver(JSON.stringify(sale("1", "a-1", "10.00")));
    const body = JSON.stringify(sale("1", "a-1", "11.00"));
    expect(await deliver(body, signed(body, "msg_2"))).toMatchObject({
      status: 409,
      json: { problems: [{ code: "conflict", seen: "1" }] },
    });
  });

  it("are no larger than a megabyte", async () => {
    const body = JSON.stringify({ facts: "x".repeat(1024 * 1024) });
    expect((await deliver(body)).status).toBe(413);
  });

  it("are the only thing that answers there", async () => {
    expect((await invoke(intake, "GET", "/v1/webhooks/pos")).status).toBe(405);
    expect((await invoke(intake, "POST", "/v1/campaigns", { body: {} })).status).toBe(404);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import { createClock } from "#functions/clock/app.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING, POS, problemOf, SELLER } from "./api-harness.ts";
import { activate, CAMPAIGN, launch, ok, PLAN } from "./api-world.ts";

const LIMITS = `${CAMPAIGN}/limits`;
const COFFEE = `${LIMITS}/stock/coffee/reservations`;
const WITH_STOCK = { ...PLAN, stocks: [{ id: "coffee", name: { en: "Coffee" }, quantity: 2 }] };
const OTHER: Actor = { ...POS, subject: "other.team" };

function claim(reservationId: string, changes: object = {}) {
  return { reservationId, subject: "customer-42", quantity: 1, holdSeconds: 900, ...changes };
}

describe("reservations over the API", () => {
  const harness = new ApiHarness();

  beforeAll(async () => {
    await launch(harness);
    const { headers } = await ok(harness.get(CAMPAIGN, MARKETING));
    const ifMatch = (etag: unknown) => ({ headers: { "if-match": String(etag) } });
    const draft = { as: MARKETING, body: WITH_STOCK, ...ifMatch(headers.etag) };
    const edited = await ok(harness.call("PUT", `${CAMPAIGN}/draft`, draft));
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, ifMatch(edited.headers.etag)));
    await activate(harness, 2);
  });

  it("lists what is left, reserves, commits and releases", async () => {
    const coffee = { kind: "stock", id: "coffee", unit: "pieces", capacity: 2 };
    expect((await ok(harness.get(LIMITS, AUDITOR))).json).toEqual({
      items: [{ ...coffee, reserved: 0, committed: 0, left: 2 }],
    });
    const made = await ok(harness.post(COFFEE, POS, claim("order-1")));
    expect(made).toMatchObject({ status: 201, headers: { location: `${COFFEE}/order-1` } });
    expect(made.json).toMatchObject({
      state: "reserved",
      expiresAt: "2026-03-05T16:15:00.000Z",
      createdBy: "pos.team",
    });
    expect((await ok(harness.post(COFFEE, POS, claim("order-1")))).json).toEqual(made.json);
    expect((await ok(harness.get(`${COFFEE}/order-1`, POS))).json).toEqual(made.json);

    const committed = await ok(harness.post(`${COFFEE}/order-1/commit`, POS));
    expect(committed.json).toMatchObject({ state: "committed", revision: 2 });
    expect((await ok(harness.post(`${COFFEE}/order-1/commit`, POS))).json).toEqual(committed.json);
    expect(problemOf(await harness.post(`${COFFEE}/order-1/release`, POS))).toMatchObject({
      status: 409,
      problems: [{ code: "state", seen: "committed" }],
    });

    await ok(harness.post(COFFEE, MARKETING, claim("order-2")));
    const refused = await harness.post(COFFEE, POS, claim("order-3"));
    expect(problemOf(refused)).toMatchObject({
      status: 409,
      detail: "0 pieces of stock coffee left, 1 piece asked",
      problems: [{ code: "not-enough-left" }],
    });
    expect((await ok(harness.post(`${COFFEE}/order-2/release`, ADMIN))).json).toMatchObject({ state: "released" });
    expect((await ok(harness.get(LIMITS, POS))).json.items).toEqual([
      { ...coffee, reserved: 0, committed: 1, left: 1 },
    ]);
  });

  it("frees what is past its time when the clock wakes", async () => {
    await ok(harness.post(COFFEE, POS, claim("slow", { holdSeconds: 60 })));
    harness.cloud.clock.advance(61_000);
    expect(problemOf(await harness.post(`${COFFEE}/slow/commit`, POS))).toMatchObject({
      status: 409,
      problems: [{ code: "expired", seen: "2026-03-05T16:01:00.000Z" }],
    });
    await createClock(harness.cloud.deps)();
    expect((await ok(harness.get(`${COFFEE}/slow`, POS))).json).toMatchObject({ state: "expired" });
  });

  it("takes ids with any sign, and says where they are read", async () => {
    const id = "2018/05 50%?";
    const { headers, json } = await ok(harness.post(COFFEE, POS, claim(id, { holdSeconds: 60 })));
    expect(json.reservationId).toBe(id);
    const path = String(headers.location);
    expect((await ok(harness.get(path, POS))).json).toEqual(json);
    await ok(harness.post(`${path}/release`, POS));
  });

  it("lets an integrator see and touch its own only; reads for the company; the rest is kept out", async () => {
    const own = async (as: Actor) =>
      (await ok(harness.get(COFFEE, as))).json.items.map((one: { reservationId: string }) => one.reservationId);
    expect(await own(AUDITOR)).toEqual(expect.arrayContaining(["order-1", "order-2"]));
    expect(await own(POS)).not.toContain("order-2");
    expect(await own(OTHER)).toEqual([]);
    expect((await harness.get(`${COFFEE}/order-1`, OTHER)).status).toBe(404);
    expect((await harness.post(`${COFFEE}/order-1/release`, OTHER)).status).toBe(404);
    for (const as of [SELLER, MANAGER]) expect((await harness.get(LIMITS, as)).status).toBe(403);
    for (const as of [SELLER, MANAGER, AUDITOR, APPROVER]) {
      expect((await harness.post(COFFEE, as, claim("x"))).status).toBe(403);
    }
  });

  it("refuses what cannot be meant, by the place in the body or path", async () => {
    const bad = await harness.post(COFFEE, POS, { reservationId: "a#b", subject: "", quantity: 0, holdSeconds: 1e9 });
    expect(bad.status).toBe(422);
    expect(
      problemOf(bad)
        .problems.map(({ path }) => path)
        .sort(),
    ).toEqual(["/holdSeconds", "/quantity", "/reservationId", "/subject"]);
    expect((await harness.post(`${LIMITS}/gift/coffee/reservations`, POS, claim("x"))).status).toBe(422);
    expect((await harness.post(`${LIMITS}/stock/tea/reservations`, POS, claim("x"))).status).toBe(404);
    expect((await harness.get("/v1/campaigns/nothing/limits", POS)).status).toBe(404);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { openApiDocument } from "#contracts/openapi.ts";
import { acceptsIdempotencyKey, type Route } from "#contracts/route.ts";
import { apiRoutes } from "#contracts/routes.ts";
import type { HttpHandler } from "#functions/_kit/http.ts";
import { ApiHarness, invoke, MARKETING, problemOf } from "./api-harness.ts";
import { found, ok, PLAN } from "./api-world.ts";

const KEY = "4b2f7a52-1c0e-4a9e-9a35-8c1f2f5f6f01";
const OTHER_PLAN = { ...PLAN, id: "winter-2026" };

describe("a call with an Idempotency-Key", () => {
  let harness: ApiHarness;
  let clock: SimulatedClock;
  let api: HttpHandler;
  const create = (key: string, plan: unknown = OTHER_PLAN, as = MARKETING) =>
    invoke(api, "POST", "/v1/campaigns", { as, body: plan, headers: { "idempotency-key": key } });

  beforeEach(async () => {
    harness = new ApiHarness();
    clock = new SimulatedClock(Date.now());
    api = harness.apiWith({ securityClock: clock });
    await found(harness);
  });

  it("does nothing the second time and is answered the same", async () => {
    const first = await ok(create(KEY));
    const second = await create(KEY);
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, text: first.text });
    expect(second.headers.location).toBe(first.headers.location);
    expect(second.headers["idempotency-replayed"]).toBe("true");
    expect(first.headers["idempotency-replayed"]).toBeUndefined();
  });

  it("would be refused the second time without it", async () => {
    await ok(invoke(api, "POST", "/v1/campaigns", { as: MARKETING, body: OTHER_PLAN }));
    expect((await invoke(api, "POST", "/v1/campaigns", { as: MARKETING, body: OTHER_PLAN })).status).toBe(409);
  });

  it("is refused when the key was used for something else", async () => {
    await ok(create(KEY));
    const answer = await create(KEY, { ...OTHER_PLAN, id: "autumn-2026" });
    expect(answer.status).toBe(422);
    expect(problemOf(answer).problems[0]).toMatchObject({
      code: "idempotency-key",
      path: "Idempotency-Key",
      seen: KEY,
    });
  });

  it("is not taken for the same call of somebody else", async () => {
    await ok(create(KEY));
    const answer = await create(KEY, OTHER_PLAN, { ...MARKETING, subject: "somebody.else" });
    expect(answer.status).toBe(409);
    expect(answer.headers["idempotency-replayed"]).toBeUndefined();
  });

  it("may be sent again after a refusal, which did nothing", async () => {
    await ok(invoke(api, "POST", "/v1/campaigns", { as: MARKETING, body: OTHER_PLAN }));
    expect((await create(KEY)).status).toBe(409);
    expect((await create(KEY)).headers["idempotency-replayed"]).toBeUndefined();
  });

  it("runs once when it comes many times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(KEY)));
    const made = answers.filter(({ status, headers }) => status === 201 && !headers["idempotency-replayed"]);
    expect(made).toHaveLength(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
  });

  it("may be taken over once the machine that ran it is surely gone", async () => {
    const call = { caller: MARKETING.subject, operation: "POST /v1/campaigns", key: KEY };
    await ok(create(KEY));
    const kept = await harness.answers.call(call);
    if (kept === undefined) throw new Error("the call was not kept");
    const { answer: _, ...begun } = kept;
    await harness.answers.begin(call, { ...begun, attempt: "gone" }, kept);
    expect((await create(KEY)).status).toBe(409);
    clock.advance(61_000);
    // The first one made the campaign before it was gone: the second is told so, by the store and not by the key.
    expect(problemOf(await create(KEY)).problems[0]?.code).not.toBe("idempotency-key");
  });

  it("is forgotten after a day", async () => {
    await ok(create(KEY));
    clock.advance(24 * 3_600_000);
    expect((await create(KEY)).headers["idempotency-replayed"]).toBeUndefined();
  });

  it.each(["", "a b", "ключ", "x".repeat(256)])("is refused with the key %j", async (key) => {
    expect(problemOf(await create(key)).problems[0]).toMatchObject({ code: "idempotency-key" });
  });
});

describe("the route table", () => {
  const table: Readonly<Record<string, Route>> = apiRoutes;

  it("offers the key wherever something is made or started, and nowhere else", () => {
    const document = openApiDocument();
    for (const [id, route] of Object.entries(table)) {
      const item = document.paths?.[route.path];
      const operation = route.method === "POST" ? item?.post : route.method === "PUT" ? item?.put : item?.get;
      const names = (operation?.parameters ?? []).flatMap((parameter) => ("name" in parameter ? [parameter.name] : []));
      expect(names.includes("Idempotency-Key"), id).toBe(acceptsIdempotencyKey(route));
    }
    expect(Object.entries(table).filter(([, route]) => acceptsIdempotencyKey(route)).length).toBeGreaterThan(3);
  });
});

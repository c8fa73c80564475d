import { describe, expect, it } from "vitest";
import * as z from "zod";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { noBody, none, route } from "#contracts/route.ts";
import { CallLimits } from "#functions/_kit/call-limits.ts";
import { httpHandler } from "#functions/_kit/http.ts";
import { operation } from "#functions/_kit/operation.ts";
import { APPROVER, ApiHarness, invoke, MARKETING, problemOf } from "./api-harness.ts";

const NOW = Date.now();

describe("the limit of calls", () => {
  it("answers 429 when a caller has used a minute's calls, says when to come back, and keeps nobody else waiting", async () => {
    const harness = new ApiHarness();
    const clock = new SimulatedClock(NOW);
    const api = harness.apiWith({ securityClock: clock }, 60);
    const list = (as = MARKETING) => invoke(api, "GET", "/v1/campaigns", { as });
    for (let call = 0; call < 60; call += 1) expect((await list()).status).toBe(200);
    const refused = await list();
    expect(problemOf(refused)).toMatchObject({ status: 429, type: "urn:laurel:problem:tooMany" });
    expect(refused.headers).toMatchObject({ "retry-after": "1", "ratelimit-policy": '"calls";q=60;w=60' });
    expect((await list(APPROVER)).status).toBe(200);
    clock.advance(1000);
    expect((await list()).status).toBe(200);
    expect((await list()).status).toBe(429);
  });

  it("tells how much is left", async () => {
    const api = new ApiHarness().apiWith({ securityClock: new SimulatedClock(NOW) }, 60);
    const { headers } = await invoke(api, "GET", "/v1/campaigns", { as: MARKETING });
    expect(headers.ratelimit).toBe('"calls";r=59;t=1');
  });

  it("remembers a bounded number of callers", () => {
    const limits = new CallLimits(1);
    limits.take("first", 0);
    expect(() => limits.take("first", 0)).toThrow("more calls");
    for (let caller = 0; caller < 10_000; caller += 1) limits.take(`other-${caller}`, 0);
    expect(() => limits.take("first", 0)).not.toThrow();
  });
});

describe("a store that is busy", () => {
  it("is answered with 503 and when to try again", async () => {
    const harness = new ApiHarness();
    harness.cloud.deps.plans.campaigns = async () => {
      throw Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" });
    };
    const answer = await harness.get("/v1/campaigns", MARKETING);
    expect(problemOf(answer)).toMatchObject({ status: 503, type: "urn:laurel:problem:unavailable" });
    expect(answer.headers["retry-after"]).toBe("2");
  });
});

describe("an operation that will go", () => {
  it("says since when, until when, and what to use instead", async () => {
    const old = route({
      method: "GET",
      path: "/v1/old",
      tag: "Service",
      summary: "Old",
      access: "public",
      deprecated: { since: "2027-01-01", sunset: "2028-01-01", instead: "GET /v2/new" },
      params: none,
      query: none,
      body: noBody,
      success: { status: 200, description: "Old", schema: z.strictObject({}) },
      refusals: [],
    });
    const harness = new ApiHarness();
    const edge = {
      identity: harness.identity,
      answers: harness.answers,
      securityClock: new SimulatedClock(NOW),
      limits: new CallLimits(1),
    };
    const { route: bound, answer } = operation(old, async () => ({ json: {} }));
    const handler = httpHandler([{ method: "GET", path: bound.path, answer: (event) => answer(event, edge) }]);
    expect((await invoke(handler, "GET", "/v1/old")).headers).toMatchObject({
      deprecation: "@1798761600",
      sunset: "Sat, 01 Jan 2028 00:00:00 GMT",
    });
  });
});

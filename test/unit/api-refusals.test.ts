import { beforeAll, describe, expect, it } from "vitest";
import type { Route } from "#contracts/route.ts";
import { apiRoutes } from "#contracts/routes.ts";
import { ROLES } from "#domain/actor.ts";
import { APPROVER, ApiHarness, AUDITOR, MARKETING, problemOf, type Sent } from "./api-harness.ts";
import { CAMPAIGN, found, ok, PLAN } from "./api-world.ts";

const table: Readonly<Record<string, Route>> = apiRoutes;

describe("every route", () => {
  const harness = new ApiHarness();
  const signedIn = Object.entries(table).filter(([, { access }]) => access !== "public");
  const call = ({ method, path, body }: Route, sent: Sent) =>
    harness.call(method, path.replaceAll(/\{\w+\}/g, "x"), {
      ...(body.media.length > 0 ? { body: body.example } : {}),
      ...sent,
    });

  it.each(signedIn)("%s answers 401 without a token", async (_id, route) => {
    const answer = await call(route, {});
    expect(problemOf(answer)).toMatchObject({ status: 401, type: "urn:laurel:problem:unauthenticated" });
    expect(answer.headers["www-authenticate"]).toContain("Bearer");
  });

  it.each(signedIn)("%s answers 403 to every role it does not name", async (_id, route) => {
    for (const role of ROLES.filter((one) => !route.access.includes(one))) {
      const answer = await call(route, { as: { subject: "x", roles: [role], units: [], sources: [] } });
      expect(problemOf(answer).problems[0]).toMatchObject({ code: "role", seen: role });
      expect(answer.status).toBe(403);
    }
  });

  it.each(Object.entries(table).filter(([, { access }]) => access === "public"))(
    "%s needs no token",
    async (_id, route) => {
      expect((await call(route, {})).status).toBe(200);
    },
  );

  it.each(Object.entries(table).filter(([, { ifMatch }]) => ifMatch === true))(
    "%s answers 428 without If-Match",
    async (_id, route) => {
      const [role] = ROLES.filter((one) => route.access.includes(one));
      if (role === undefined) throw new Error("a route that nobody may call");
      const answer = await call(route, { as: { ...MARKETING, roles: [role] } });
      expect(problemOf(answer).problems[0]).toMatchObject({ path: "If-Match" });
      expect(answer.status).toBe(428);
    },
  );
});

describe("refusals", () => {
  const harness = new ApiHarness();
  const body = { ...PLAN, lateFacts: "P10D" };
  const put = (headers: Record<string, string>, plan: unknown = body) =>
    harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body: plan, headers });

  beforeAll(() => found(harness));

  it("invalid: 422 with every problem, its place, what was seen and what is allowed", async () => {
    const bad = { ...PLAN, recovery: "never", measures: [], surplus: 1 };
    const problem = problemOf(await harness.post("/v1/campaigns", MARKETING, bad));
    expect(problem).toMatchObject({ status: 422, type: "urn:laurel:problem:invalid" });
    expect(problem.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: "/recovery", seen: "never", allowed: "nextPayout, receivable" }),
        expect.objectContaining({ path: "/measures", allowed: "at least 1" }),
        expect.objectContaining({ path: "/surplus", code: "unknown-key" }),
      ]),
    );
  });

  it("invalid: parameters and queries are read like bodies", async () => {
    const limit = problemOf(await harness.get("/v1/campaigns?limit=0", AUDITOR));
    expect(limit.problems).toMatchObject([{ path: "query/limit", seen: "0", allowed: "at least 1" }]);
    const unknown = problemOf(await harness.get("/v1/campaigns?page=2", AUDITOR));
    expect(unknown.problems).toMatchObject([{ path: "query/page", code: "unknown-key" }]);
    const id = problemOf(await harness.get("/v1/campaigns/Spring%202026", AUDITOR));
    expect(id.problems).toMatchObject([{ path: "path/campaign", seen: "Spring 2026" }]);
  });

  it("invalid: a plan's own rules are asked when it is published", async () => {
    const gap = { ...PLAN, id: "gap", budgets: [{ ...PLAN.budgets?.[0], id: "b", rewards: ["none"] }] };
    await ok(harness.post("/v1/campaigns", MARKETING, gap));
    const headers = { "if-match": '"1"' };
    const problem = problemOf(await harness.post("/v1/campaigns/gap/versions", MARKETING, undefined, { headers }));
    expect(problem.problems).toMatchObject([{ code: "unknown-reward", path: "/budgets/0/rewards/0", seen: "none" }]);
  });

  it("invalid: a plan is not activated without the targets that its rewards need", async () => {
    const plan = { ...PLAN, id: "no-targets" };
    await ok(harness.post("/v1/campaigns", MARKETING, plan));
    const headers = { "if-match": '"1"' };
    await ok(harness.post("/v1/campaigns/no-targets/versions", MARKETING, undefined, { headers }));
    const problem = problemOf(await harness.post("/v1/campaigns/no-targets/activate", MARKETING, { version: 1 }));
    expect(problem.problems).toHaveLength(2);
    expect(problem.problems[0]).toMatchObject({ code: "missing-target" });
  });

  it("a bad plan is an answer, not an error, where it is only checked", async () => {
    const answer = await ok(harness.post("/v1/plans:validate", MARKETING, { ...PLAN, currency: "XXQ" }));
    expect(answer.json).toMatchObject({ valid: false, problems: [{ path: "/currency", seen: "XXQ" }] });
    const poor = {
      ...PLAN,
      budgets: [{ id: "b", rewards: ["branch-ranking"], amount: "17000.00", policy: "stopAndFlag" }],
    };
    const report = await ok(harness.post("/v1/plans:validate", MARKETING, poor));
    expect(report.json).toMatchObject({ valid: true, maximumLiability: { bounded: "18000.00", currency: "CNY" } });
    expect(report.json.findings.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(["unbounded-liability", "budget-below-liability"]),
    );
  });

  it("invalid: a kind of run that is none", async () => {
    const problem = problemOf(await harness.post(`${CAMPAIGN}/runs`, APPROVER, { kind: "weekly" }));
    expect(problem.problems).toMatchObject([
      { path: "/kind", seen: "weekly", allowed: "provisional, interim, final, adjustment" },
    ]);
  });

  it("notFound: 404", async () => {
    for (const path of [
      "/v1/campaigns/none",
      `${CAMPAIGN}/versions/9`,
      `${CAMPAIGN}/runs/none`,
      "/v1/facts/pos/none",
    ]) {
      expect(problemOf(await harness.get(path, AUDITOR))).toMatchObject({ status: 404, instance: path });
    }
    expect(problemOf(await harness.get("/v1/nothing", AUDITOR)).detail).toContain("GET /v1/nothing");
  });

  it("methodNotAllowed: 405 with those that are", async () => {
    const answer = await harness.call("PUT", CAMPAIGN, { as: MARKETING });
    expect(problemOf(answer).status).toBe(405);
    expect(answer.headers.allow).toBe("GET");
  });

  it("conflict: 409", async () => {
    const problem = problemOf(await harness.post("/v1/campaigns", MARKETING, PLAN));
    expect(problem).toMatchObject({ status: 409, problems: [{ path: "/id", seen: PLAN.id }] });
  });

  it("stale: 412 names the revision that was shown and the newest", async () => {
    const before = await ok(harness.get(CAMPAIGN, MARKETING));
    const etag = String(before.headers.etag);
    expect(etag).toBe('"1"');
    const edited = await ok(put({ "if-match": etag }));
    expect(edited.headers.etag).toBe('"2"');
    expect(problemOf(await put({ "if-match": etag }))).toMatchObject({
      status: 412,
      problems: [{ path: "If-Match", seen: "1", allowed: "2" }],
    });
    expect(problemOf(await put({ "if-match": "*" })).status).toBe(412);
    expect(problemOf(await put({ "if-match": '"2"' }, { ...PLAN, id: "other" })).problems).toMatchObject([
      { path: "/id", seen: "other", allowed: PLAN.id },
    ]);
    const headers = { "if-match": '"1"' };
    expect(problemOf(await harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers })).status).toBe(412);
  });

  it("unauthenticated: 401 says what is wrong with the token", async () => {
    const headers = { authorization: "Bearer not.a.token" };
    const problem = problemOf(await harness.call("GET", "/v1/campaigns", { headers }));
    expect(problem).toMatchObject({ status: 401, detail: "this is no token that can be read" });
  });

  it("internal: 500 tells nothing of what failed", async () => {
    const broken = new ApiHarness();
    const { plans } = broken.cloud.deps;
    plans.campaigns = async () => {
      throw new Error("secret table name");
    };
    const answer = await broken.get("/v1/campaigns", AUDITOR);
    expect(problemOf(answer).status).toBe(500);
    expect(answer.text).not.toContain("secret");
  });
});

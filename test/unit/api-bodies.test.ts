import { beforeAll, describe, expect, it } from "vitest";
import { ADMIN, type Answer, ApiHarness, AUDITOR, MARKETING, POS, problemOf } from "./api-harness.ts";
import { found, ok, PLAN, sale } from "./api-world.ts";

describe("bodies", () => {
  const harness = new ApiHarness();
  const validate = (body: unknown, type?: string) =>
    harness.call("POST", "/v1/plans:validate", { as: MARKETING, body, ...(type === undefined ? {} : { type }) });

  it("are 400 when they are no JSON, no UTF-8, or nothing", async () => {
    expect(problemOf(await validate('{"a":'))).toMatchObject({ status: 400, problems: [{ code: "not-json" }] });
    const latin = await validate(new Uint8Array([0x22, 0xe9, 0x22]), "application/json");
    expect(problemOf(latin).status).toBe(400);
    expect(problemOf(await validate("", "application/json")).status).toBe(400);
  });

  it("are 400 when they nest too deep, in JSON and in YAML", async () => {
    const deep = "[".repeat(100_000);
    for (const type of ["application/json", "application/yaml"]) {
      expect(problemOf(await validate(deep, type)).problems).toMatchObject([
        { code: "too-deep", allowed: "at most 32 levels" },
      ]);
    }
    const text = await validate(JSON.stringify({ name: '"[[['.repeat(100) }));
    expect(text.status).toBe(200);
  });

  it("are 415 in a type that the call does not take", async () => {
    const problem = problemOf(await validate("a,b", "text/csv"));
    expect(problem).toMatchObject({
      status: 415,
      problems: [{ seen: "text/csv", allowed: "application/json or application/yaml, in UTF-8" }],
    });
    expect(problemOf(await validate("{}", "application/json; charset=gbk")).status).toBe(415);
    expect((await validate("{}", "Application/JSON; charset=UTF-8")).status).toBe(200);
  });

  it("are 413 above one megabyte, in text and in bytes", async () => {
    const large = `"${"x".repeat(1024 * 1024)}"`;
    expect(problemOf(await validate(large)).status).toBe(413);
    expect(problemOf(await validate(Buffer.from(large), "application/json")).status).toBe(413);
  });

  it("can be YAML where they are plans", async () => {
    const yaml = Object.entries(PLAN)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
      .join("\n");
    expect((await ok(validate(yaml, "application/yaml"))).json).toMatchObject({ valid: true });
    const twice = problemOf(await validate("a: 1\na: 2\n", "application/yaml"));
    expect(twice).toMatchObject({ status: 400, problems: [{ code: "not-yaml", path: "2:1" }] });
    const bomb =
      "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n";
    expect(problemOf(await validate(bomb, "application/yaml")).status).toBe(400);
  });

  it("carry at most 500 facts", async () => {
    await found(harness);
    const facts = Array.from({ length: 501 }, (_, index) => sale(String(index), "a-1", "1.00"));
    const problem = problemOf(await harness.post("/v1/facts:batch", POS, { facts }));
    expect(problem.problems).toMatchObject([{ path: "/facts", allowed: "at most 500" }]);
    expect(problem.status).toBe(422);
    const fine = await ok(harness.post("/v1/facts:batch", POS, { facts: facts.slice(1) }));
    expect(fine.json.receipts).toHaveLength(500);
    expect(fine.json.receipts.every(({ outcome }: { outcome: string }) => outcome === "stored")).toBe(true);
  });
});

describe("answers", () => {
  const harness = new ApiHarness();
  beforeAll(() => found(harness));

  it("are not sent again to who has them", async () => {
    const first = await ok(harness.get("/v1/org-units", AUDITOR));
    const again = await harness.get("/v1/org-units", AUDITOR, { "if-none-match": String(first.headers.etag) });
    expect(again).toMatchObject({ status: 304, text: "" });
  });

  it("come in pages that together are all, each item once", async () => {
    const ids: string[] = [];
    let path: string | undefined = "/v1/people?limit=3";
    while (path !== undefined) {
      const { json }: Answer = await ok(harness.get(path, AUDITOR));
      expect(json.items.length).toBeLessThanOrEqual(3);
      ids.push(...json.items.map(({ participantId }: { participantId: string }) => participantId));
      path = json.nextCursor && `/v1/people?limit=3&cursor=${encodeURIComponent(json.nextCursor)}`;
    }
    expect(ids.sort()).toEqual(["a-1", "a-2", "b-1", "b-2"]);
    const foreign = await harness.get("/v1/org-units?cursor=bm9uZQ", AUDITOR);
    expect(problemOf(foreign)).toMatchObject({ status: 422, problems: [{ code: "cursor" }] });
  });

  it("find ids that a path would tear, in base64url", async () => {
    const rows = [{ participantId: "2018/赣/1?", name: "X", unit: "nanchang", role: "agent", from: null, to: null }];
    await ok(harness.post("/v1/people:import", ADMIN, { rows }));
    const escaped = `~${Buffer.from("2018/赣/1?").toString("base64url")}`;
    expect((await ok(harness.get(`/v1/people/${escaped}`, AUDITOR))).json).toMatchObject({
      participantId: "2018/赣/1?",
    });
    expect(problemOf(await harness.get("/v1/people/~***", AUDITOR)).status).toBe(422);
  });

  it("describe the API and the plan language to everybody", async () => {
    expect((await ok(harness.call("GET", "/v1/openapi.json"))).json).toMatchObject({ openapi: "3.1.1" });
    expect((await ok(harness.call("GET", "/v1/plan-schema.json"))).json).toMatchObject({ title: "Laurel plan" });
    expect((await ok(harness.call("GET", "/v1/health"))).json).toEqual({ status: "ok" });
  });
});

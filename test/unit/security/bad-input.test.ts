import { beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { signatureHeaders } from "#app/intake/webhook-signature.ts";
import { createIntake } from "#functions/intake/app.ts";
import {
  ADMIN,
  type Answer,
  APPROVER,
  ApiHarness,
  AUDITOR,
  invoke,
  MARKETING,
  POS,
  problemOf,
} from "../api-harness.ts";
import { CAMPAIGN, found, ok, PLAN, sale } from "../api-world.ts";
import { workOf } from "./work.ts";

const SECRET = `whsec_${Buffer.from("a secret of at least 24 bytes").toString("base64")}`;
const many = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

/** Each character of a body may cost some steps, whatever stands in it: twice the length may not be four times the work. */
const STEPS_A_CHARACTER = 100;
const STEPS_A_CALL = 50_000;

/** Sends a body that is small and made to cost much; fails when it does. */
async function quickly(send: () => Promise<Answer>, body: unknown, most = STEPS_A_CHARACTER): Promise<Answer> {
  const { length } = typeof body === "string" ? body : JSON.stringify(body);
  const { result, steps } = await workOf(send);
  expect(steps, result.text.slice(0, 200)).toBeLessThan(STEPS_A_CALL + most * length);
  return result;
}

describe("half of a character", () => {
  it("is refused wherever a text is taken, by its place", async () => {
    const harness = new ApiHarness();
    await found(harness);
    const reason = '{"kind":"final","reason":["\\ud800"]}';
    const broken = { code: "broken-unicode", path: "/name/en" };
    const plan = JSON.stringify({ ...PLAN, name: { en: "x" } }).replace('"en":"x"', '"en":"a\\ud800b"');
    const create = await harness.call("POST", "/v1/campaigns", { as: MARKETING, body: plan, type: "application/json" });
    expect(problemOf(create)).toMatchObject({ status: 422, problems: [broken] });
    const approve = await harness.call("POST", `${CAMPAIGN}/runs/x/approve`, {
      as: APPROVER,
      body: '{"resultHash":"\\ud800"}',
      type: "application/json",
    });
    expect(problemOf(approve).problems[0]).toMatchObject({ code: "broken-unicode", path: "/resultHash" });
    const request = await harness.call("POST", `${CAMPAIGN}/runs`, {
      as: APPROVER,
      body: reason,
      type: "application/json",
    });
    expect(request.status).toBe(422);
  });
});

describe("a plan that is made to be hard to read", () => {
  const harness = new ApiHarness();
  const validate = (body: unknown, type = "application/yaml") =>
    harness.call("POST", "/v1/plans:validate", { as: MARKETING, body, type });
  const validateJson = (body: unknown) => validate(body, "application/json");

  it.each([
    ["lists in lists by dashes", `${"- ".repeat(400_000)}x`],
    ["brackets behind a quote that hides them", `# "\n${"[".repeat(100_000)}`],
    ["names that are questions", "? ".repeat(200_000)],
    ["levels by indentation", many(1200, (level) => `${" ".repeat(level)}a:`).join("\n")],
    ["a type of another language", "a: !!js/function 'return 1'"],
    ["a name that stands twice", `id: a\nname: b\n${"id"}: c`],
    ["a number that is a name and a text", "1: a\n'1': b"],
  ])("is refused in a moment: %s", async (_what, text) => {
    const problem = problemOf(await quickly(() => validate(text), text));
    expect(problem.status).toBe(400);
    expect(problem.problems).toHaveLength(1);
  });

  it("is read in a moment, though it has six thousand names", async () => {
    const text = many(6_000, (index) => `k${index}: 1`).join("\n");
    expect([200, 422]).toContain((await quickly(() => validate(text), text)).status);
  });

  it("says where a name stands twice", async () => {
    const problem = problemOf(await validate("id: a\nmeasures:\n  - of: amount\n    id: x\n    of: quantity\n"));
    expect(problem.problems).toMatchObject([{ path: "5:5", message: "Map keys must be unique", seen: "of" }]);
  });

  it("repeats nothing without bound: aliases of aliases, in plans and drafts", async () => {
    const bomb = `a: &a [${many(9, () => "x")}]\n${["b", "c", "d", "e"]
      .map((name, index) => `${name}: &${name} [${many(9, () => `*${"abcd"[index]}`)}]`)
      .join("\n")}\n`;
    expect(problemOf(await validate(bomb)).problems).toMatchObject([{ code: "not-yaml" }]);
    const draft = await harness.call("POST", "/v1/campaigns", { as: MARKETING, body: bomb, type: "application/yaml" });
    expect(problemOf(draft).status).toBe(400);
  });

  it("has not more conditions than facts can be asked", async () => {
    const when = `channel in [${many(150, (index) => `"${index}"`)}]`;
    const counts = many(900, (index) => ({ id: `c${index}`, when }));
    const plan = { ...PLAN, counts };
    const { json } = await ok(quickly(() => validateJson(plan), plan));
    expect(json).toMatchObject({ valid: false, problems: [{ code: "long-conditions", allowed: expect.any(String) }] });
  });

  it("has no names that every object has", async () => {
    for (const text of ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}']) {
      expect((await ok(validateJson(text))).json).toMatchObject({ valid: false });
    }
    expect((await ok(validate("__proto__: {isAdmin: true}"))).json).toMatchObject({ valid: false });
    expect(Reflect.get({}, "isAdmin")).toBeUndefined();
  });
});

describe("an import that is made to be hard to take", () => {
  const harness = new ApiHarness();
  beforeAll(() => found(harness));

  it.each([
    ["deep", (index: number) => (index === 0 ? "company" : `u${index - 1}`), "too-deep"],
    ["in a circle", (index: number) => `u${(index + 1) % 3000}`, "too-deep"],
    ["in a small circle", (index: number) => `u${(index + 1) % 3}`, "org-cycle"],
  ])("is refused in a moment: units %s", async (_what, parentOf, code) => {
    const count = code === "org-cycle" ? 3 : 3000;
    const rows = many(count, (index) => ({
      unit: `u${index}`,
      parent: parentOf(index),
      level: `l${index}`,
      name: "x",
    }));
    const answer = await quickly(() => harness.post("/v1/org-units:import", ADMIN, { rows }), rows, 5);
    expect(problemOf(answer).problems.map((problem) => problem.code)).toContain(code);
    expect(answer.text.length).toBeLessThan(1_000_000);
    expect((await ok(harness.get("/v1/org-units", AUDITOR))).json.items).toHaveLength(4);
  });

  it("names nobody by half a character, by what cannot be seen, or by the separator of our keys", async () => {
    for (const participantId of ["\ud800", "a#1", "a\u0000", "a\r\nb", " a", "a ", "a\u2028b", ""]) {
      const rows = [{ participantId, name: "X", unit: "nanchang", role: "agent", from: null, to: null }];
      const answer = await harness.post("/v1/people:import", ADMIN, { rows });
      expect(problemOf(answer).problems[0]?.path, JSON.stringify(participantId)).toContain("participant");
    }
  });
});

describe("a fact that is made to be mistaken", () => {
  let harness: ApiHarness;
  let intake: ReturnType<typeof createIntake>;
  let sent = 0;
  const now = () => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    harness = new ApiHarness();
    await found(harness);
    const secrets = new MemorySecretStore({ "sources/pos": SECRET });
    intake = createIntake({ ...harness.cloud.deps, secrets, securityClock: systemClock });
  });

  function deliver(body: string, headers?: Record<string, string>): Promise<Answer> {
    sent += 1;
    const signed = signatureHeaders(SECRET, `msg_${sent}`, now(), Buffer.from(body));
    return invoke(intake, "POST", "/v1/webhooks/pos", { body, headers: { ...signed, ...headers } });
  }

  const kept = async (): Promise<number> =>
    (await ok(harness.get("/v1/sources/pos/unreadable", POS))).json.items.length;
  const versions = async (id: string) => (await ok(harness.get(`/v1/facts/pos/${id}`, POS))).json.versions;

  it("is kept whole and told when it is too deep, and refused when it is too large", async () => {
    const before = await kept();
    const deep = `{"facts":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect(problemOf(await deliver(deep)).problems).toMatchObject([{ code: "too-deep", allowed: "at most 64 levels" }]);
    expect(await kept()).toBe(before + 1);
    expect(problemOf(await deliver(`"${"x".repeat(1024 * 1024)}"`)).status).toBe(413);
  });

  it("cannot hold names that every object has, and nothing of it is lost", async () => {
    const before = await kept();
    const text = JSON.stringify(sale("p-1", "a-1", "1.00")).replace("{", '{"__proto__":{"amount":"999.00"},');
    expect(problemOf(await deliver(text)).status).toBe(422);
    expect(await kept()).toBe(before + 1);
    expect((await harness.get("/v1/facts/pos/p-1", POS)).status).toBe(404);
    expect(Reflect.get({}, "amount")).toBeUndefined();
  });

  it("means of a name that stands twice the last, in webhooks and batches alike", async () => {
    const twice = (id: string) => JSON.stringify(sale(id, "a-1", "1.00")).replace("{", '{"amount":"999.00",');
    expect((await deliver(twice("d-1"))).status).toBe(200);
    await ok(harness.post("/v1/facts:batch", POS, `{"facts":[${twice("d-2")}]}`));
    for (const id of ["d-1", "d-2"]) expect(await versions(id)).toMatchObject([{ amount: "1.00" }]);
  });

  // That the patterns it meets do not look at each pair of zeros, `regexes.test.ts` says.
  it("has an amount that is judged, however long it is", async () => {
    const facts = [sale("z-1", "a-1", `1.${"0".repeat(450_000)}1`), sale("z-2", "a-1", "0".repeat(450_000))];
    const answer = await ok(harness.post("/v1/facts:batch", POS, { facts }));
    expect(answer.json.receipts).toMatchObject([{ outcome: "rejected" }, {}]);
  });

  it("has no halves of characters", async () => {
    for (const spoilt of [{ externalId: "\ud800" }, { product: "\udfff" }, { attributes: { entry: "\ud83d" } }]) {
      const fact = { ...sale("h-1", "a-1", "1.00"), ...spoilt };
      expect(problemOf(await deliver(JSON.stringify(fact))).status).toBe(422);
      const { json } = await ok(harness.post("/v1/facts:batch", POS, { facts: [fact] }));
      expect(json.receipts).toMatchObject([{ outcome: "rejected" }]);
    }
  });

  it("cannot reach another's key by the separator of ours", async () => {
    for (const id of ["1#2", "pos#1", "#"]) {
      expect(problemOf(await deliver(JSON.stringify(sale(id, "a-1", "1.00")))).status).toBe(422);
      expect(problemOf(await harness.get(`/v1/facts/pos/${encodeURIComponent(id)}`, POS)).status).toBe(422);
      const masked = `~${Buffer.from(id).toString("base64url")}`;
      expect(problemOf(await harness.get(`/v1/facts/pos/${masked}`, POS)).status).toBe(422);
    }
  });

  it("of somebody who only looks like a seller is nobody's: held and listed, never theirs", async () => {
    for (const [index, lookAlike] of ["\u0430-1", "a\u20101", "\uff41-1", "A-1"].entries()) {
      const { json } = await deliver(JSON.stringify(sale(`l-${index}`, lookAlike, "500.00")));
      expect(json.receipts, lookAlike).toMatchObject([{ outcome: "stored", held: { reason: "unknown-participant" } }]);
    }
  });

  it("is found again when it is sent again, and what is older never wins", async () => {
    const first = JSON.stringify(sale("r-1", "a-1", "10.00", 1));
    const second = JSON.stringify(sale("r-1", "a-1", "20.00", 2));
    for (const body of [second, first, first, second, first]) expect((await deliver(body)).status).toBe(200);
    expect(await versions("r-1")).toMatchObject([
      { version: 1, amount: "10.00" },
      { version: 2, amount: "20.00" },
    ]);
    const contradiction = JSON.stringify(sale("r-1", "a-1", "30.00", 2));
    expect(problemOf(await deliver(contradiction)).status).toBe(409);
    expect(await versions("r-1")).toHaveLength(2);
  });

  it("is refused when its signature is another delivery's, or of another time", async () => {
    const body = JSON.stringify(sale("s-1", "a-1", "10.00"));
    const signed = signatureHeaders(SECRET, "msg_s", now(), Buffer.from(body));
    const send = (headers: Record<string, string>, text = body) =>
      invoke(intake, "POST", "/v1/webhooks/pos", { body: text, headers: { ...signed, ...headers } });
    expect((await send({ "webhook-id": "msg_t" })).status).toBe(401);
    expect((await send({ "webhook-timestamp": String(now() - 1) })).status).toBe(401);
    expect((await send({}, body.replace("10.00", "99.00"))).status).toBe(401);
    const old = signatureHeaders(SECRET, "msg_s", now() - 3600, Buffer.from(body));
    expect((await send(old)).status).toBe(401);
    expect((await harness.get("/v1/facts/pos/s-1", POS)).status).toBe(404);
    expect((await send({})).status).toBe(200);
  });
});

describe("what is written into headers", () => {
  const harness = new ApiHarness();
  beforeAll(() => found(harness));

  it("has no line breaks, whatever the path or the key says", async () => {
    const evil = "x\r\nset-cookie: session=1";
    const paths = [
      `/v1/campaigns/${encodeURIComponent(evil)}`,
      `/v1/facts/pos/${encodeURIComponent(evil)}`,
      `/v1/${encodeURIComponent(evil)}`,
      `${CAMPAIGN}/limits/stock/coffee/reservations/${encodeURIComponent(evil)}`,
    ];
    for (const path of paths) {
      const { headers, status } = await harness.get(path, AUDITOR);
      expect(status).toBeGreaterThanOrEqual(400);
      for (const value of Object.values(headers)) expect(String(value)).not.toMatch(/[\r\n]/);
    }
    const headers = { "idempotency-key": evil };
    const answer = await harness.post("/v1/campaigns", MARKETING, { ...PLAN, id: "other" }, { headers });
    expect(problemOf(answer).problems).toMatchObject([{ path: "Idempotency-Key" }]);
  });
});

describe("markup in names", () => {
  const harness = new ApiHarness();
  beforeAll(() => found(harness));

  it("is told as text that no browser takes for a page", async () => {
    const name = '"><script>alert(1)</script>';
    const row = { participantId: "<b>", name, unit: "nanchang", role: "agent", from: null, to: null };
    await ok(harness.post("/v1/people:import", ADMIN, { rows: [row] }));
    const answers = [
      await ok(harness.get("/v1/people", AUDITOR)),
      await ok(harness.get("/v1/people/%3Cb%3E", AUDITOR)),
      await harness.get("/v1/people/%3Cscript%3E", AUDITOR),
    ];
    for (const { headers } of answers)
      expect(String(headers["content-type"])).toMatch(/^application\/(problem\+)?json$/);
    for (const { headers, status } of answers)
      if (status < 300) expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(answers[1]?.json.memberships).toMatchObject([{ name }]);
  });
});

import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { writeXlsx } from "#adapters/files/xlsx-writer.ts";
import type { Actor } from "#domain/actor.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PLAN, sale } from "./api-world.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const HEADER = "员工编号,姓名,网点,岗位,开始日期,离职日期\n";
const BOTH = utf8(`${HEADER}c-1,李雷,nanchang,agent,2018/5/1,\na-1,杜思远,jiujiang,agent,,\n`);

describe("files that are imported", () => {
  let harness: ApiHarness;

  beforeEach(async () => {
    harness = new ApiHarness();
    await found(harness);
  });

  async function upload(
    as: Actor,
    kind: string,
    fileName: string,
    bytes: Uint8Array,
    more: object = {},
  ): Promise<string> {
    const { json, status } = await ok(harness.post("/v1/uploads", as, { kind, fileName, size: bytes.length, ...more }));
    expect(status).toBe(201);
    // What the link stands for: it puts the file past the API.
    await harness.cloud.deps.files.put(json.put.url.replace("memory:", ""), bytes, "application/octet-stream");
    return json.id;
  }

  async function run(as: Actor, body: object) {
    const started = await ok(harness.post("/v1/imports", as, body));
    expect(started.status).toBe(202);
    await harness.cloud.runImports();
    return (await ok(harness.get(String(started.headers.location), as))).json;
  }

  const people = async (bytes: Uint8Array, options: object = {}, more: object = {}) =>
    run(ADMIN, { upload: await upload(ADMIN, "people", "people.csv", bytes, more), mode: "allOrNothing", ...options });

  const findingsOf = async (id: string, as = ADMIN) =>
    (await ok(harness.get(`/v1/imports/${id}/findings`, as))).json.items.map(
      ({ code, path }: { code: string; path: string }) => `${path} ${code}`,
    );

  it("are found again by who asked for them, newest first, page by page, and by auditors", async () => {
    const listed = async (as: Actor, query = "") => (await ok(harness.get(`/v1/imports${query}`, as))).json;
    expect(await listed(ADMIN)).toEqual({ items: [] });
    const made: string[] = [];
    for (const step of [1, 2, 3]) {
      harness.cloud.clock.set(harness.cloud.clock.now() + 1000 * step);
      made.unshift((await people(BOTH, { preview: true })).id);
    }
    const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
    const first = await listed(ADMIN, "?limit=2");
    expect(ids(first)).toEqual(made.slice(0, 2));
    expect(first.items[0]).toMatchObject({ state: "ready", fileName: "people.csv" });
    expect(ids(await listed(ADMIN, `?limit=2&cursor=${first.nextCursor}`))).toEqual(made.slice(2));
    expect(ids(await listed(AUDITOR))).toEqual(made);
    expect(ids(await listed(MARKETING))).toEqual([]);
    expect((await harness.get("/v1/imports?cursor=nonsense", ADMIN)).status).toBe(422);
  });

  it("show what would change, and change nothing before it is confirmed", async () => {
    const looked = await people(BOTH, { preview: true });
    expect(looked).toMatchObject({ state: "ready", report: { rows: 2, taken: 2, unchanged: 0, rejected: 0 } });
    expect(looked.preview.needsApproval).toBe(false);
    expect(looked.preview.changes.map(({ about }: { about: string }) => about)).toEqual(["c-1", "a-1"]);
    expect(looked.preview.changes[1]).toMatchObject({
      before: { memberships: [{ unit: "nanchang" }] },
      after: { memberships: [{ unit: "jiujiang" }] },
    });
    expect((await harness.get("/v1/people/c-1", AUDITOR)).status).toBe(404);

    await ok(harness.post(`/v1/imports/${looked.id}/confirm`, ADMIN));
    await harness.cloud.runImports();
    const done = await ok(harness.get(`/v1/imports/${looked.id}`, ADMIN));
    expect(done.json).toMatchObject({ state: "done", report: { taken: 2 }, progress: { rows: 2, done: 2 } });
    expect((await ok(harness.get("/v1/people/c-1", AUDITOR))).json.memberships[0]).toMatchObject({
      from: "2018-05-01",
    });
    expect((await harness.post(`/v1/imports/${looked.id}/confirm`, ADMIN)).status).toBe(409);
  });

  it("change nothing the second time, and say so", async () => {
    const first = await people(BOTH);
    expect(first.sameAs).toBeUndefined();
    harness.cloud.clock.advance(1_000);
    const revision = await harness.cloud.deps.plans.directoryRevision();
    const again = await people(BOTH);
    expect(again).toMatchObject({ state: "done", sameAs: first.id, report: { taken: 0, unchanged: 2, rejected: 0 } });
    expect(await harness.cloud.deps.plans.directoryRevision()).toBe(revision);
  });

  it("are all or nothing, or their good rows, with every finding by row and column", async () => {
    const bad = utf8(`${HEADER}c-1,李雷,nanchang,agent,,\nc\u200b-2,韩梅,nanchang,agent,,\nc-3,吴,nowhere,agent,,\n`);
    const refused = await people(bad);
    expect(refused).toMatchObject({ state: "refused", findings: 2 });
    expect(await findingsOf(refused.id)).toEqual([
      "people.csv:3:participant_id invisible-character",
      "people.csv:4:unit unknown-unit",
    ]);
    expect((await harness.get("/v1/people/c-1", AUDITOR)).status).toBe(404);

    const good = await people(bad, { mode: "goodRows" });
    expect(good).toMatchObject({ state: "done", report: { rows: 3, taken: 1, rejected: 2 }, findings: 2 });
    expect((await harness.get("/v1/people/c-1", AUDITOR)).status).toBe(200);
  });

  it("may be workbooks", async () => {
    const rows = [
      ["subject", "measure", "label", "slice", "value"],
      ["nanchang", "premium", "start", "", "700.00"],
    ];
    const bytes = await writeXlsx({ name: "Targets", rows, totalRows: 0, widths: [9, 9, 9, 9, 9] });
    const id = await upload(MARKETING, "targets", "targets.xlsx", bytes);
    const done = await run(MARKETING, { upload: id, mode: "allOrNothing", campaign: PLAN.id });
    expect(done).toMatchObject({ state: "done", report: { rows: 1, taken: 1 }, notes: ['read sheet "Targets"'] });
    const { items } = (await ok(harness.get(`${CAMPAIGN}/targets`, AUDITOR))).json;
    expect(items).toContainEqual(expect.objectContaining({ subject: "nanchang", value: "700.00" }));
  });

  it("wait for a second person where they change much", async () => {
    const many = Array.from({ length: 230 }, (_, index) => `m-${index},N,nanchang,agent,,\n`).join("");
    const looked = await people(utf8(HEADER + many), { preview: true });
    expect(looked.preview.needsApproval).toBe(true);
    await ok(harness.post(`/v1/imports/${looked.id}/confirm`, ADMIN));
    await harness.cloud.runImports();
    const { json } = await ok(harness.get(`/v1/imports/${looked.id}`, ADMIN));
    expect(json).toMatchObject({ state: "waiting", report: { taken: 0, waiting: 230 } });
    expect((await harness.get("/v1/people/m-1", AUDITOR)).status).toBe(404);
    const { hash } = (await ok(harness.get(`/v1/approvals/${json.approval}`, APPROVER))).json;
    await ok(harness.post(`/v1/approvals/${json.approval}/approve`, APPROVER, { hash }));
    expect((await harness.get("/v1/people/m-1", AUDITOR)).status).toBe(200);
  });

  it("are the bytes that were promised, and those that the preview showed", async () => {
    const missing = await ok(harness.post("/v1/uploads", ADMIN, { kind: "people", fileName: "p.csv", size: 9 }));
    const none = await run(ADMIN, { upload: missing.json.id, mode: "goodRows" });
    expect(await findingsOf(none.id)).toEqual(["p.csv no-file"]);

    const sha256 = createHash("sha256").update("another").digest("hex");
    expect(await findingsOf((await people(BOTH, {}, { sha256 })).id)).toEqual(["people.csv other-file"]);
    expect(await findingsOf((await people(BOTH, {}, { size: 1 })).id)).toEqual(["people.csv other-size"]);

    const looked = await people(BOTH, { preview: true });
    await harness.cloud.deps.files.put(
      `uploads/${looked.upload}/file`,
      BOTH.map((byte) => (byte === 0x31 ? 0x32 : byte)),
      "",
    );
    await ok(harness.post(`/v1/imports/${looked.id}/confirm`, ADMIN));
    await harness.cloud.runImports();
    expect((await ok(harness.get(`/v1/imports/${looked.id}`, ADMIN))).json.state).toBe("refused");
    expect(await findingsOf(looked.id)).toEqual(["people.csv other-file"]);
  });

  it.each(["../people.csv", "a/b.csv", "people.exe", ".csv", "gpj.\u202evsc.csv", "C:people.csv", "a\u0000.csv"])(
    "have a plain name, which %j is not",
    async (fileName) => {
      expect((await harness.post("/v1/uploads", ADMIN, { kind: "people", fileName, size: 9 })).status).toBe(422);
    },
  );

  it("are each kind's own role's, and nobody else's", async () => {
    const body = { kind: "people", fileName: "p.csv", size: 9 };
    expect((await harness.post("/v1/uploads", MARKETING, body)).status).toBe(403);
    expect((await harness.post("/v1/uploads", ADMIN, { ...body, kind: "sales" })).status).toBe(403);
    const id = await upload(ADMIN, "people", "people.csv", BOTH);
    expect((await harness.post("/v1/imports", MARKETING, { upload: id, mode: "goodRows" })).status).toBe(404);
    const { id: made } = await run(ADMIN, { upload: id, mode: "goodRows" });
    expect((await harness.get(`/v1/imports/${made}`, AUDITOR)).status).toBe(200);
    expect((await harness.get(`/v1/imports/${made}`, POS)).status).toBe(404);
    expect((await harness.get(`/v1/imports/${made}/findings`, MARKETING)).status).toBe(404);
    expect((await harness.post(`/v1/imports/${made}/confirm`, POS)).status).toBe(404);
    expect((await harness.get("/v1/imports/..%2F..%2Fruns", ADMIN)).status).toBe(404);
  });
});

describe("facts that are imported", () => {
  const CSV = utf8(
    "单号;员工编号;日期;金额;币种;产品;渠道;entry\nF-1;a-1;2026-03-05 10:00;600.00;CNY;LAY;individual;app\n1;b-1;2026-03-05 10:00;5.00;CNY;LAY;individual;app\n",
  );

  it("are stored once, told apart from what contradicts, and credited like any other", async () => {
    const harness = new ApiHarness();
    await launch(harness);
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "b-1", "9.00")] }));
    const send = async () => {
      const body = { kind: "sales", fileName: "sales.csv", size: CSV.length };
      const { json } = await ok(harness.post("/v1/uploads", POS, body));
      await harness.cloud.deps.files.put(`uploads/${json.id}/file`, CSV, "");
      const asked = { upload: json.id, mode: "goodRows", source: "pos", campaign: PLAN.id };
      const { headers } = await ok(harness.post("/v1/imports", POS, asked));
      await harness.cloud.runImports();
      return (await ok(harness.get(String(headers.location), POS))).json;
    };
    harness.cloud.clock.advance(60_000);
    expect(await send()).toMatchObject({
      state: "done",
      report: { rows: 2, taken: 1, unchanged: 0, rejected: 1 },
      findings: 1,
    });
    expect((await ok(harness.get("/v1/facts/pos/F-1", POS))).json.versions).toMatchObject([
      { amount: "600.00", occurredAt: "2026-03-05T10:00:00+08:00", attributes: { entry: "app" } },
    ]);
    harness.cloud.clock.advance(60_000);
    expect(await send()).toMatchObject({ report: { rows: 2, taken: 0, unchanged: 1, rejected: 1 } });
  });

  it("are of a source that the token names", async () => {
    const harness = new ApiHarness();
    await launch(harness);
    const { json } = await ok(harness.post("/v1/uploads", POS, { kind: "sales", fileName: "s.csv", size: 9 }));
    const asked = { upload: json.id, mode: "goodRows", campaign: PLAN.id };
    const other = await harness.post("/v1/imports", POS, { ...asked, source: "other" });
    expect(other.json.problems).toMatchObject([{ code: "other-source", seen: "other", allowed: "pos" }]);
    expect((await harness.post("/v1/imports", POS, asked)).status).toBe(422);
  });
});

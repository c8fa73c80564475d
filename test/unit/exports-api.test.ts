import { beforeAll, describe, expect, it } from "vitest";
import { readRawTable } from "#adapters/files/read-table.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING, POS, SELLER } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, sale } from "./api-world.ts";

/** A settled campaign, fetched as files by requests. */
describe("tables that people fetch", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;
  let runId = "";

  beforeAll(async () => {
    await launch(harness);
    // A name that a spreadsheet would run.
    const rows = [{ participantId: "a-1", name: "=1+1", unit: "nanchang", role: "agent", from: null, to: null }];
    await ok(harness.post("/v1/people:import", ADMIN, { rows }));
    await cloud.runRebuilds();
    const facts = [sale("1", "a-1", "600.00"), sale("2", "b-1", "900.00"), sale("3", "a-2", "100.00")];
    await ok(harness.post("/v1/facts:batch", POS, { facts }));
    await cloud.drain();
    cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    runId = (await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }))).json.runId;
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);
    const { resultHash } = (await ok(harness.get(`${CAMPAIGN}/runs/${runId}`, APPROVER))).json;
    await ok(harness.post(`${CAMPAIGN}/runs/${runId}/approve`, APPROVER, { resultHash }));
    await cloud.pay(request);
  });

  async function table(path: string, as = AUDITOR): Promise<string[][]> {
    const answer = await ok(harness.get(path, as));
    const { records, problem } = await readRawTable({ name: "t", bytes: answer.bytes });
    expect(problem).toBeUndefined();
    return records.map(({ cells }) => [...cells]);
  }

  it("say the same as CSV, as a workbook and as JSON", async () => {
    const path = `${CAMPAIGN}/payouts`;
    const { items } = (await ok(harness.get(path, AUDITOR))).json;
    const [header = [], ...rows] = await table(`${path}?format=csv`);
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    expect(column("payee_id")).toEqual(items.map(({ payee }: { payee: { id: string } }) => payee.id));
    expect(column("paid").map((paid) => Number(paid) * 100)).toEqual(
      items.map(({ paidMinor }: { paidMinor: number }) => paidMinor),
    );
    const book = await table(`${path}?format=xlsx`);
    expect(book.map((row) => row[2])).toEqual([header, ...rows].map((row) => row[2]));
    expect(book.slice(1).map((row) => Number(row[7]))).toEqual(column("paid").map(Number));
  });

  it("run no text as a formula", async () => {
    const path = `${CAMPAIGN}/payouts`;
    const csv = await table(`${path}?format=csv`);
    expect(csv.find((row) => row[2] === "a-1")?.[3]).toBe("'=1+1");
    // A workbook's texts are texts by their type.
    const book = await table(`${path}?format=xlsx`);
    expect(book.find((row) => row[2] === "a-1")?.[3]).toBe("=1+1");
  });

  it.each([
    [`${CAMPAIGN}/payouts`, "对象编号"],
    [`${CAMPAIGN}/postings`, "差额"],
    [`${CAMPAIGN}/boards`, "名次"],
    [`${CAMPAIGN}/statements/participant/a-1`, "到期时间"],
  ])("have Chinese headers: %s", async (path, header) => {
    const [names = []] = await table(`${path}?format=csv&lang=zh`);
    expect(names).toContain(header);
  });

  it("have the lines of a run, and leave the byte order mark out where nobody wants it", async () => {
    const path = `${CAMPAIGN}/runs/${runId}/lines`;
    const { items } = (await ok(harness.get(path, AUDITOR))).json;
    expect(items.length).toBeGreaterThan(3);
    const rows = await table(`${path}?format=csv&bom=false`);
    expect(rows.slice(1).map((row) => row[0])).toEqual(items.map(({ lineId }: { lineId: string }) => lineId));
    const bytes = async (query: string) => [
      ...(await ok(harness.get(`${path}?${query}`, AUDITOR))).bytes.subarray(0, 3),
    ];
    expect(await bytes("format=csv")).toEqual([0xef, 0xbb, 0xbf]);
    expect(await bytes("format=csv&bom=false")).toEqual([..."lin"].map((letter) => letter.charCodeAt(0)));
  });

  it("show nobody more than the pages do", async () => {
    const path = `${CAMPAIGN}/payouts`;
    const own = (await ok(harness.get(path, MANAGER))).json.items.map(
      ({ payee }: { payee: { id: string } }) => payee.id,
    );
    expect(own).not.toContain("b-1");
    expect((await table(`${path}?format=csv`, MANAGER)).slice(1).map((row) => row[2])).toEqual(own);
    expect((await harness.get(`${path}?format=csv`, SELLER)).status).toBe(403);
    expect((await harness.get(`${CAMPAIGN}/statements/participant/b-1?format=csv`, SELLER)).status).toBe(403);
  });
});

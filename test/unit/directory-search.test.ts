import { beforeAll, describe, expect, it } from "vitest";
import { ADMIN, ApiHarness, AUDITOR, MANAGER, problemOf } from "./api-harness.ts";
import { found, ok } from "./api-world.ts";

/** People found by name, unit and day; units with how many people they have; the newest entries of the audit. */

const harness = new ApiHarness();
const MOVED = [
  { participantId: "m-1", name: "Li Na 李娜", unit: "nanchang", role: "agent", from: "2025-01-01", to: "2026-02-01" },
  { participantId: "m-1", name: "Li Na 李娜", unit: "jiujiang", role: "lead", from: "2026-02-01", to: null },
];

beforeAll(async () => {
  await found(harness);
  await ok(harness.post("/v1/people:import", ADMIN, { rows: MOVED }));
});

const ids = async (query: string, as = AUDITOR) =>
  (await ok(harness.get(`/v1/people?${query}`, as))).json.items.map(
    ({ participantId }: { participantId: string }) => participantId,
  );

describe("people", () => {
  it.each([
    ["q=%E6%9D%8E%E5%A8%9C", ["m-1"]],
    ["q=li%20NA", ["m-1"]],
    ["q=%EF%BD%8D-%EF%BC%91", ["m-1"]],
    ["q=a-", ["a-1", "a-2"]],
    ["q=nobody", []],
    ["unit=nanchang", ["a-1", "a-2", "m-1"]],
    ["unit=nanchang&on=2026-01-31", ["a-1", "a-2", "m-1"]],
    ["unit=nanchang&on=2026-02-01", ["a-1", "a-2"]],
    ["unit=jiangxi&on=2026-02-01", ["a-1", "a-2", "b-1", "b-2", "m-1"]],
    ["unit=jiujiang&q=m-", ["m-1"]],
    ["on=2024-06-01", ["a-1", "a-2", "b-1", "b-2"]],
    ["unit=nowhere", []],
  ])("are found by %s", async (query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  it("are found page by page", async () => {
    const first = (await ok(harness.get("/v1/people?unit=nanchang&limit=2", AUDITOR))).json;
    expect(first.items).toHaveLength(2);
    const rest = await ids(`unit=nanchang&limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect(rest).toEqual(["m-1"]);
  });

  it("of other units are found by nobody who manages one", async () => {
    const manager = { ...MANAGER, units: ["nanchang"] };
    expect(await ids("q=b-", manager)).toEqual([]);
    expect(await ids("unit=jiujiang", manager)).toEqual(["m-1"]);
    const { json } = await ok(harness.get("/v1/people?q=m-1", manager));
    expect(json.items[0].memberships.map(({ unit }: { unit: string }) => unit)).toEqual(["nanchang"]);
  });
});

describe("units", () => {
  const counts = async (query: string) =>
    Object.fromEntries(
      (await ok(harness.get(`/v1/org-units${query}`, AUDITOR))).json.items.map(
        ({ unit, people }: { unit: string; people?: number }) => [unit, people],
      ),
    );

  it("have as many people as belong to them on a day", async () => {
    expect(await counts("?countedOn=2026-01-31")).toEqual({ company: 0, jiangxi: 0, nanchang: 3, jiujiang: 2 });
    expect(await counts("?countedOn=2026-02-01")).toEqual({ company: 0, jiangxi: 0, nanchang: 2, jiujiang: 3 });
    expect(await counts("")).toEqual({});
  });
});

describe("the audit", () => {
  const audit = async (query: string) => (await ok(harness.get(`/v1/audit?${query}`, AUDITOR))).json;

  it("shows a chain from its last entry back to its first, each once", async () => {
    const oldest = (await audit("chain=company&limit=200")).items;
    expect(oldest.length).toBeGreaterThan(4);
    const newest: unknown[] = [];
    let cursor = "";
    do {
      const page = await audit(`chain=company&order=newest&limit=2${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      newest.push(...page.items);
      cursor = page.nextCursor === undefined ? "" : `&cursor=${encodeURIComponent(page.nextCursor)}`;
    } while (cursor !== "");
    expect(newest).toEqual(oldest.toReversed());
    expect((await audit("chain=company&order=newest&action=directory.none")).items).toEqual([]);
    expect((await audit("chain=nothing&order=newest")).items).toEqual([]);
  });

  it("has no newest first over several chains", async () => {
    const answer = await harness.get("/v1/audit?order=newest", AUDITOR);
    expect(problemOf(answer)).toMatchObject({ status: 422, problems: [{ code: "chain-not-named" }] });
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import { fixture } from "#test/fixtures/vendors.ts";
import { ADMIN, ApiHarness, AUDITOR, MARKETING, POS } from "./api-harness.ts";
import { launch, ok, PLAN, sale } from "./api-world.ts";

const WEB = { ...POS, subject: "web.team", sources: ["web"] };

/** What people see of facts that went wrong, and of facts until they count. */
describe("facts, until they count", () => {
  let harness: ApiHarness;

  beforeEach(async () => {
    harness = new ApiHarness();
    await launch(harness);
    const web = { name: "Web", secretNames: ["sources/web"] };
    await ok(harness.call("PUT", "/v1/sources/web", { as: ADMIN, body: web }));
  });

  const report = (...facts: object[]) => ok(harness.post("/v1/facts:batch", POS, { facts }));
  const credits = async (id: string, as = MARKETING) => (await ok(harness.get(`/v1/facts/pos/${id}/credits`, as))).json;

  it("are pending until the worker has credited them, and then say where and what they add", async () => {
    await report(sale("s-1", "a-1", "100.00"));
    const before = await credits("s-1", POS);
    expect(before).toMatchObject({ version: 1, campaigns: [{ campaign: PLAN.id, state: "pending" }] });
    await ok(harness.post("/v1/facts/pos/s-1/replay", MARKETING));
    const after = await credits("s-1");
    expect(after.campaigns).toMatchObject([
      { campaign: PLAN.id, state: "credited", credits: [{ participantId: "a-1", outcome: "counted" }] },
    ]);
    expect(Object.values(after.campaigns[0].credits[0].values)).toContain("100.00");
    await report(sale("s-1", "a-1", "70.00", 2));
    expect((await credits("s-1")).campaigns).toMatchObject([{ state: "pending" }]);
  });

  it("say who is not on file, and which campaign does not look", async () => {
    await report(sale("s-2", "nobody", "100.00"), {
      ...sale("s-3", "a-1", "100.00"),
      occurredAt: "2019-01-01T00:00:00+08:00",
    });
    expect(await credits("s-2")).toMatchObject({ held: { reason: "unknown-participant" } });
    expect((await credits("s-3")).campaigns).toEqual([{ campaign: PLAN.id, state: "outside", credits: [] }]);
    expect((await harness.get("/v1/facts/pos/s-2/credits", WEB)).status).toBe(403);
    expect((await harness.get("/v1/facts/pos/none/credits", MARKETING)).status).toBe(404);
  });

  it("in conflict stand beside what was said first, and are settled by a higher version", async () => {
    await report(sale("s-1", "a-1", "100.00"));
    await report(sale("s-1", "a-1", "200.00"));
    const conflicts = async () => (await ok(harness.get("/v1/sources/pos/conflicts", POS))).json.items;
    const contradicted = { fact: { amount: "200.00" }, stored: { amount: "100.00" }, newest: 1 };
    expect(await conflicts()).toMatchObject([contradicted]);
    await report(sale("s-1", "a-1", "200.00", 2));
    expect(await conflicts()).toMatchObject([{ ...contradicted, newest: 2 }]);
  });

  it("that are held, and sources, are told to an integrator as far as they are theirs", async () => {
    await report(sale("s-2", "nobody", "100.00"));
    await harness.post("/v1/facts/pos/s-2/replay", MARKETING);
    const held = async (as = POS) => (await ok(harness.get("/v1/facts:held", as))).json.items;
    expect(await held()).toMatchObject([{ externalId: "s-2", reason: "unknown-participant" }]);
    expect(await held(WEB)).toEqual([]);
    const { json } = await ok(harness.get("/v1/sources", WEB));
    expect(json.items.map(({ source }: { source: string }) => source)).toEqual(["web"]);
  });

  it("of a delivery that was kept are mended once it is replayed and all of it is taken", async () => {
    const body = JSON.stringify({ facts: [sale("s-4", "nobody", "5.00")] });
    const kept = { source: "pos", deliveryId: "d-1", body, reason: "r", receivedAt: "2026-03-05T10:00:00.000Z" };
    await harness.cloud.deps.facts.putUnreadable(kept);
    const replay = () => ok(harness.post("/v1/sources/pos/unreadable/d-1/replay", MARKETING));
    const [before] = [(await replay()).json.receipts, await listed()];
    expect(before).toMatchObject([{ outcome: "stored", held: { reason: "unknown-participant" } }]);
    expect(await listed()).toEqual([kept]);
    await harness.cloud.deps.plans.putPeople([{ participantId: "nobody", memberships: [] }]);
    await replay();
    expect(await listed()).toMatchObject([{ deliveryId: "d-1", mendedAt: expect.any(String) }]);
  });

  async function listed(): Promise<unknown[]> {
    return (await ok(harness.get("/v1/sources/pos/unreadable", AUDITOR))).json.items;
  }
});

describe("what waits in the inbox", () => {
  const AT = "2026-03-05T10:00:00.000Z";
  let harness: ApiHarness;
  const counts = async (as = MARKETING, query = "") => (await ok(harness.get(`/v1/sources:inbox${query}`, as))).json;
  const refuse = (source: string, row: number, mendedAt?: string) =>
    harness.cloud.deps.facts.putRejected({
      ...{ source, rowId: String(row).padStart(64, "0"), message: "{}", reason: "r", receivedAt: AT },
      ...(mendedAt === undefined ? {} : { mendedAt }),
    });

  beforeEach(async () => {
    harness = new ApiHarness();
    await launch(harness);
  });

  it("is counted of every source, without what was mended or settled", async () => {
    const { facts } = harness.cloud.deps;
    const report = (...said: object[]) => ok(harness.post("/v1/facts:batch", POS, { facts: said }));
    await report(sale("s-1", "a-1", "100.00"), sale("s-2", "a-1", "100.00"));
    await report(sale("s-1", "a-1", "200.00"), sale("s-2", "a-1", "200.00"), {
      ...sale("s-3", "a-1", "1.00"),
      amount: "x",
    });
    const kept = { source: "pos", body: "{}", reason: "r", receivedAt: AT };
    await facts.putUnreadable({ ...kept, deliveryId: "d-1" });
    await facts.putUnreadable({ ...kept, deliveryId: "d-2", mendedAt: AT });
    await refuse("pos", 1, AT);
    const pos = { source: "pos", conflicts: 2, rejected: 1, unreadable: 1, hasMore: false };
    expect((await counts()).items).toEqual([pos]);
    await report(sale("s-1", "a-1", "200.00", 2));
    expect((await counts()).items).toEqual([{ ...pos, conflicts: 1 }]);
  });

  it("is told page by page of any number of sources; an integrator's are their own", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `till-${String(index).padStart(2, "0")}`);
    for (const source of names) {
      await harness.cloud.deps.plans.putSource({ source, name: source, secretNames: ["s"] });
      await refuse(source, 1);
    }
    const first = await counts(MARKETING, "?limit=200");
    const second = await counts(MARKETING, `?limit=200&cursor=${first.nextCursor}`);
    const [{ source: pos }, ...tills] = [...first.items, ...second.items];
    expect(pos).toBe("pos");
    expect(tills).toEqual(
      names.map((source) => ({ source, conflicts: 0, rejected: 1, unreadable: 0, hasMore: false })),
    );
    expect(first.items).toHaveLength(50);
    expect(second).not.toHaveProperty("nextCursor");
    expect((await counts({ ...POS, sources: ["till-07"] })).items).toMatchObject([{ source: "till-07" }]);
  });

  it("is looked for in the beginning of what is kept, and says that there can be more", async () => {
    for (let row = 0; row < 1000; row += 1) await refuse("pos", row, row < 995 ? AT : undefined);
    const rejected = vi.spyOn(harness.cloud.deps.facts, "rejected");
    expect((await counts()).items).toMatchObject([{ rejected: 5, hasMore: false }]);
    expect(rejected).toHaveBeenCalledTimes(5);
    rejected.mockClear();
    for (let row = 1000; row < 1300; row += 1) await refuse("pos", row);
    expect((await counts()).items).toMatchObject([{ rejected: 5, hasMore: true }]);
    expect(rejected).toHaveBeenCalledTimes(5);
    rejected.mockRestore();
  });
});

describe("a mapping that is tried", () => {
  const harness = new ApiHarness();
  const mapping = { level: "line", basis: "paid", channel: { table: { checkout: "web" }, otherwise: "shop" } };
  const order = fixture("woocommerce/order");
  const attempt = (changes: object) =>
    harness.post("/v1/sources/shop/mapping:preview", ADMIN, {
      ...{ kind: "woocommerce", mapping, event: "order.updated", body: JSON.stringify(order) },
      ...changes,
    });

  it("shows which facts a message becomes, and stores none", async () => {
    const { json } = await ok(attempt({}));
    expect(json).toMatchObject({ outcome: "sales", about: "727", problems: [] });
    expect(json.facts.map(({ externalId }: { externalId: string }) => externalId)).toEqual(["727:315", "727:316"]);
    expect(json.facts[0]).toMatchObject({ message: { kind: "sale", source: "shop", channel: "web" }, problems: [] });
    expect(await harness.cloud.deps.facts.versions({ source: "shop", externalId: "727:315" })).toEqual([]);
  });

  it("tells what cannot be read, what says nothing, and what is no mapping", async () => {
    expect((await ok(attempt({ body: "{" }))).json).toMatchObject({ outcome: "unreadable", facts: [] });
    expect((await ok(attempt({ body: "{" }))).json.problems).not.toEqual([]);
    expect((await ok(attempt({ event: "product.updated" }))).json.outcome).toBe("ignored");
    expect((await attempt({ mapping: { level: "payment", basis: "paid" } })).status).toBe(422);
    expect((await harness.post("/v1/sources/shop/mapping:preview", MARKETING, {})).status).toBe(403);
  });
});

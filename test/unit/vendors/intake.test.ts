import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { vendors } from "#adapters/pos/vendors.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { changeSource } from "#app/intake/change-source.ts";
import { DeliveryJournal } from "#app/intake/delivery-journal.ts";
import { listDeliveries } from "#app/intake/read-deliveries.ts";
import { receiveWebhook } from "#app/intake/receive-webhook.ts";
import { replayDelivery } from "#app/intake/replay-delivery.ts";
import type { Mapping, Vendor } from "#domain/source.ts";
import type { FetchRequest } from "#ports/vendor.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { bytes, fixture, NOW, ORDINARY, SECRET, sourceOf, youzanMessage } from "#test/fixtures/vendors.ts";

const READER = { ...MAKER, roles: ["auditor"] } as const;

/** A shop's door: deliveries signed as the vendor signs them, and what is stored of them. */
class Shop {
  readonly cloud = new MemoryCloud();
  readonly asked: FetchRequest[] = [];
  /** What the vendor answers. */
  answer: (request: FetchRequest) => unknown = () => undefined;
  readonly kind: Vendor;
  readonly deps;

  constructor(kind: Vendor) {
    this.kind = kind;
    const clock = { now: () => NOW };
    const vendorOrders = {
      fetch: async (_source: unknown, request: FetchRequest) => {
        this.asked.push(request);
        return structuredClone(this.answer(request));
      },
    };
    const parts = {
      ...this.cloud.deps,
      vendorOrders,
      secrets: new MemorySecretStore({ shop: SECRET }),
      securityClock: clock,
    };
    const journal = new DeliveryJournal({ ...parts, instance: "0000000a" });
    this.deps = { ...parts, journal };
  }

  async open(mapping: Partial<Mapping> = {}): Promise<this> {
    this.cloud.clock.set(NOW);
    const { kind, secretNames, mapping: whole } = sourceOf(this.kind, mapping);
    await this.deps.plans.putSource({
      source: "shop",
      name: "Shop",
      kind,
      secretNames: [...secretNames],
      mapping: whole,
    });
    await this.deps.plans.putPeople([{ participantId: "ann", memberships: [] }]);
    return this;
  }

  async send(document: unknown, event = ORDINARY[this.kind].event) {
    const body = bytes(document);
    const source = sourceOf(this.kind);
    const headers = (await vendors(this.kind)).sign(body, source, SECRET, NOW, event);
    return receiveWebhook(this.deps, { source: "shop", headers, body });
  }

  /** The newest version of each fact: `amount status`. */
  async state(...ids: string[]): Promise<string[]> {
    return Promise.all(
      ids.map(async (externalId) => {
        const newest = (await this.deps.facts.versions({ source: "shop", externalId })).at(-1);
        return newest?.kind === "sale" ? `${newest.amount} ${newest.status}` : "nothing";
      }),
    );
  }

  async log(): Promise<string[]> {
    this.cloud.clock.advance(60_000);
    const { items } = await listDeliveries(this.deps, READER, "shop", {});
    return items.flatMap(({ entries }) => entries.map(({ outcome, kept }) => `${outcome}${kept ? ", kept" : ""}`));
  }
}

/** A Woo order as it was at a second of its life. */
function woo(second: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const modified = `2026-03-02T18:28:${String(second).padStart(2, "0")}`;
  return { ...fixture("woocommerce/order"), date_modified_gmt: modified, ...changes };
}

describe("an order", () => {
  const life = [
    woo(8),
    woo(9, { refunds: [{ id: 1, total: "-10.00" }] }),
    woo(10, {
      refunds: [
        { id: 1, total: "-10.00" },
        { id: 2, total: "-20.00" },
      ],
    }),
    woo(10, { status: "refunded", refunds: [{ id: 3, total: "-113.00" }] }),
  ];

  it("ends in its last state, whatever the order, however often its deliveries come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 10 }), async (extra) => {
        const shop = await new Shop("woocommerce").open();
        const order = [...extra, 3, 1, 0, 2];
        for (const index of order) await shop.send(life[index]);
        expect(await shop.state("727")).toEqual(["113.00 cancelled"]);
        expect((await shop.deps.facts.conflicts("shop", {})).items).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is smaller by what came back, and is stored once however often it is told", async () => {
    const shop = await new Shop("woocommerce").open();
    for (const told of [life[0], life[1], life[0], life[1]]) await shop.send(told);
    expect(await shop.state("727")).toEqual(["103.00 active"]);
    expect(await shop.deps.facts.versions({ source: "shop", externalId: "727" })).toHaveLength(2);
  });

  it("that says something else at the same instant is a version that follows", async () => {
    const shop = await new Shop("woocommerce").open();
    for (const created_via of ["checkout", "admin", "checkout", "admin"]) await shop.send(woo(8, { created_via }));
    const versions = await shop.deps.facts.versions({ source: "shop", externalId: "727" });
    expect(versions.map(({ version }) => version % 1000)).toEqual([0, 1]);
    expect(versions.at(-1)).toMatchObject({ channel: "admin" });
  });

  it("that is told twice at once is stored once, or as versions that follow; nothing is lost", async () => {
    const shop = await new Shop("woocommerce").open();
    await Promise.all(["a", "b", "c", "a", "b"].map((created_via) => shop.send(woo(8, { created_via }))));
    const versions = await shop.deps.facts.versions({ source: "shop", externalId: "727" });
    expect(new Set(versions.map((fact) => (fact.kind === "sale" ? fact.channel : "")))).toEqual(
      new Set(["a", "b", "c"]),
    );
  });

  it("that lost a line undoes that line's sale, and no newer one", async () => {
    const shop = await new Shop("woocommerce").open({ level: "line" });
    const [first, second] = fixture("woocommerce/order").line_items;
    await shop.send(woo(8));
    await shop.send(woo(9, { line_items: [first] }));
    expect(await shop.state("727:315", "727:316")).toEqual(["86.40 active", "21.60 cancelled"]);
    await shop.send(woo(11, { line_items: [first, second] }));
    await shop.send(woo(10, { line_items: [first] }));
    expect(await shop.state("727:315", "727:316")).toEqual(["86.40 active", "21.60 active"]);
  });

  it("that is deleted is undone, by line too; one that is not known is kept until it comes", async () => {
    for (const [level, ids] of [
      ["order", ["727"]],
      ["line", ["727:315", "727:316"]],
    ] as const) {
      const shop = await new Shop("woocommerce").open({ level });
      await shop.send({ id: 727 }, "order.deleted");
      await shop.send(woo(8));
      expect(new Set(await shop.state(...ids))).not.toContain("nothing");
      const [kept] = (await shop.deps.facts.unreadable("shop", {})).items;
      await replayDelivery(shop.deps, MAKER, "shop", kept?.deliveryId ?? "");
      for (const state of await shop.state(...ids)) expect(state).toContain("cancelled");
    }
  });
});

describe("a sale of nobody we know", () => {
  it("is stored and held, its body kept; with a better mapping it is somebody's", async () => {
    const shop = await new Shop("woocommerce").open();
    await shop.send(woo(8, { meta_data: [{ key: "till", value: "7" }] }));
    expect(await shop.log()).toEqual(["held, kept"]);
    const { mapping } = sourceOf("woocommerce");
    const seller = { paths: ["meta_data/key=till/value"], table: { "7": "ann" }, otherwise: "unattributed" };
    await changeSource(shop.deps, MAKER, "shop", { mapping: { ...mapping, seller } });
    const [kept] = (await shop.deps.facts.unreadable("shop", {})).items;
    expect(kept).toMatchObject({ event: "order.updated", reason: expect.stringContaining("unattributed") });
    const [receipt] = await replayDelivery(shop.deps, MAKER, "shop", kept?.deliveryId ?? "");
    expect(receipt).toMatchObject({ outcome: "stored" });
    expect(receipt).not.toHaveProperty("held");
    const versions = await shop.deps.facts.versions({ source: "shop", externalId: "727" });
    expect(versions.map(({ participantId }) => participantId)).toEqual(["unattributed", "ann"]);
  });
});

describe("a message that only names its order", () => {
  const closed = () => {
    const trade = fixture("youzan/trade");
    Object.assign(trade.full_order_info.order_info, { status: "TRADE_CLOSED", update_time: "2026-03-05 12:00:00" });
    return trade;
  };

  it("is kept and told to come again until the vendor has answered; then it is stored", async () => {
    const shop = await new Shop("youzan").open();
    const early = await shop.send(fixture("youzan/trade-close"));
    expect(early).toMatchObject({ waitsFor: expect.stringContaining("E20260302111111234000001") });
    expect((await shop.deps.facts.unreadable("shop", {})).items).toHaveLength(1);
    shop.answer = () => fixture("youzan/trade");
    expect(await shop.send(fixture("youzan/trade-close"))).toMatchObject({
      waitsFor: expect.stringContaining("as it was before"),
    });
    shop.answer = closed;
    const answered = await shop.send(fixture("youzan/trade-close"));
    expect(answered).toMatchObject({ thanks: { code: 0, msg: "success" } });
    expect(answered).not.toHaveProperty("waitsFor");
    expect(await shop.state("E20260302111111234000001")).toEqual(["110.00 cancelled"]);
  });

  it("ends right when it comes before the order that it closes", async () => {
    const shop = await new Shop("youzan").open();
    shop.answer = closed;
    await shop.send(fixture("youzan/trade-close"));
    await shop.send(youzanMessage(fixture("youzan/trade")));
    expect(await shop.state("E20260302111111234000001")).toEqual(["110.00 cancelled"]);
  });

  it("is asked of the vendor again when it is replayed", async () => {
    const shop = await new Shop("square").open({ level: "order" });
    await shop.send(fixture("square/order-updated"));
    const [kept] = (await shop.deps.facts.unreadable("shop", {})).items;
    const replay = () => replayDelivery(shop.deps, MAKER, "shop", kept?.deliveryId ?? "");
    await expect(replay()).rejects.toMatchObject({ kind: "conflict" });
    shop.answer = () => fixture("square/retrieve-order");
    expect(await replay()).toMatchObject([{ outcome: "stored" }]);
  });

  it("is given up after a few questions that lead from one to another", async () => {
    const shop = await new Shop("square").open({ level: "order" });
    let asked = 0;
    shop.answer = () => {
      asked += 1;
      return { order: { returns: [{ source_order_id: `next-${asked}` }] }, payments: [] };
    };
    expect(await shop.send(fixture("square/order-updated"))).toHaveProperty("waitsFor");
    expect(asked).toBe(3);
  });
});

describe("what a delivery came to", () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await new Shop("woocommerce").open();
  });

  it("is said in the log: stored, known, ignored, rejected", async () => {
    await shop.send(woo(8, { meta_data: [{ key: "seller", value: "ann" }] }));
    await shop.send(woo(8, { meta_data: [{ key: "seller", value: "ann" }] }));
    await shop.send({ id: 1 }, "customer.created");
    await shop.send(woo(8, { total: "much" }));
    await shop.send("{", "order.updated");
    expect(await shop.log()).toEqual(["stored", "duplicate", "ignored", "rejected, kept", "rejected, kept"]);
  });

  it("is thanked for even when it cannot be read: vendors switch off addresses that say no", async () => {
    expect(await shop.send("[]")).toMatchObject({ receipts: [{ outcome: "rejected" }] });
    expect((await shop.deps.facts.unreadable("shop", {})).items).toMatchObject([{ body: "[]" }]);
  });

  it("is only counted when nobody vouches for it", async () => {
    const headers = { "x-wc-webhook-signature": "AAAA", "x-wc-webhook-topic": "order.updated" };
    const unsigned = receiveWebhook(shop.deps, { source: "shop", headers, body: bytes(woo(8)) });
    await expect(unsigned).rejects.toMatchObject({ kind: "unauthenticated" });
    const { items } = await listDeliveries(shop.deps, READER, "shop", {});
    expect(items).toMatchObject([{ counts: { unauthenticated: 1 }, entries: [] }]);
    expect(await shop.state("727")).toEqual(["nothing"]);
  });

  it("is nothing when WooCommerce saves its webhook", async () => {
    const greeting = await receiveWebhook(shop.deps, { source: "shop", headers: {}, body: bytes("webhook_id=5") });
    expect(greeting).toMatchObject({ receipts: [] });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOf, spread } from "#adapters/pos/money.ts";
import { sourceSchema } from "#domain/campaign.ts";
import { fixture, messagesOf, readingOf, sourceOf } from "#test/fixtures/vendors.ts";

describe("words of ours", () => {
  it("come through tables, or are what is said for the rest; attributes only where they fit", async () => {
    const source = sourceOf("woocommerce", {
      level: "line",
      product: { paths: ["line/sku"], table: { "WS-1": "single" }, otherwise: "other" },
      channel: { paths: ["created_via"], table: { checkout: "web" }, otherwise: "shop" },
      attributes: { sku: "line/sku", price: "line/price", version: "version", nothing: "no/where", list: "line_items" },
    });
    expect(Object.values(messagesOf(await readingOf(source, fixture("woocommerce/order"))))).toMatchObject([
      { product: "single", channel: "web", attributes: { sku: "WS-1", price: 40, version: "9.7.0" } },
      { product: "SYI", channel: "web", attributes: { sku: "SYI", price: 20, version: "9.7.0" } },
    ]);
    const order = { ...fixture("woocommerce/order"), created_via: "x".repeat(65) };
    expect(Object.values(messagesOf(await readingOf(source, order)))).toMatchObject([
      { channel: "shop" },
      { channel: "shop" },
    ]);
  });

  it("of a whole order are its product's if it is one", async () => {
    const source = sourceOf("woocommerce", { product: { otherwise: "several" } });
    const order = fixture("woocommerce/order");
    expect(Object.values(messagesOf(await readingOf(source, order)))).toMatchObject([{ product: "several" }]);
    order.line_items.pop();
    expect(Object.values(messagesOf(await readingOf(source, order)))).toMatchObject([{ product: "WS-1" }]);
  });

  it("leave a sale that names nobody to nobody", async () => {
    const order = { ...fixture("woocommerce/order"), meta_data: [] };
    expect(Object.values(messagesOf(await readingOf(sourceOf("woocommerce"), order)))).toMatchObject([
      { participantId: "unattributed" },
    ]);
    for (const staff of ["", "a#b", "\ud800", "x".repeat(129), " ann"]) {
      const odd = { ...order, meta_data: [{ key: "seller", value: staff }] };
      expect(Object.values(messagesOf(await readingOf(sourceOf("woocommerce"), odd)))).toMatchObject([
        { participantId: "unattributed" },
      ]);
    }
  });

  it("do not take a letter that looks like another for it", async () => {
    const seller = { table: { ann: "participant-ann" } };
    const cyrillic = { ...fixture("woocommerce/order"), meta_data: [{ key: "seller", value: "аnn" }] };
    const reading = await readingOf(sourceOf("woocommerce", { seller }), cyrillic);
    expect(Object.values(messagesOf(reading))).toMatchObject([{ participantId: "аnn" }]);
  });
});

describe("a source", () => {
  const register = (settings: Record<string, unknown>) => {
    const parsed = sourceSchema.safeParse({ source: "shop", name: "Shop", secretNames: [], ...settings });
    return parsed.error?.issues.map(({ path }) => path.join("/")) ?? [];
  };

  it("needs what its vendor signs or leaves out", () => {
    expect(register({})).toEqual([]);
    expect(register({ mapping: { level: "order", basis: "paid" } })).toEqual(["mapping"]);
    expect(register({ kind: "shopify" })).toEqual(["mapping"]);
    expect(register({ kind: "shopify", mapping: { level: "order", basis: "paid" } })).toEqual([]);
    expect(register({ kind: "shopify", mapping: { level: "payment", basis: "goods" } })).toEqual([
      "mapping/level",
      "mapping/basis",
    ]);
    expect(register({ kind: "square", mapping: { level: "order", basis: "paid" } })).toEqual([
      "mapping/notificationUrl",
      "mapping/fetch",
    ]);
    expect(register({ kind: "toast", mapping: { level: "order", basis: "paid" } })).toEqual(["mapping/currency"]);
    expect(register({ kind: "youzan", mapping: { level: "order", basis: "paid" } })).toEqual(["mapping/clientId"]);
  });

  it("is told which paths are none", () => {
    const mapping = (path: string) => ({
      kind: "shopify",
      mapping: { level: "order", basis: "paid", seller: { paths: [path] } },
    });
    expect(register(mapping("a/b/*/c=d/0"))).toEqual([]);
    for (const path of ["", "/", "a//b", "a/", "x".repeat(65), Array(11).fill("a").join("/")]) {
      expect(register(mapping(path)), path).toEqual(["mapping/seller/paths/0"]);
    }
  });
});

describe("money that is shared", () => {
  it("is shared to the last unit, by weight, equal remainders to the first", () => {
    expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(spread(5, [1, 1])).toEqual([3, 2]);
    expect(spread(5, [0, 0])).toEqual([0, 0]);
    fc.assert(
      fc.property(fc.nat(1e12), fc.array(fc.nat(1e12), { minLength: 1, maxLength: 20 }), (total, weights) => {
        const sum = weights.reduce((all, weight) => all + weight, 0);
        const parts = spread(total, weights);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(sum === 0 ? 0 : total);
        parts.forEach((part, index) => {
          const exact = sum === 0 ? 0n : (BigInt(total) * BigInt(weights[index] ?? 0)) / BigInt(sum);
          expect([exact, exact + 1n]).toContain(BigInt(part));
        });
      }),
    );
  });

  it("is never more than was paid, and all of it when all came back", () => {
    expect(shareOf(1130, 10_000, 11_300)).toBe(1000);
    expect(shareOf(1, 1, 2)).toBe(1);
    expect(shareOf(5, 5, 0)).toBe(0);
    fc.assert(
      fc.property(fc.nat(1e12), fc.nat(1e12), (paid, goods) => {
        expect(shareOf(paid, Math.min(goods, paid), paid)).toBe(Math.min(goods, paid));
      }),
    );
  });
});

it("an order that was undone before it says that it happened was undone then: clocks differ", async () => {
  const order = { ...fixture("woocommerce/order"), status: "cancelled", date_modified_gmt: "2026-03-02T18:28:07" };
  expect(Object.values(messagesOf(await readingOf(sourceOf("woocommerce"), order)))).toMatchObject([
    { status: "cancelled", occurredAt: "2026-03-02T18:28:08.000Z", cancelledAt: "2026-03-02T18:28:08.000Z" },
  ]);
});

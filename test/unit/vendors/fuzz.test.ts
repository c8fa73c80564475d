import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { MemoryOrderLines } from "#adapters/memory/order-lines.ts";
import { MemoryPlanStore } from "#adapters/memory/plan-store.ts";
import { valuesAt } from "#adapters/pos/values.ts";
import { vendors } from "#adapters/pos/vendors.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { receiveWebhook } from "#app/intake/receive-webhook.ts";
import { isTooDeep, MOST_DEPTH, readJson } from "#domain/json.ts";
import { VENDORS, type Vendor } from "#domain/source.ts";
import { bytes, fixture, NOW, ORDINARY, SECRET, sourceOf } from "#test/fixtures/vendors.ts";

/** Values that break what was not made for them. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "", " ", "#", "__proto__", "constructor", "1e400", "-0", "NaN", "٣", "аnn", "1e2", "0x10"),
  fc.constantFrom(-1, 0, 1.005, 0.1 + 0.2, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324, true, null),
  fc.constantFrom(
    "99999999999999999999.99",
    "-113.00",
    "113.005",
    "1,13",
    "2026-02-30T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ),
);

/** A way into a document: names and places until it ends. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [path, ...inside];
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  if (typeof value !== "object" || value === null) return by;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === step ? replaced(item, rest, by) : item]),
  );
}

const DOCUMENTS: Record<Vendor, readonly unknown[]> = {
  square: [fixture("square/payment-updated"), fixture("square/order-updated"), fixture("square/refund-updated")],
  shopify: [fixture("shopify/order")],
  stripe: [fixture("stripe/charge-succeeded"), fixture("stripe/refund-updated")],
  woocommerce: [fixture("woocommerce/order")],
  toast: [fixture("toast/order-updated")],
  youzan: [{ ...Object(ORDINARY.youzan.body()), msg: fixture("youzan/trade") }, fixture("youzan/trade-close")],
};

/** Documents of a vendor with up to three places spoilt, or anything at all. */
function bodies(vendor: Vendor): fc.Arbitrary<Uint8Array> {
  const spoilt = fc
    .constantFrom(...DOCUMENTS[vendor])
    .chain((document) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(document)), odd), { minLength: 1, maxLength: 3 })
        .map((changes) => changes.reduce<unknown>((now, [path, by]) => replaced(now, path, by), document)),
    );
  return fc.oneof(
    { arbitrary: spoilt.map(bytes), weight: 8 },
    { arbitrary: fc.json().map((text) => bytes(text)), weight: 1 },
    { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
  );
}

async function shop(vendor: Vendor, level: string) {
  const plans = new MemoryPlanStore();
  const { kind, secretNames, mapping } = sourceOf(vendor, { level });
  await plans.putSource({ source: "shop", name: "Shop", kind, secretNames: [...secretNames], mapping });
  await plans.putPeople([{ participantId: "ann", memberships: [] }]);
  return {
    facts: new MemoryFactStore(),
    plans,
    orderLines: new MemoryOrderLines(),
    vendors,
    vendorOrders: { fetch: async () => undefined },
    secrets: new MemorySecretStore({ shop: SECRET }),
    clock: new SimulatedClock(NOW),
    securityClock: new SimulatedClock(NOW),
  };
}

const ODD_LEVEL: Record<Vendor, string> = {
  square: "payment",
  shopify: "line",
  stripe: "payment",
  woocommerce: "line",
  toast: "line",
  youzan: "line",
};

describe.each(VENDORS)("%s, whatever is signed", (vendor) => {
  it("is stored, kept, ignored or asked for: nothing breaks and nothing is lost", async () => {
    const adapter = await vendors(vendor);
    const { event } = ORDINARY[vendor];
    await fc.assert(
      fc.asyncProperty(bodies(vendor), fc.boolean(), async (body, isOrder) => {
        const level = isOrder && vendor !== "square" && vendor !== "stripe" ? "order" : ODD_LEVEL[vendor];
        const deps = await shop(vendor, level);
        const source = sourceOf(vendor, { level });
        const headers = adapter.sign(body, source, SECRET, NOW, event);
        const answer = await receiveWebhook(deps, { source: "shop", headers, body });
        const kept = (await deps.facts.unreadable("shop", {})).items;
        const { outcome } = adapter.read(body, event, source);
        const isRejected = answer.receipts.some((receipt) => receipt.outcome === "rejected");
        const isHeld = answer.receipts.some((receipt) => receipt.held);
        expect(kept.length > 0).toBe(isRejected || isHeld || outcome === "fetch" || outcome === "unreadable");
        if (outcome === "fetch") expect(answer.waitsFor).toBeDefined();
        for (const receipt of answer.receipts)
          if (receipt.outcome === "stored") expect(receipt.version).toBeGreaterThan(0);
      }),
      { numRuns: 250 },
    );
  });

  it("says the same when it is read again", async () => {
    const adapter = await vendors(vendor);
    const source = sourceOf(vendor);
    fc.assert(
      fc.property(bodies(vendor), (body) => {
        const { event } = ORDINARY[vendor];
        expect(adapter.read(body, event, source)).toEqual(adapter.read(body, event, source));
      }),
      { numRuns: 100 },
    );
  });
});

describe("a body of JSON", () => {
  const nested = (depth: number) => bytes(`${"[".repeat(depth)}${"]".repeat(depth)}`);

  it("may be nested as deeply as said, and no deeper", () => {
    expect(readJson(nested(MOST_DEPTH), "")).toHaveProperty("value");
    expect(readJson(nested(MOST_DEPTH + 1), "")).toMatchObject({
      problem: { code: "too-deep", allowed: "at most 64 levels" },
    });
    expect(readJson(nested(200_000), "")).toMatchObject({ problem: { code: "too-deep" } });
  });

  it("is as deep as it is, whatever stands in its texts", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("[[[[", '"{', '\\"[', "\\\\"), (value, text) => {
        const document = [value, text, { [text]: value }];
        const depth = depthOf(document);
        const body = bytes(JSON.stringify(document));
        expect(isTooDeep(body, depth)).toBe(false);
        expect(isTooDeep(body, depth - 1)).toBe(true);
      }),
    );
  });

  it("keeps ids beyond exact integers as they are written, and all else as JSON has it", () => {
    const read = (text: string) => readJson(bytes(text), "", true);
    expect(read('{"id":820982911946154508,"n":[1,-9007199254740993,1.5,1e3]}')).toEqual({
      value: { id: "820982911946154508", n: [1, "-9007199254740993", 1.5, 1000] },
    });
    // Of a name that stands twice the last counts; `__proto__` is a name like any other.
    const odd = read('{"a":1,"a":2,"__proto__":{"admin":true}}');
    expect(odd).toHaveProperty("value.a", 2);
    expect(Object.getPrototypeOf("value" in odd ? odd.value : undefined)).toBe(Object.prototype);
    expect("value" in odd && valuesAt(odd.value, "admin")).toEqual([]);
    expect("value" in odd && valuesAt(odd.value, "__proto__/admin")).toEqual([true]);
    expect(valuesAt({}, "constructor/name")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { DeliveryMinute } from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { OrderLines } from "#ports/order-lines.ts";

const START = Date.parse("2026-03-02T18:30:00Z");
export const LOG_CLOCK = { now: () => START };

function minute(index: number, changes: Partial<DeliveryMinute> = {}): DeliveryMinute {
  const entry = {
    at: formatInstant(START + index * 60_000 + 1),
    deliveryId: `d-${index}`,
    event: "orders/updated",
    outcome: "stored" as const,
    facts: [`shop#${index}`],
    count: 1,
    kept: false,
  };
  return {
    source: "shop",
    minute: formatInstant(START + index * 60_000),
    instance: "0000000a",
    counts: { stored: 1 },
    entries: [entry],
    sequences: [[index + 1, index + 1]],
    expiresAt: START / 1000 + 3600,
    ...changes,
  };
}

export function describeDeliveryLog(store: string, make: () => Promise<DeliveryLog>): void {
  describe(`the log of deliveries on ${store}`, () => {
    it("shows the newest first, a page after another, and of each source its own", async () => {
      const log = await make();
      for (const index of [2, 0, 1, 3]) await log.put(minute(index));
      await log.put(minute(9, { source: "other" }));
      const first = await log.newest("shop", { limit: 3 });
      expect(first.items).toEqual([minute(3), minute(2), minute(1)]);
      const second = await log.newest("shop", { limit: 3, cursor: first.cursor });
      expect(second).toEqual({ items: [minute(0)] });
      expect(await log.newest("nobody", {})).toEqual({ items: [] });
    });

    it("keeps what an instance says last of a minute, beside what others say of it", async () => {
      const log = await make();
      await log.put(minute(0));
      await log.put(minute(0, { counts: { stored: 2 } }));
      await log.put(minute(0, { instance: "0000000b" }));
      const { items } = await log.newest("shop", {});
      expect(items.map(({ instance, counts }) => `${instance} ${counts.stored}`)).toEqual(["0000000b 1", "0000000a 2"]);
    });

    it("leaves out what has expired, whether or not it is gone", async () => {
      const log = await make();
      await log.put(minute(0, { expiresAt: START / 1000 - 1 }));
      await log.put(minute(1));
      expect((await log.newest("shop", {})).items).toEqual([minute(1)]);
    });

    it("refuses a cursor that is not its own", async () => {
      const log = await make();
      await expect(log.newest("shop", { cursor: "bm9uc2Vuc2U" })).rejects.toMatchObject({ kind: "invalid" });
    });
  });
}

export function describeKeptDeliveries(store: string, make: () => Promise<FactStore>): void {
  describe(`kept deliveries on ${store}`, () => {
    it("have what a vendor called them, if one did", async () => {
      const facts = await make();
      const kept = { source: "shop", body: "{}", reason: "held", receivedAt: formatInstant(START) };
      await facts.putUnreadable({ ...kept, deliveryId: "a", event: "orders/updated" });
      await facts.putUnreadable({ ...kept, deliveryId: "b" });
      const { items } = await facts.unreadable("shop", {});
      const named = items.map(({ deliveryId, event }) => `${deliveryId} ${event}`);
      expect(named.sort()).toEqual(["a orders/updated", "b undefined"]);
    });
  });
}

export function describeOrderLines(store: string, make: () => Promise<OrderLines>): void {
  describe(`lines of orders on ${store}`, () => {
    it("are kept once, of each order its own, whatever characters ids have", async () => {
      const lines = await make();
      await lines.addLines("shop", "7", ["7:a", "7:b"]);
      await lines.addLines("shop", "7", ["7:b", "7:c#d/é"]);
      await lines.addLines("shop", "8", ["8:a"]);
      await lines.addLines("other", "7", ["7:x"]);
      expect((await lines.lines("shop", "7")).sort()).toEqual(["7:a", "7:b", "7:c#d/é"]);
      expect(await lines.lines("shop", "9")).toEqual([]);
      expect(await lines.lines("other", "7")).toEqual(["7:x"]);
    });
  });
}

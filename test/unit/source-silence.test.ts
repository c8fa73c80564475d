import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryDeliveryLog } from "#adapters/memory/delivery-log.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { DeliveryJournal } from "#app/intake/delivery-journal.ts";
import { isSilent, silentSources } from "#app/intake/silence.ts";
import {
  type DeliveryEntry,
  type DeliveryMinute,
  type DeliveryOutcome,
  gapsBetween,
  joinRanges,
} from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import { log } from "#functions/_kit/log.ts";
import { createClock } from "#functions/clock/app.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

const HOURS = { everyMinutes: 30, zone: "Asia/Shanghai", from: "09:00", to: "21:00", days: [1, 2, 3, 4, 5] };
/** A Monday, in Shanghai. */
const at = (clock: string, day = "02") => Date.parse(`2026-03-${day}T${clock}:00+08:00`);

describe("a source is silent", () => {
  it.each<[what: string, now: number, heard: number | undefined, silent: boolean]>([
    ["never heard, an hour after opening", at("10:00"), undefined, true],
    ["never heard, at its limit after opening", at("09:30"), undefined, false],
    ["never heard, just beyond", at("09:31"), undefined, true],
    ["heard yesterday evening, shortly after opening", at("09:20", "03"), at("20:59"), false],
    ["heard yesterday evening, long after opening", at("09:40", "03"), at("20:59"), true],
    ["heard half an hour ago", at("15:00"), at("14:30"), false],
    ["heard longer ago", at("15:01"), at("14:30"), true],
    ["before opening", at("08:59"), undefined, false],
    ["at closing", at("21:00"), at("12:00"), false],
    ["on a Sunday", at("12:00", "08"), undefined, false],
  ])("%s: %i, %s → %s", (_what, now, heard, silent) => {
    expect(isSilent(HOURS, heard, now)).toBe(silent);
  });

  it("never in a zone that is none", () => {
    expect(isSilent({ ...HOURS, zone: "Mars/Base" }, undefined, at("10:00"))).toBe(false);
  });
});

const entry = (outcome: DeliveryOutcome, now: number): DeliveryEntry => {
  return { at: formatInstant(now), deliveryId: "d", event: "e", outcome, facts: [], count: 0, kept: false };
};

describe("the clock", () => {
  it("names silent sources, and is not misled by strangers", async () => {
    const cloud = new MemoryCloud();
    cloud.clock.set(at("14:00"));
    const source = { name: "Shop", secretNames: [], expected: HOURS };
    for (const name of ["quiet", "lively", "strangers"]) await cloud.deps.plans.putSource({ ...source, source: name });
    await cloud.deps.plans.putSource({ source: "free", name: "Free", secretNames: [] });
    const parts = { ...cloud.deps, securityClock: cloud.clock, instance: "0000000a" };
    const journal = new DeliveryJournal(parts);
    await journal.note("lively", entry("stored", at("14:00")));
    await journal.note("strangers", entry("unauthenticated", at("14:00")));
    cloud.clock.set(at("14:20"));
    expect((await silentSources(cloud.deps)).map((silence) => silence.source)).toEqual(["quiet", "strangers"]);
    const said: unknown[] = [];
    const warn = log.warn.bind(log);
    log.warn = (...words) => void said.push(words);
    try {
      await createClock(cloud.deps)();
    } finally {
      log.warn = warn;
    }
    expect(said).toEqual([
      ["sources are silent", { silent: 2, sources: ["quiet since ever", "strangers since ever"] }],
    ]);
  });
});

describe("the journal", () => {
  /** Counts writes as DynamoDB would be asked for them. */
  class CountingLog extends MemoryDeliveryLog {
    writes = 0;
    bytes = 0;
    override async put(minute: DeliveryMinute): Promise<void> {
      this.writes += 1;
      this.bytes = Math.max(this.bytes, JSON.stringify(minute).length);
      await super.put(minute);
    }
  }

  it("costs far less than a write a sale: fifty a second for ten minutes", async () => {
    const clock = new SimulatedClock(at("12:00"));
    const deliveries = new CountingLog(clock);
    const journal = new DeliveryJournal({ deliveries, clock, securityClock: clock, instance: "0000000a" });
    const sales = 50 * 600;
    for (let sale = 0; sale < sales; sale += 1) {
      await journal.note("shop", {
        ...entry("stored", clock.now()),
        deliveryId: `delivery-${sale}`,
        facts: [`shop#${sale}`],
      });
      clock.advance(20);
    }
    // Ten at once and one in five seconds, of at most fifty entries.
    expect(deliveries.writes).toBeLessThanOrEqual(10 * 23);
    expect(deliveries.writes / sales).toBeLessThan(0.01);
    expect(deliveries.bytes).toBeLessThan(12_000);
    const { items } = await deliveries.newest("shop", {});
    const counted = items.reduce((sum, { counts }) => sum + (counts.stored ?? 0), 0);
    expect(counted).toBeGreaterThan(sales - 50 * 5);
  });

  it("shows the first of a quiet source at once, and never costs a sale", async () => {
    const clock = new SimulatedClock(at("12:00"));
    const failures: unknown[] = [];
    const broken = { put: async () => Promise.reject(new Error("no table")), newest: async () => ({ items: [] }) };
    const parts = { clock, securityClock: clock, instance: "0000000a" };
    const journal = new DeliveryJournal({ ...parts, deliveries: broken, onFailure: (error) => failures.push(error) });
    await journal.note("shop", entry("stored", clock.now()));
    expect(failures).toHaveLength(1);
    const deliveries = new MemoryDeliveryLog(clock);
    await new DeliveryJournal({ ...parts, deliveries }).note("shop", entry("stored", clock.now()));
    expect((await deliveries.newest("shop", {})).items).toHaveLength(1);
    clock.advance(15 * 24 * 3_600_000);
    expect((await deliveries.newest("shop", {})).items).toEqual([]);
  });
});

describe("numbers of deliveries", () => {
  it("are joined, and what is missing between them is told", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (seen) => {
        const ranges = joinRanges(seen.map((one) => [one, one]));
        const covered = ranges.flatMap(([first, last]) =>
          Array.from({ length: last - first + 1 }, (_, at) => first + at),
        );
        expect(covered).toEqual([...seen].sort((a, b) => a - b));
        const gaps = gapsBetween(ranges).flatMap(([first, last]) =>
          Array.from({ length: last - first + 1 }, (_, i) => first + i),
        );
        const [low, high] = [Math.min(...seen), Math.max(...seen)];
        const missing = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((one) => !seen.includes(one));
        expect(gaps).toEqual(missing);
      }),
    );
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { SimulatedClock } from "#adapters/system/clock.ts";
import type { Channel, Outgoing } from "#domain/channel.ts";
import type { KeptEvent } from "#domain/event.ts";
import type { OutboxStore } from "#ports/outbox-store.ts";
import type { Clock } from "#ports/system.ts";
import { countTrue, times } from "./tools.ts";

const NOW = Date.parse("2018-06-01T00:00:00Z");
const AT = (minute: number) => new Date(NOW + minute * 60_000).toISOString();

/** What every OutboxStore does. `makeStore` gives an empty one. */
export function describeOutboxStore(name: string, makeStore: (clock: Clock) => Promise<OutboxStore>): void {
  describe(`OutboxStore: ${name}`, () => {
    let store: OutboxStore;
    beforeEach(async () => {
      store = await makeStore(new SimulatedClock(NOW));
    });

    it("keeps channels, revision by revision", async () => {
      expect(await store.saveChannel(channel({ revision: 2 }))).toBe(false);
      expect(await store.saveChannel(channel())).toBe(true);
      expect(await store.saveChannel(channel())).toBe(false);
      expect(await store.saveChannel(channel({ channel: "another" }))).toBe(true);
      expect(await store.saveChannel(channel({ revision: 2, enabled: false }))).toBe(true);
      expect(await store.channel("group")).toEqual(channel({ revision: 2, enabled: false }));
      expect(await store.channel("none")).toBeUndefined();
      expect((await store.channels()).map((one) => one.channel)).toEqual(["another", "group"]);
    });

    it("keeps an event once, of several that tell it at once", async () => {
      expect(await countTrue(times(10, () => () => store.saveEvent(event())))).toBe(1);
      expect(await store.saveEvent({ ...event(), revision: 2, told: true })).toBe(true);
      expect(await store.event("travel", "e-1")).toEqual({ ...event(), revision: 2, told: true });
      expect(await store.event("travel", "e-2")).toBeUndefined();
      expect(await store.events("travel")).toHaveLength(1);
      expect(await store.events("other")).toEqual([]);
    });

    it("gives what is due, earliest first, and no more than asked for", async () => {
      for (const minute of [3, 1, 2]) await store.saveOutgoing(outgoing({ id: `m-${minute}`, nextAt: AT(minute) }));
      await store.saveOutgoing(outgoing({ id: "x", channel: "other", nextAt: AT(0) }));
      expect(await ids(store.due("group", NOW, 10))).toEqual([]);
      expect(await ids(store.due("group", NOW + 2 * 60_000, 10))).toEqual(["m-1", "m-2"]);
      expect(await ids(store.due("group", NOW + 9 * 60_000, 2))).toEqual(["m-1", "m-2"]);
    });

    it("moves what is tried again later, and forgets to remind of what was sent", async () => {
      const first = outgoing({ nextAt: AT(0) });
      await store.saveOutgoing(first);
      const second = outgoing({ revision: 2, nextAt: AT(5) });
      expect(await store.saveOutgoing(second, first)).toBe(true);
      expect(await store.saveOutgoing(second, first)).toBe(false);
      expect(await ids(store.due("group", NOW, 10))).toEqual([]);
      expect(await ids(store.due("group", NOW + 5 * 60_000, 10))).toEqual(["m-1"]);
      expect(await store.saveOutgoing(outgoing({ revision: 3, state: "sent", nextAt: AT(5) }), second)).toBe(true);
      expect(await ids(store.due("group", NOW + 9 * 60_000, 10))).toEqual([]);
      const again = outgoing({ revision: 4, nextAt: AT(6) });
      await store.saveOutgoing(again, outgoing({ revision: 3, state: "sent", nextAt: AT(5) }));
      expect(await store.due("group", NOW + 9 * 60_000, 10)).toEqual([again]);
      expect(await store.outgoing("group", "m-1")).toEqual(again);
    });

    it("lists messages newest first, page by page, without those that have expired", async () => {
      for (const number of [1, 2, 3, 4]) await store.saveOutgoing(outgoing({ id: `m-${number}`, state: "sent" }));
      await store.saveOutgoing(outgoing({ id: "m-5", state: "sent", expiresAt: NOW / 1000 - 1 }));
      const first = await store.newest("group", { limit: 3 });
      expect(first.items.map(({ id }) => id)).toEqual(["m-4", "m-3", "m-2"]);
      const second = await store.newest("group", { limit: 3, cursor: first.cursor });
      expect(second.items.map(({ id }) => id)).toEqual(["m-1"]);
      expect(second.cursor).toBeUndefined();
    });
  });
}

async function ids(found: Promise<readonly Outgoing[]>): Promise<string[]> {
  return (await found).map(({ id }) => id);
}

function channel(changes: Partial<Channel> = {}): Channel {
  return {
    channel: "group",
    name: "Work group",
    kind: "wecom",
    secretName: "channels/group",
    events: ["run.paid"],
    language: "zh",
    enabled: true,
    revision: 1,
    since: AT(0),
    changedBy: "mei.lin",
    changedAt: AT(0),
    ...changes,
  };
}

function event(): KeptEvent {
  return {
    scope: "travel",
    revision: 1,
    told: false,
    event: {
      id: "e-1",
      type: "campaign.activated",
      at: AT(0),
      campaign: "travel",
      data: { version: 1, by: "mei.lin" },
    },
  };
}

function outgoing(changes: Partial<Outgoing> = {}): Outgoing {
  return {
    channel: "group",
    id: "m-1",
    scope: "travel",
    event: "e-1",
    type: "run.paid",
    state: "waiting",
    revision: 1,
    attempts: [],
    tries: 0,
    sentParts: 0,
    nextAt: AT(0),
    createdAt: AT(0),
    expiresAt: NOW / 1000 + 1000,
    ...changes,
  };
}

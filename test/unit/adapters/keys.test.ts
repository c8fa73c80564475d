import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  auditKeys,
  creditOfStreamKeys,
  derivedKeys,
  factKeys,
  factOfStreamKeys,
  type Key,
  ledgerKeys,
  planKeys,
  reservationKeys,
} from "#adapters/dynamodb/keys.ts";
import { STREAM_FILTERS } from "#adapters/dynamodb/table.ts";
import { factKey } from "#domain/ids.ts";
import { WHOLE } from "#domain/part.ts";

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const externalId = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 128 })
  .filter((text) => /^(?! )[^\p{Cc}\p{Zl}\p{Zp}#]{1,128}(?<! )$/u.test(text));
const factId = fc.record({ source: slug, externalId });
const version = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const place = fc.record({ leaf: fc.oneof(slug, fc.constant("-")), shard: fc.nat(999) });

/** As a stream record writes a key. */
function streamKeys({ PK, SK }: Key) {
  return { PK: { S: PK }, SK: { S: SK } };
}

/** What Lambda's filter does with the patterns we have: one prefix of one key. */
function isLetThrough(filter: "facts" | "derived", key: Key): boolean {
  const patterns: Record<string, { S: readonly { prefix: string }[] }> = STREAM_FILTERS[filter].dynamodb.Keys;
  return Object.entries(patterns).every(([name, { S }]) =>
    S.some(({ prefix }) => (name === "PK" ? key.PK : key.SK).startsWith(prefix)),
  );
}

describe("keys of facts", () => {
  it("are read back from stream records", () => {
    fc.assert(
      fc.property(factId, version, (id, number) => {
        const key = factKeys.version(id, number);
        expect(isLetThrough("facts", key)).toBe(true);
        expect(factOfStreamKeys(streamKeys(key))).toEqual(id);
      }),
    );
  });

  it("sort by version as numbers do", () => {
    fc.assert(
      fc.property(factId, version, version, (id, a, b) => {
        expect(factKeys.version(id, a).SK < factKeys.version(id, b).SK).toBe(a < b);
      }),
    );
  });

  it("of conflicts and unreadable deliveries wake nobody", () => {
    const id = { source: "fact", externalId: "fact" };
    for (const key of [factKeys.conflict(id, 1, "hash"), factKeys.unreadable("fact", "fact")]) {
      expect(isLetThrough("facts", key)).toBe(false);
      expect(factOfStreamKeys(streamKeys(key))).toBeUndefined();
    }
  });
});

describe("keys of credits", () => {
  it("are read back from stream records, and fit DynamoDB's limits whatever the ids", () => {
    fc.assert(
      fc.property(slug, place, externalId, factId, (campaign, at, participantId, id) => {
        const key = derivedKeys.credit(campaign, at, participantId, factKey(id));
        expect(isLetThrough("derived", key)).toBe(true);
        expect(creditOfStreamKeys(streamKeys(key))).toEqual({ campaign, place: at, participantId });
        expect(Buffer.byteLength(key.SK)).toBeLessThanOrEqual(1024);
        expect(key.SK.startsWith(derivedKeys.participantCredits(campaign, at, participantId).prefix)).toBe(true);
      }),
    );
  });

  it("are different for different facts, also where only a hash of the fact fits", () => {
    const longest = (last: string) => factKey({ source: "s".repeat(64), externalId: "𠀀".repeat(127) + last });
    const place = { leaf: "u", shard: 0 };
    const [a, b] = ["𠀁", "𠀂"].map((last) => derivedKeys.credit("c", place, "𠀀".repeat(128), longest(last)));
    expect(a?.SK).not.toBe(b?.SK);
    expect(Buffer.byteLength(a?.SK ?? "")).toBeLessThanOrEqual(1024);
  });

  it("alone wake the roll-up: its own writes do not", () => {
    const place = { leaf: "who", shard: 0 };
    const others = [
      derivedKeys.progress("who", place, "who"),
      derivedKeys.total("who", place),
      derivedKeys.reach("who", "who"),
      derivedKeys.held({ source: "who", externalId: "who" }),
      derivedKeys.lateChange("who", { fact: "who#who", version: 1, recordedAt: "2018-05-01T00:00:00Z" }),
    ];
    for (const key of others) {
      expect(isLetThrough("derived", key)).toBe(false);
      expect(creditOfStreamKeys(streamKeys(key))).toBeUndefined();
    }
  });
});

describe("keys", () => {
  it("are not read from what is no stream record of ours", () => {
    const keys = (PK: string, SK: string) => streamKeys({ PK, SK });
    for (const other of [
      undefined,
      null,
      {},
      { PK: "fact#a#b", SK: "v#1" },
      keys("fact#a", "v#1"),
      keys("fact#a#b#c", ""),
    ]) {
      expect(factOfStreamKeys(other)).toBeUndefined();
    }
    const credits = ["camp#c#unit#u", "camp#c#unit#u#x", "camp#c#unit#u#1#2", "camp#c#total#u#1", "else#c#unit#u#1"];
    for (const partition of credits) expect(creditOfStreamKeys(keys(partition, "who#a#fact#p#1"))).toBeUndefined();
    expect(creditOfStreamKeys(keys("camp#c#unit#u#1", "who#"))).toBeUndefined();
  });

  it("refuse ids that would make them ambiguous", () => {
    for (const id of ["a#b", "#", "\ud800", "a\udc00"]) {
      expect(() => factKeys.versions({ source: "pos", externalId: id })).toThrow("cannot be a key");
      expect(() => derivedKeys.progress("c", { leaf: "u", shard: 0 }, id)).toThrow("cannot be a key");
      expect(() => planKeys.person(id)).toThrow("cannot be a key");
      expect(() => ledgerKeys.lines({ runId: id }, WHOLE)).toThrow("cannot be a key");
      const key = { campaign: "c", limit: { kind: "stock", id: "coffee" }, reservationId: id } as const;
      expect(() => reservationKeys.reservation(key)).toThrow("cannot be a key");
    }
  });

  it("of statements and reminders sort by instant, whatever offset it was written with", () => {
    const asOf = ["2018-05-01T08:00:00+08:00", "2018-05-01T00:00:00.001Z", "2018-05-01T08:00:00.002+08:00"];
    const payee = { kind: "participant" as const, id: "a" };
    const keys = asOf.map((text) => ledgerKeys.statement("c", payee, text, "r").SK);
    expect(keys.toSorted()).toEqual(keys);
    const reservation = { campaign: "c", limit: { kind: "stock", id: "coffee" }, reservationId: "r" } as const;
    const due = asOf.map((expiresAt) => reservationKeys.due({ ...reservation, expiresAt }).SK);
    expect(due.toSorted()).toEqual(due);
    expect(() => reservationKeys.due({ ...reservation, expiresAt: "yesterday" })).toThrow("not an instant");
  });

  it("of an audit's chain sort by number, and refuse ids that would make them ambiguous", () => {
    const keys = [1, 9, 10, 1000].map((seq) => auditKeys.entry("company", seq).SK);
    expect(keys.toSorted()).toEqual(keys);
    expect(() => auditKeys.entry("a#b", 1)).toThrow("cannot be a key");
    expect(() => planKeys.approval("a#b", "id")).toThrow("cannot be a key");
  });
});

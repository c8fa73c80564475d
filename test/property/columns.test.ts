import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "#domain/canonical.ts";
import { parseRational, ROUNDING_MODES } from "#domain/decimal.ts";
import { type Fact, factContent, type Sale } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import { compareText } from "#domain/text.ts";
import { CONTENT_BYTES } from "#engine/columns/fact-table.ts";
import { readInstant } from "#engine/columns/instants.ts";
import { FactKeys } from "#engine/columns/keys.ts";
import { Names } from "#engine/columns/names.ts";
import { sortByKey, sortByTime } from "#engine/columns/sort.ts";
import { ByteWriter } from "#engine/columns/writer.ts";
import { hashContent } from "#engine/content.ts";
import { decodePartial, EMPTY_PARTIAL, encodePartial, Folding, fold, merge, mergeAll } from "#engine/fold.ts";
import { hashOf, sha256 } from "#engine/hash.ts";
import { exact, measured, roundedMinor, times } from "#engine/kinds/exact.ts";
import { payByRate } from "#engine/kinds/rate-pay.ts";
import { hashResult } from "#engine/result-hash.ts";
import { compileRules } from "#engine/rules.ts";
import { conclude, settle } from "#engine/settle.ts";
import { Wordings } from "#engine/wordings.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";

/** What is kept as columns and bytes says the same as what is kept as objects and texts. */

const AT = "2018-05-01T08:00:00+08:00";
const OCCURRED = parseInstant(AT) ?? Number.NaN;

const worlds = fc.integer({ min: 0, max: 1_000_000 }).map((seed) => {
  const texts = randomWorld(seed);
  return { inputs: readWorld(texts), asOf: parseInstant(texts.asOf) ?? Number.NaN };
});

/** Texts with all that is unusual: quotes, control characters, two-unit characters, letters of all widths. */
const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }).filter((text) => text.isWellFormed()),
  fc.stringMatching(/^[a-zA-Z0-9 ."\\-]{0,12}$/),
);
const decimals = fc.stringMatching(/^[+-]?0{0,2}\d{1,6}(\.\d{0,3}0{0,2})?$/);

describe("fact keys", () => {
  it("are found again, and sort as texts do", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(texts, texts), { maxLength: 400 }), (pairs) => {
        const keys = new FactKeys();
        const all = new Map<string, number>();
        for (const [source, externalId] of pairs) {
          const key = `${source}#${externalId}`;
          const number = keys.add(source, externalId);
          expect(number).toBe(all.get(key) ?? all.size);
          all.set(key, number);
        }
        for (const [key, number] of all) expect([keys.textOf(number), keys.find(key)]).toEqual([key, number]);
        const numbers = Uint32Array.from(all.values()).reverse();
        sortByKey(numbers, keys);
        expect([...numbers].map((number) => keys.textOf(number))).toEqual([...all.keys()].sort(compareText));
        expect(keys.find("not there#")).toBeUndefined();
      }),
    );
  });

  it("of many facts of one second stand in their order, whatever the order of arrival", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(5000)), { minLength: 300, maxLength: 900 }), (drawn) => {
        const keys = new FactKeys();
        const instants: number[] = [];
        for (const [second, id] of drawn) instants[keys.add("pos", `T${id}`)] ??= second * 1000;
        const numbers = Uint32Array.from(instants.keys());
        sortByTime(numbers, Float64Array.from(instants), keys);
        const told = (list: Iterable<number>) => [...list].map((number) => [instants[number], keys.textOf(number)]);
        const sorted = [...instants.keys()].sort(
          (a, b) => (instants[a] ?? 0) - (instants[b] ?? 0) || compareText(keys.textOf(a), keys.textOf(b)),
        );
        expect(told(numbers)).toEqual(told(sorted));
      }),
    );
  });
});

describe("names", () => {
  it("keep their numbers, whatever they are made of and however many there are", () => {
    const long = fc.string({ unit: "grapheme", minLength: 20, maxLength: 40 });
    const odd = fc.constantFrom("", "\0", "a", "a\0", "a-0001234", "a-0001235", "x".repeat(28), "x".repeat(29), "é");
    fc.assert(
      fc.property(fc.array(fc.oneof(texts, long, odd), { maxLength: 300 }), (drawn) => {
        const names = new Names();
        const all = new Map<string, number>();
        for (const text of drawn) {
          expect(names.find(text)).toBe(all.get(text));
          const number = names.numberOf(text);
          expect(number).toBe(all.get(text) ?? all.size);
          all.set(text, number);
        }
        expect(names.size).toBe(all.size);
        for (const [text, number] of all) expect([names.find(text), names.textOf(number)]).toEqual([number, text]);
        expect(new Names(names.texts).texts).toEqual([...all.keys()]);
      }),
    );
  });
});

describe("an instant", () => {
  it("is read as by the plain way, or refused as by it", () => {
    const two = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, "0"));
    const day = fc.oneof(
      fc.constantFrom("2018-05-01", "2018-02-29", "2020-02-29", "0000-01-01", "2018-5-01"),
      fc
        .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
        .map((parts) => parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-")),
    );
    const zone = fc.oneof(
      fc.constantFrom("Z", "+08:00", "-03:30", "", "+0800", "z", "+24:00"),
      two.map((hour) => `+${hour}:00`),
    );
    const clock = fc.oneof(
      fc.constantFrom("08:00:00", "23:59:59", "24:00:00", "8:00:00", "08:0a:00"),
      fc.tuple(two, two, two).map((parts) => parts.join(":")),
    );
    const part = fc.constantFrom("", ".250", ".9", ".25a", ",250", ".123456");
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.constantFrom("T", " "), clock, part, zone), { minLength: 2 }), (drawn) => {
        // One after another: a day that was read stays known.
        for (const text of drawn.map((parts) => parts.join(""))) {
          const plain = parseInstant(text);
          if (plain === undefined) expect(() => readInstant(text)).toThrow(RangeError);
          else expect([readInstant(text), readInstant(text)]).toEqual([plain, plain]);
        }
      }),
    );
  });
});

describe("what a version says", () => {
  const sale = fc.record({
    kind: fc.constant("sale" as const),
    source: texts,
    externalId: texts,
    version: fc.integer({ min: 1, max: 2 ** 40 }),
    status: fc.constantFrom("active" as const, "cancelled" as const),
    participantId: texts,
    occurredAt: fc.constant(AT),
    recordedAt: fc.constant(AT),
    amount: decimals,
    quantity: decimals,
    currency: fc.constantFrom("CNY", "JPY", "ZZZ"),
    product: texts,
    channel: texts,
    attributes: fc.dictionary(
      fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,4}$/),
      fc.oneof(texts, fc.double(), fc.boolean()),
    ),
  });

  it("is hashed from bytes as from its canonical text", () => {
    fc.assert(
      fc.property(sale, (fact: Fact) => {
        const isJson = Object.values(fact.attributes).every(
          (value) => typeof value !== "number" || Number.isFinite(value),
        );
        fc.pre(isJson);
        const into = new Uint8Array(2 * CONTENT_BYTES);
        hashContent(fact, OCCURRED, into, 1);
        expect(Buffer.from(into.subarray(CONTENT_BYTES)).toString("hex")).toBe(sha256(factContent(fact)));
      }),
      { numRuns: 500 },
    );
  });

  it("is hashed as by itself where many sales share their wording", () => {
    const few = fc.constantFrom("LAY", "LAI", 'x"y', "é");
    const ids = fc.oneof(fc.stringMatching(/^[A-Z0-9-]{1,12}$/), texts);
    const alike = fc.record({
      kind: fc.constant("sale" as const),
      source: fc.constantFrom("pos", "web"),
      externalId: ids,
      version: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 ** 40 })),
      status: fc.constantFrom("active" as const, "cancelled" as const),
      participantId: ids,
      occurredAt: fc.constantFrom(AT, "1971-05-01T08:00:00Z", "2026-12-31T23:59:59.999Z"),
      recordedAt: fc.constant(AT),
      amount: decimals,
      quantity: fc.constantFrom("1", "1.50", "+2"),
      currency: fc.constantFrom("CNY", "JPY"),
      product: few,
      channel: few,
      attributes: fc.record({ entry: fc.constantFrom("app", 1, true, "1"), zone: few }, { requiredKeys: [] }),
    });
    fc.assert(
      fc.property(fc.array(alike, { minLength: 1, maxLength: 60 }), (facts: Sale[]) => {
        const wordings = new Wordings();
        for (const fact of facts) {
          const [into, occurredAt] = [new Uint8Array(2 * CONTENT_BYTES), parseInstant(fact.occurredAt) ?? Number.NaN];
          if (!wordings.of(fact)?.hash(fact, occurredAt, into, 1)) continue;
          expect(Buffer.from(into.subarray(CONTENT_BYTES)).toString("hex")).toBe(sha256(factContent(fact)));
        }
        const [first] = facts;
        if (first) expect(wordings.of({ ...first, cancelledAt: AT })).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe("a writer", () => {
  it("writes texts and integers as canonical JSON has them", () => {
    fc.assert(
      fc.property(texts, fc.maxSafeInteger(), (text, integer) => {
        const writer = new ByteWriter();
        writer.ascii('["');
        writer.inJson(text);
        writer.ascii('",');
        writer.integer(integer);
        writer.ascii("]");
        expect(writer.written.toString("utf8")).toBe(canonicalJson([text, integer]));
      }),
    );
  });
});

describe("a rate of a sale", () => {
  const inputs = readWorld(randomWorld(1));
  const rules = compileRules(inputs);

  it("pays with numbers what it pays with exact fractions", () => {
    const rates = fc.constantFrom("35%", "0.125", "1/3", "7/9", "-12.5%", "99999999999/100000000001", "0");
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: -1e12, max: 1e12 })),
        rates,
        fc.constantFrom(...ROUNDING_MODES),
        fc.constantFrom("0.01", "0.05", "1.00", "100.00"),
        (value, rate, mode, unit) => {
          const rounding = { mode, unit };
          expect(parseRational(rate)).toBeDefined();
          const exactly = roundedMinor(rules, times(measured(rules, "premium", value), exact(rate)), rounding);
          expect(payByRate(rules, "premium", exact(rate), rounding)(value)).toBe(exactly);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a partial", () => {
  it("is the same after bytes, after pages, and after merging all at once", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 9 }), ({ inputs, asOf }, shards) => {
        const rules = compileRules(inputs);
        const asked = { asOf, closedOnly: false };
        const whole = settle({ ...inputs, asOf });
        const parts = Array.from({ length: shards }, (_, shard) =>
          inputs.facts.filter((_fact, index) => index % shards === shard || index % 7 === 0),
        );
        const folding = new Folding(rules, asOf);
        for (const part of parts) folding.add(part);
        const paged = folding.finish();
        expect(conclude(inputs, rules, paged, asked)).toEqual(whole);
        const read = parts.map((part) => decodePartial(encodePartial(fold(rules, asOf, part))));
        expect(conclude(inputs, rules, mergeAll(read), asked)).toEqual(whole);
        expect(conclude(inputs, rules, read.reduceRight(merge, EMPTY_PARTIAL), asked)).toEqual(whole);
        for (const key of read
          .flatMap((part) => [...part.states.values()])
          .map((state) => state.key)
          .slice(0, 20))
          expect(mergeAll(read).states.get(key)).toEqual(paged.states.get(key));
      }),
      { numRuns: 30 },
    );
  });

  it("is refused when it is cut off, is another thing, or goes on", () => {
    const inputs = readWorld(randomWorld(2));
    const bytes = encodePartial(fold(compileRules(inputs), Number.MAX_SAFE_INTEGER, inputs.facts));
    expect(() => decodePartial(bytes.subarray(0, bytes.length - 1))).toThrow(/cut off/);
    expect(() => decodePartial(Uint8Array.from([...bytes, 0]))).toThrow(/follow/);
    expect(() => decodePartial(Buffer.from("[]"))).toThrow(/no partial/);
    expect(decodePartial(encodePartial(EMPTY_PARTIAL)).states.size).toBe(0);
  });

  it("takes nothing more once it is finished", () => {
    const inputs = readWorld(randomWorld(2));
    const folding = new Folding(compileRules(inputs), Number.MAX_SAFE_INTEGER).add(inputs.facts);
    folding.finish();
    expect(() => folding.add([])).toThrow(/finished/);
  });
});

describe("the hash of a result", () => {
  it("is that of its canonical JSON, though sales are written without objects", () => {
    fc.assert(
      fc.property(worlds, ({ inputs, asOf }) => {
        const { inputHash: _, resultHash, asOf: __, ...result } = settle({ ...inputs, asOf });
        expect(resultHash).toBe(hashOf(JSON.parse(JSON.stringify(result))));
      }),
      { numRuns: 30 },
    );
  });

  it("is that of its canonical JSON, whatever objects say again and again or not at all", () => {
    const texts = fc.constantFrom("CNY", "", "保费", 'a "quoted" one', "back\\slash", "\u007f", "\n", "😀", "premium");
    const members = fc.oneof({ weight: 4, arbitrary: texts }, fc.integer(), fc.boolean(), fc.constant(undefined));
    const entries = fc.record(
      { currency: members, amount: members, step: members, 名: texts, contributions: fc.array(texts) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(entries, { minLength: 40, maxLength: 120 }), (lines) => {
        expect(hashResult({ lines })).toBe(hashOf({ lines }));
      }),
      { numRuns: 200 },
    );
  });

  it("is none where a text is half a character, as none has canonical JSON", () => {
    const lines = ["CNY", "CNY", "\ud800", "\ud800"].map((currency) => ({ currency }));
    expect(() => hashResult({ lines })).toThrow(/well-formed|surrogate/i);
  });
});

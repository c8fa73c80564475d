import canonicalize from "canonicalize";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { canonicalJson, canonicalPieces } from "#domain/canonical.ts";
import { parseInstant } from "#domain/instant.ts";
import { formatInZone } from "#domain/time.ts";
import { MOST_TIME, putTime } from "#engine/columns/clock.ts";

/** Spellings that are written by quick ways of our own, against the libraries that know all of it. */

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, -0, 1e21, 1e-7, 5e-324, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.constantFrom('"', "\\", "\u0000", "\u007f", "\u0085", "\u2028", "€", "😀", "\n"),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("10", "9", "ab", "aB", "toJSON")), tie("value"), { maxKeys: 6 }),
  ),
})).value;

describe("canonical JSON", () => {
  it("is what the library writes, whole and in pieces", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const expected = canonicalize(value);
        expect(canonicalJson(value)).toBe(expected);
        const pieces: string[] = [];
        expect(canonicalPieces(value, (piece) => pieces.push(piece)) ?? pieces.join("")).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("of more than a piece is the same, also of an object whose last member only the library knows", () => {
    const long = Array.from({ length: 20_000 }, (_, index) => ({
      name: `number ${index}`,
      at: index,
      none: undefined,
    }));
    const pieces: string[] = [];
    expect(canonicalPieces(long, (piece) => pieces.push(piece))).toBeUndefined();
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe(canonicalize(long));
    const dated = { long, when: new Date(0) };
    expect(canonicalPieces(dated, () => {})).toBe(canonicalize(dated));
    expect(canonicalJson(dated)).toBe(canonicalize(dated));
  });

  it("refuses what has none", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const value of [undefined, Number.NaN, { a: Number.POSITIVE_INFINITY }, ["\ud800"], { "\ud800": 1 }, circle]) {
      expect(() => canonicalJson(value)).toThrow();
    }
  });
});

const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, "0"));
const written = fc
  .tuple(
    fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, "0")),
    twoDigits(13),
    twoDigits(32),
    fc.constantFrom("T", "t", " "),
    twoDigits(24),
    twoDigits(60),
    twoDigits(60),
    fc.constantFrom("", ".5", ".123", ".123456", ",123"),
    fc.oneof(
      fc.constantFrom("Z", "z", "+08", "+0800", "-00:00", ""),
      fc
        .tuple(fc.constantFrom("+", "-"), twoDigits(24), twoDigits(60))
        .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
    ),
  )
  .map(([year, month, day, between, hour, minute, second, fraction, offset]) =>
    [year, "-", month, "-", day, between, hour, ":", minute, ":", second, fraction, offset].join(""),
  );

describe("an instant", () => {
  it("is read as Temporal reads it, to the millisecond", () => {
    fc.assert(
      fc.property(written, (instant) => {
        expect(parseInstant(instant)).toBe(byTemporal(instant));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Monrovia",
    "Asia/Kathmandu",
  ])("is written in %s as Temporal writes it, also where clocks change", (zone) => {
    const anywhere = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });
    const changes = changesOf(zone);
    const nearChange = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -4_000_000, max: 4_000_000 }))
      .map(([change, distance]) => change + distance);
    fc.assert(
      fc.property(fc.oneof(anywhere, nearChange), (instant) => {
        const smallestUnit = instant % 1000 === 0 ? "second" : "millisecond";
        const expected = Temporal.Instant.fromEpochMilliseconds(instant)
          .toZonedDateTimeISO(zone)
          .toString({ timeZoneName: "never", smallestUnit });
        expect(formatInZone(instant, zone)).toBe(expected);
        const bytes = Buffer.alloc(MOST_TIME);
        expect(bytes.toString("latin1", 0, putTime(bytes, 0, instant, zone))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

/** What Temporal makes of a text in which our own rules (no leap second, an offset of a day at most) hold. */
function byTemporal(written: string): number | undefined {
  try {
    if (written.slice(17, 19) === "60") return undefined;
    return Number(Temporal.Instant.from(written.replace(",", ".")).epochMilliseconds);
  } catch {
    return undefined;
  }
}

function changesOf(zone: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(1960, 0, 1)).toZonedDateTimeISO(zone);
  for (let count = 0; count < 40; count += 1) {
    const next = at.getTimeZoneTransition("next");
    if (!next) break;
    changes.push(next.epochMilliseconds);
    at = next;
  }
  return changes.length > 0 ? changes : [0];
}

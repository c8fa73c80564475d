import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { planInstants } from "#domain/plan/check.ts";
import {
  addDuration,
  formatInZone,
  isDuration,
  isZone,
  localToInstant,
  parseInstantOrLocal,
  startOfDay,
} from "#domain/time.ts";
import { PEOPLE, paid, planOf, sale, settled } from "#test/fixtures/plan-builder.ts";

const SHANGHAI = "Asia/Shanghai";
const BERLIN = "Europe/Berlin";

/** An instant as a reader in UTC would write it. */
function utc(text: string): number {
  return Date.parse(text);
}

describe("zones", () => {
  it.each(["Asia/Shanghai", "Europe/Berlin", "America/Argentina/Ushuaia", "UTC", "Etc/GMT+8"])("knows %s", (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it.each(["Asia/Peking", "Shanghai", "+08:00", "-0500", "", "GMT+8", "Asia/Shanghai "])("knows no %j", (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});

describe("local times", () => {
  it.each([
    // Shanghai is eight hours ahead all year; Berlin one in winter and two in summer; Kathmandu five and three quarters.
    ["2018-05-01T00:00", SHANGHAI, "2018-04-30T16:00:00Z"],
    ["2018-01-15T12:00", BERLIN, "2018-01-15T11:00:00Z"],
    ["2018-07-15T12:00", BERLIN, "2018-07-15T10:00:00Z"],
    ["2018-05-01T00:00", "Asia/Kathmandu", "2018-04-30T18:15:00Z"],
    ["2018-05-01T00:00:30.250", SHANGHAI, "2018-04-30T16:00:30.250Z"],
    ["2018-05-01 08:30", SHANGHAI, "2018-05-01T00:30:00Z"],
    ["2018-05-01", SHANGHAI, "2018-04-30T16:00:00Z"],
    // The minute before and the minute after the hour that is skipped, and around the hour that comes twice.
    ["2018-03-25T01:59", BERLIN, "2018-03-25T00:59:00Z"],
    ["2018-03-25T03:00", BERLIN, "2018-03-25T01:00:00Z"],
    ["2018-10-28T01:59", BERLIN, "2018-10-27T23:59:00Z"],
    ["2018-10-28T03:00", BERLIN, "2018-10-28T02:00:00Z"],
  ])("%s in %s is %s", (local, zone, instant) => {
    expect(localToInstant(local, zone)).toBe(utc(instant));
  });

  it.each([
    ["2018-03-25T02:30", BERLIN, "the clock skips it"],
    ["2018-10-28T02:30", BERLIN, "the clock shows it twice"],
    ["2018-11-04T00:00", "America/Sao_Paulo", "that day begins at one"],
    ["2018-05-01T00:00Z", SHANGHAI, "an instant, not a local time"],
    ["2018-05-01T00:00+08:00", SHANGHAI, "an offset"],
    ["2018-05-01T00:00+08", SHANGHAI, "an offset of hours only"],
    ["2018-05-01T00:00-0300", SHANGHAI, "an offset without a colon"],
    ["2018-05-01T00:00+08:00:00", SHANGHAI, "an offset with seconds"],
    ["2018-05-01T00:00[Asia/Shanghai]", SHANGHAI, "a zone of its own"],
    ["2018-02-30T00:00", SHANGHAI, "no such day"],
    ["2018-05-01T24:00", SHANGHAI, "no such hour"],
    ["1 May 2018", SHANGHAI, "unreadable"],
    ["", SHANGHAI, "empty"],
    ["2018-05-01T00:00", "Asia/Peking", "no such zone"],
  ])("%s in %s is no instant: %s", (local, zone) => {
    expect(localToInstant(local, zone)).toBeUndefined();
  });

  it("begin a day when the zone's clock does, also where midnight is skipped", () => {
    expect(startOfDay("2018-05-01", SHANGHAI)).toBe(utc("2018-04-30T16:00:00Z"));
    // At midnight of 4 November 2018 clocks in São Paulo went from 00:00 to 01:00 (UTC−2).
    expect(startOfDay("2018-11-04", "America/Sao_Paulo")).toBe(utc("2018-11-04T03:00:00Z"));
    expect(startOfDay("2018-02-29", SHANGHAI)).toBeUndefined();
    expect(startOfDay("2018-5-1", SHANGHAI)).toBeUndefined();
    expect(startOfDay("2018-05-01T10:00", SHANGHAI)).toBeUndefined();
  });
});

describe("instants", () => {
  it.each([
    ["2018-05-01T08:00:00+08:00", "2018-05-01T00:00:00.000Z"],
    ["2018-05-01T00:00:00Z", "2018-05-01T00:00:00.000Z"],
    ["2018-05-01T08:00:00.120+08:00", "2018-05-01T00:00:00.120Z"],
    // Digits below the millisecond are cut, never rounded: .9999 stays in its millisecond.
    ["2018-05-01T00:00:00.1239999Z", "2018-05-01T00:00:00.123Z"],
    ["2018-05-01T00:00:00.999999999Z", "2018-05-01T00:00:00.999Z"],
    ["1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"],
  ])("%s is %s", (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(expected);
  });

  it.each(["2018-05-01T08:00:00", "2018-05-01", "yesterday", "", "2018-13-01T00:00:00Z", "1525132800"])(
    "%j is none: it has no offset or cannot be read",
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );

  it("of a file are instants, or local times of the plan's zone", () => {
    expect(parseInstantOrLocal("2018-05-01T08:00:00Z", SHANGHAI)).toBe(utc("2018-05-01T08:00:00Z"));
    expect(parseInstantOrLocal("2018-05-01T08:00", SHANGHAI)).toBe(utc("2018-05-01T00:00:00Z"));
    expect(parseInstantOrLocal("2018-10-28T02:30", BERLIN)).toBeUndefined();
    expect(parseInstantOrLocal("2018-10-28T02:30+01:00", BERLIN)).toBe(utc("2018-10-28T01:30:00Z"));
  });

  it("are told in the zone's clock, which names each of the two equal hours by its offset", () => {
    expect(formatInZone(utc("2018-05-01T00:00:00Z"), SHANGHAI)).toBe("2018-05-01T08:00:00+08:00");
    expect(formatInZone(utc("2018-05-01T00:00:00.050Z"), SHANGHAI)).toBe("2018-05-01T08:00:00.050+08:00");
    expect(formatInZone(utc("2018-10-28T00:30:00Z"), BERLIN)).toBe("2018-10-28T02:30:00+02:00");
    expect(formatInZone(utc("2018-10-28T01:30:00Z"), BERLIN)).toBe("2018-10-28T02:30:00+01:00");
  });
});

describe("durations", () => {
  it.each(["P15D", "P1M", "PT48H", "P0D", "P1DT12H", "P2W"])("knows %s", (text) => {
    expect(isDuration(text)).toBe(true);
  });

  it.each(["-P1D", "15D", "15 days", "P", "", "P1D2H"])("knows no %j", (text) => {
    expect(isDuration(text)).toBe(false);
  });

  it("count days by the calendar and hours by the clock", () => {
    const saturdayNoon = utc("2018-03-24T11:00:00Z");
    // Berlin lost an hour in the night: a day later it is noon again, 24 hours later it is one o'clock.
    expect(addDuration(saturdayNoon, "P1D", BERLIN)).toBe(utc("2018-03-25T10:00:00Z"));
    expect(addDuration(saturdayNoon, "PT24H", BERLIN)).toBe(utc("2018-03-25T11:00:00Z"));
    // The last of a shorter month.
    expect(addDuration(utc("2018-01-31T00:00:00Z"), "P1M", "UTC")).toBe(utc("2018-02-28T00:00:00Z"));
    expect(addDuration(saturdayNoon, "P900000Y", BERLIN)).toBeUndefined();
  });
});

describe("a plan's instants", () => {
  it("are half-open: the end is the first instant that is outside", () => {
    const { start, end, last, cutOff } = planInstants(planOf());
    expect([start, end, last, cutOff].map(formatInstant)).toEqual([
      "2018-04-30T16:00:00.000Z",
      "2018-05-31T16:00:00.000Z",
      "2018-05-31T15:59:59.999Z",
      "2018-06-15T16:00:00.000Z",
    ]);
  });

  it("keep midnight when the clock changes within the late facts", () => {
    const period = { start: "2018-10-01T00:00", end: "2018-10-21T00:00", zone: BERLIN };
    // The end is at 22:00 UTC (summer time); fifteen days later midnight is at 23:00 UTC: 361 hours, not 360.
    expect(formatInstant(planInstants({ period, lateFacts: "P15D" }).cutOff)).toBe("2018-11-04T23:00:00.000Z");
    expect(formatInstant(planInstants({ period, lateFacts: "PT360H" }).cutOff)).toBe("2018-11-04T22:00:00.000Z");
  });

  it("decide what counts, to the millisecond", () => {
    const sold = (id: string, occurredAt: string) =>
      sale("ann", 100, "05-10", { externalId: id, occurredAt, recordedAt: "2018-06-01T00:00:00Z" });
    const { totals, lines } = settled({
      memberships: PEOPLE,
      facts: [
        sold("before", "2018-04-30T23:59:59.999+08:00"),
        sold("first", "2018-05-01T00:00:00+08:00"),
        sold("first, told in UTC", "2018-04-30T16:00:00Z"),
        sold("last", "2018-05-31T23:59:59.999+08:00"),
        // Cut to .999, so it is inside although its own digits are closer to the end.
        sold("last, with finer digits", "2018-05-31T23:59:59.9999999+08:00"),
        sold("end", "2018-06-01T00:00:00+08:00"),
      ],
    });
    expect(totals.facts).toMatchObject({ known: 6, counted: 4, notCounted: { "outside-period": 2 } });
    // Four sales of 100.00 at 10 %.
    expect(paid({ lines })).toEqual({ "commission ann": "40.00" });
  });

  it("decide what was known at a cut-off, inclusive", () => {
    const facts = [
      sale("ann", 100, "05-10", { recordedAt: "2018-06-15T16:00:00.000Z" }),
      sale("ann", 100, "05-11", { recordedAt: "2018-06-15T16:00:00.001Z" }),
      // The same instant with finer digits is the same millisecond.
      sale("ann", 100, "05-12", { recordedAt: "2018-06-15T16:00:00.0009Z" }),
    ];
    expect(paid(settled({ facts }, "2018-06-15T16:00:00.000Z"))).toEqual({ "commission ann": "20.00" });
    expect(paid(settled({ facts }, "2018-06-15T16:00:00.001Z"))).toEqual({ "commission ann": "30.00" });
    expect(paid(settled({ facts }, "2018-06-15T15:59:59.999Z"))).toEqual({});
  });
});

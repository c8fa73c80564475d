import { beforeAll, describe, expect, it } from "vitest";
import { lintPlan } from "#engine/lint/index.ts";
import { LOCALES, loadTexts, translator } from "#functions/console/i18n/language.ts";
import { ENGLISH, timed, wordsOf } from "#functions/console/i18n/server/use-server-words.ts";
import * as chinese from "#functions/console/i18n/server/zh.ts";
import { sentence } from "#functions/console/inbox/told.ts";
import { PLAN_CASES } from "./lint/plan-cases.ts";

/** Times in what the server says: as the reader's language writes them, on the clock of the plan's zone. */

const ZONE = "Asia/Shanghai";
const en = timed(ENGLISH, LOCALES.en, ZONE);
const zh = timed(wordsOf(chinese), LOCALES.zh, ZONE);

describe("times in what the server says", () => {
  it.each([
    [
      "a pilot that begins at 2018-06-30T16:00:00.000Z lasts at most three months, and no longer than the plan",
      "a pilot that begins at 1 Jul 2018, 00:00 lasts at most three months, and no longer than the plan",
      "从 2018年7月1日 00:00 开始的试点最长三个月，且不超过方案期间",
    ],
    [
      "after 2018-05-01T00:00:00.000Z, no later than 2018-08-01T00:00:05.000Z",
      "after 1 May 2018, 08:00, no later than 1 Aug 2018, 08:00:05",
      "晚于 2018年5月1日 08:00，不晚于 2018年8月1日 08:00:05",
    ],
    // What has no offset is of the plan's clock, wherever the reader is.
    [
      "a local date-time of Asia/Shanghai after 2018-05-01T00:00 and before 2018-11-01T00:00",
      "a local date-time of Asia/Shanghai after 1 May 2018, 00:00 and before 1 Nov 2018, 00:00",
      "Asia/Shanghai 的当地日期时间，晚于 2018年5月1日 00:00、早于 2018年11月1日 00:00",
    ],
    [
      "12 lines of before 2018-07-01T00:00:00.000Z would change",
      "12 lines of before 1 Jul 2018, 08:00 would change",
      "2018年7月1日 08:00 之前的 12 条明细会改变",
    ],
    [
      "use an instant that is not before occurredAt (2018-05-01T08:00:00+02:00): it cannot be undone before it happened",
      "use an instant that is not before occurredAt (1 May 2018, 14:00): it cannot be undone before it happened",
      "须为不早于 occurredAt（2018年5月1日 14:00）的时刻：还没发生，不能撤销",
    ],
  ])("are written as people read them: %s", (said, english, told) => {
    expect(en.say(said)).toEqual({ text: english, isForeign: false });
    expect(zh.say(said)).toEqual({ text: told, isForeign: false });
  });

  it("are told of findings about a plan, in both languages", () => {
    const findings = PLAN_CASES.flatMap(({ unwise }) => lintPlan(unwise));
    const withTime = findings.filter(({ message }) => /\d{4}-\d\d-\d\dT/.test(message));
    expect(withTime.length).toBeGreaterThan(1);
    for (const finding of withTime) {
      for (const words of [en, zh]) expect(words.sayWrong(finding).text).not.toMatch(/\d{4}-\d\d-\d\dT/);
      expect(zh.sayWrong(finding).text).toMatch(/\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d/);
    }
  });

  it.each([
    // Shows how one is written, or what could not be read.
    "use an ISO 8601 instant with an offset, such as 2018-05-01T08:00:00+08:00",
    "a local date-time without offset, such as 2018-05-01T00:00, that the zone's clock shows exactly once",
    "write it like 2018-10-20T12:00",
    "2018-05-01T08:00 is not an instant",
    "2018-03-25T02:30 is not one instant in Europe/Berlin",
    // Is no time that exists, or no time.
    "later than 2018-13-45T99:00",
    "later than 2018-05",
  ])("stand as they are: %s", (said) => {
    const digits = (text: string) => text.replaceAll(/[^\d:T+-]/g, "");
    expect(en.say(said).text).toBe(said);
    expect(digits(zh.say(said).text)).toContain(digits(/\d[\d:T+-]*/.exec(said.replace("ISO 8601", ""))?.[0] ?? "?"));
  });

  it("within ids and quotes are no times of ours", () => {
    const [quoted, id] = [
      '“a” has "2018-05-01T00:00:00Z" in it',
      "till/2018-05-01T00:00:00Z is gone: pos#2018-05-01T00:00",
    ];
    for (const said of [quoted, id]) expect(en.say(said ?? "").text).toBe(said);
  });

  it("in words that are not known stay English, on the plan's clock", () => {
    expect(zh.say("nothing that anybody knows of happened at 2018-05-01T00:00:00Z")).toEqual({
      text: "nothing that anybody knows of happened at 1 May 2018, 08:00",
      isForeign: true,
    });
  });

  it("without a plan are those of the clock that they were written by", () => {
    const said = "later than 2018-05-01T08:00:00+02:00";
    expect(timed(ENGLISH, LOCALES.en, undefined).say(said).text).toBe("later than 1 May 2018, 08:00");
  });
});

describe("what is wrong with a message", () => {
  beforeAll(() => loadTexts("en"));

  it("has its times in words where the server's own stand", () => {
    const t = translator("en");
    expect(sentence("the period ended at 2018-05-01T00:00:00Z", t, en)).toEqual({
      text: "the period ended at 1 May 2018, 08:00",
    });
  });
});

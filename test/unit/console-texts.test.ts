import { describe, expect, it } from "vitest";
import { date, periodText } from "#functions/console/format/dates.ts";
import { decimal, difference, minorText, money, moneyDifference } from "#functions/console/format/numbers.ts";
import { en } from "#functions/console/i18n/en.ts";
import { zh } from "#functions/console/i18n/zh.ts";
import { FILES, read } from "#test/arch/source.ts";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the console's texts", () => {
  it("are the same in every language, with the same places to fill in", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    const texts = new Map<string, string>(Object.entries(zh));
    for (const [key, text] of Object.entries(en)) {
      const other = texts.get(key) ?? "";
      expect([key, placeholders(other)]).toEqual([key, placeholders(text)]);
      expect([key, other.trim() === "", text.trim() === ""]).toEqual([key, false, false]);
    }
  });

  it("are Chinese where they should be", () => {
    const latin = Object.entries(zh).filter(([, text]) => !/[\u4e00-\u9fff]/.test(text.replaceAll(/\{\w+\}/g, "")));
    expect(latin.map(([key]) => key)).toEqual(["app.name"]);
  });

  it("stand nowhere in the screens: no element has words of its own", () => {
    const screens = FILES.filter((path) => path.startsWith("functions/console/") && path.endsWith(".tsx"));
    const loose = screens.flatMap((path) =>
      [...read(path).matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*</g)].map(([, words]) => `${path}: ${words}`),
    );
    expect(screens.length).toBeGreaterThan(10);
    expect(loose).toEqual([]);
  });
});

describe("figures", () => {
  it("are exact beyond what a float holds", () => {
    expect(decimal("12345678901234567.89", "en-GB")).toBe("12,345,678,901,234,567.89");
    expect(money("12345678901234567.80", "CNY", "zh-CN")).toBe("¥12,345,678,901,234,567.80");
    expect(difference("12345678901234567.89", "0.90")).toBe("12345678901234566.99");
    expect(difference("1.5", "2.25")).toBe("-0.75");
    expect(difference("7", "7")).toBe("0");
  });

  it("keep the decimals that they have, and what is no decimal as it stands", () => {
    expect(decimal("1500", "en-GB")).toBe("1,500");
    expect(decimal("0.875", "en-GB")).toBe("0.875");
    expect(decimal("1/3", "en-GB")).toBe("1/3");
    expect(money("3", "item:rice", "en-GB")).toBe("3 × rice");
  });

  it("carry a sign where they are differences", () => {
    expect(moneyDifference("10.00", "EUR", "en-GB")).toBe("+€10.00");
    expect(moneyDifference("-10.00", "EUR", "en-GB")).toBe("-€10.00");
    expect(moneyDifference("0.00", "EUR", "en-GB")).toBe("€0.00");
  });

  it("come from minor units by the digits of the currency", () => {
    expect([minorText(12800, 2), minorText(-5, 2), minorText(7, 0), minorText(1234, 3)]).toEqual([
      "128.00",
      "-0.05",
      "7",
      "1.234",
    ]);
  });
});

describe("dates", () => {
  it("are told on the clock that they were written by, or on the plan's", () => {
    expect(date("2018-10-13T09:31:00+08:00", "en-GB")).toBe("13 Oct 2018, 09:31");
    expect(date("2018-10-31T17:00:00Z", "en-GB", "minute", "Asia/Shanghai")).toBe("1 Nov 2018, 01:00");
    expect(date("2018-10-13", "zh-CN", "day")).toBe("2018年10月13日");
    expect(date("soon", "en-GB")).toBe("soon");
  });

  it("of a period end with its last day", () => {
    const text = periodText({ start: "2018-05-01T00:00", end: "2018-11-01T00:00" }, "en-GB");
    expect(text.replaceAll(/\s/g, " ")).toBe("1 May – 31 Oct 2018");
  });
});

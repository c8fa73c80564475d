import type { Texts } from "./texts/en.ts";

/** No currency has more digits after the point (ISO 4217); what has more is a quantity, a score or a ratio. */
const MOST_MONEY_DIGITS = 4;

/** Parts that everybody reads as they stand: `1/3`, `5/12`. */
const LARGEST_PLAIN_DENOMINATOR = 12n;

/**
 * A number for people: `-1234567.50` → `-1,234,567.50`; digits that say nothing end, but for money: `7.500000` → `7.5`. An
 * exact fraction says about what it is: `26899/28000` → `26899/28000 (≈ 0.9607)`. Anything else as it stands.
 */
export function grouped(number: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number) ?? [];
  if (whole === "") return fractionText(number, 1n, 4);
  const digits = fraction.length > MOST_MONEY_DIGITS ? fraction.replace(/(?<!0)0+$/, "") : fraction;
  return `${sign}${thousands(whole)}${digits === "" ? "" : `.${digits}`}`;
}

function thousands(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** How much more `higher` is than `lower`, where both are decimals and it is more. */
export function gapText(higher: string, lower: string): string | undefined {
  const digits = Math.max(fractionOf(higher).length, fractionOf(lower).length);
  const [over, under] = [scaledBy(higher, digits), scaledBy(lower, digits)];
  if (over === undefined || under === undefined || over <= under) return undefined;
  const text = String(over - under).padStart(digits + 1, "0");
  return grouped(digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`);
}

function fractionOf(decimal: string): string {
  return decimal.split(".")[1] ?? "";
}

function scaledBy(decimal: string, digits: number): bigint | undefined {
  if (!/^-?\d+(?:\.\d+)?$/.test(decimal)) return undefined;
  return BigInt(decimal.replace(".", "") + "0".repeat(digits - fractionOf(decimal).length));
}

/** A score, which is no money: `60.0` → `60`. */
export function scoreText(score: string): string {
  return grouped(score.includes(".") ? score.replace(/(?:\.|(?<![.0]))0+$/, "") : score);
}

/** A part of a whole, which people read in per cent: `65/72` → `65/72 (≈ 90.28%)`; `90%` as it stands. */
export function partText(part: string): string {
  return part.includes("/") ? fractionText(part, 100n, 2, "%") : grouped(part);
}

/** `factor` is what the approximate value is told in, `digits` how many it has after the point. */
function fractionText(text: string, factor: bigint, digits: number, unit = ""): string {
  const [, sign = "", over = "", under = ""] = /^(-?)(\d+)\/(\d+)$/.exec(text) ?? [];
  if (under === "" || /^0+$/.test(under)) return text;
  const [num, den] = [BigInt(over), BigInt(under)];
  if (den === 1n) return `${sign}${thousands(String(num * factor))}${unit}`;
  if (num < den && den <= LARGEST_PLAIN_DENOMINATOR) return text;
  const scale = 10n ** BigInt(digits);
  const rounded = (2n * num * factor * scale + den) / (2n * den);
  if (rounded === 0n) return text;
  const decimals = String(rounded % scale)
    .padStart(digits, "0")
    .replace(/(?<!0)0+$/, "");
  return `${text} (≈ ${sign}${thousands(String(rounded / scale))}${decimals === "" ? "" : `.${decimals}`}${unit})`;
}

/** `2018-10-06T10:29:16+08:00` → `2018-10-06 10:29:16 (+08:00)`. */
export function instantText(instant: string): string {
  const [, date, time, offset] = /^(\S+)T([\d:.]+)(Z|[+-]\d\d:\d\d)$/.exec(instant) ?? [];
  return offset === undefined ? instant : `${date} ${time?.replace(/\.000$/, "")} (${offset === "Z" ? "UTC" : offset})`;
}

/** `P1Y6M` → `1 year, 6 months`; what is no plain duration as it stands. */
export function durationText(
  duration: string,
  { listComma, durations }: Pick<Texts, "listComma" | "durations">,
): string {
  const [, years, months, weeks, days] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration) ?? [];
  const parts = [
    years && durations.years(Number(years)),
    months && durations.months(Number(months)),
    weeks && durations.weeks(Number(weeks)),
    days && durations.days(Number(days)),
  ].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? duration : parts.join(listComma);
}

import { decimal, money } from "../format/numbers.ts";

/** Figures of a trace: exact texts that may be decimals, fractions (`15/32`) or percentages (`35%`). */

const FRACTION = /^(-?\d+)\/(\d+)$/;
const APPROXIMATE: Intl.NumberFormatOptions = { maximumFractionDigits: 4 };

/** `30.000000` → `30`, `12.50` → `12.50`, `5/13` → `5/13 (≈ 0.3846)`. */
export function figure(text: string, locale: string): string {
  const about = fractionOf(text);
  if (about !== undefined)
    return fractionText(text, about, (part) => new Intl.NumberFormat(locale, APPROXIMATE).format(part));
  if (text.endsWith("%")) return `${decimal(text.slice(0, -1), locale)}%`;
  return decimal(withoutIdleDigits(text), locale);
}

/** A rate or a part: `35%`, `0.35` and `7/20` are all told per cent. */
export function rate(text: string, locale: string): string {
  if (text.endsWith("%")) return figure(text, locale);
  const about = fractionOf(text);
  if (about !== undefined) {
    const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
    return fractionText(text, about, (part) => percent.format(part));
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? `${decimal(hundredfold(text), locale)}%` : text;
}

/** An amount, also one before rounding. Of a benefit in kind (`item:rice`) the number alone. */
export function amountText(text: string, currency: string, locale: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return figure(text, locale);
  const about = fractionOf(text);
  if (about === undefined) return money(withoutIdleDigits(text), currency, locale);
  return fractionText(text, about, (part) => new Intl.NumberFormat(locale, APPROXIMATE).format(part));
}

function fractionOf(text: string): number | undefined {
  const [, above, below] = FRACTION.exec(text) ?? [];
  return above === undefined || below === undefined ? undefined : Number(above) / Number(below);
}

/** A whole number is told as one; of another what it is about. */
function fractionText(text: string, about: number, shown: (about: number) => string): string {
  if (!Number.isFinite(about)) return text;
  return text.endsWith("/1") ? shown(about) : `${text} (≈ ${shown(about)})`;
}

/** Digits beyond those of money say something only where they are not zero. */
function withoutIdleDigits(text: string): string {
  if (!/^-?\d+\.\d{3,}$/.test(text)) return text;
  return text.replace(/(?<!0)0+$/, "").replace(/\.$/, "");
}

/** `0.0325` → `3.25`, by moving the point. */
function hundredfold(text: string): string {
  const [, sign = "", whole = "0", part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = part.padEnd(2, "0");
  const moved = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2).replace(/(?<!0)0+$/, "");
  return `${sign}${moved}${rest === "" ? "" : `.${rest}`}`;
}

/** Numbers as people paste them from a spreadsheet. What could mean two things is refused, never guessed. */

export type Unreadable =
  | "unit"
  | "percent"
  | "currency"
  | "negative"
  | "shortened"
  | "hashes"
  | "comma"
  | "fine"
  | "words";

export type ReadNumber =
  | { readonly value: string; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: Unreadable };

/** What stands for the same characters: full width, and the spaces that separate thousands. */
function halfWidth(text: string): string {
  return text
    .replaceAll(/[\uff10-\uff19\uff0c\uff0e\uff0d\uff05\uff04]/g, (char) =>
      String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    )
    .replaceAll(/[\u00a0\u2009\u202f\u3000]/g, " ")
    .trim();
}

/** Ends in, or has, a Chinese or English word for a power of ten. */
const UNITS = /[\u5341\u767e\u5343\u4e07\u842c\u4ebf\u5104]|\d\s*[kmw]$/i;
const GROUPED = /^\d{1,3}(?:([, '\u2019])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const PLAIN = /^\d+(?:\.\d+)?$/;

/**
 * `"1,234.50"` and `"１２３４．５"` → `"1234.50"`, with as many digits after the point as the column has.
 *
 * @param digits how many the column may have; zeros behind them are dropped
 */
export function readNumber(text: string, digits: number): ReadNumber {
  const plain = halfWidth(text);
  if (PLAIN.test(plain)) return exactly(plain, digits);
  if (GROUPED.test(plain)) return exactly(plain.replaceAll(/[, '\u2019]/g, ""), digits);
  return { problem: whyNot(plain) };
}

function whyNot(plain: string): Unreadable {
  if (/^#+$/.test(plain)) return "hashes";
  if (/^\d+(?:\.\d+)?e[+-]?\d+$/i.test(plain)) return "shortened";
  if (/%$/.test(plain)) return "percent";
  if (UNITS.test(plain)) return "unit";
  if (/^[¥￥$€£]|元$|^[A-Z]{3}\s/.test(plain)) return "currency";
  if (/^-\s*\d/.test(plain) || /^\(\d.*\)$/.test(plain)) return "negative";
  return /^[\d,. '\u2019]+$/.test(plain) ? "comma" : "words";
}

function exactly(plain: string, digits: number): ReadNumber {
  const [whole = "0", fraction = ""] = plain.split(".");
  const kept = fraction.replace(/(?<!0)0+$/, "");
  if (kept.length > digits) return { problem: "fine" };
  const body = whole.replace(/^0+(?=\d)/, "");
  return { value: digits === 0 ? body : `${body}.${kept.padEnd(digits, "0")}` };
}

/** Two values that say the same: `180000` and `180000.00`. */
export function sameNumber(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && bare(a) === bare(b));
}

function bare(text: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const kept = fraction.replace(/(?<!0)0+$/, "");
  const body = whole.replace(/^0+(?=\d)/, "");
  return kept === "" ? body : `${body}.${kept}`;
}

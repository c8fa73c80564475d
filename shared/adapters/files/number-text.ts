/** Digits that a spreadsheet keeps and shows. */
const DIGITS = 15;

/**
 * The decimal that a spreadsheet shows for a number that it stores as a binary fraction: `0.30000000000000004` is 0.3. What it stores is
 * never nearer to what was typed than its first 15 digits are.
 *
 * @returns undefined for a text that is no number, and for a whole number of more than 15 digits: its last ones are lost already
 */
export function shownNumber(stored: string): string | undefined {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(stored)) return undefined;
  const value = Number(stored);
  if (!Number.isFinite(value) || Math.abs(value) >= 10 ** DIGITS) return undefined;
  return value === 0 ? "0" : plain(value.toExponential(DIGITS - 1));
}

/** `1.2500e+2` → `125`. */
function plain(exponential: string): string {
  const [, sign = "", lead = "", rest = "", power = "0"] = /^(-?)(\d)\.(\d+)e([+-]\d+)$/.exec(exponential) ?? [];
  const digits = lead + rest;
  const point = 1 + Number(power);
  if (point <= 0) return sign + trimmed(`0.${"0".repeat(-point)}${digits}`);
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return sign + trimmed(`${digits.slice(0, point)}.${digits.slice(point)}`);
}

function trimmed(decimal: string): string {
  return decimal.replace(/(?:\.|(?<![.0]))0+$/, "");
}

/** Numbers as people read them. Amounts are decimal texts and stay exact: no figure of money is ever a float here. */

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** `"1234567.80"` → `1,234,567.80`, with the decimals it has; a text that is no decimal, such as `1/3`, as it stands. */
export function decimal(text: string, locale: string): string {
  if (!isDecimal(text)) return text;
  const digits = text.split(".")[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(text);
}

/** `"1234.50"` and `CNY` → `CN¥1,234.50`; of a benefit in kind the number and its name. */
export function money(text: string, currency: string, locale: string): string {
  if (!isDecimal(text)) return text;
  if (!/^[A-Z]{3}$/.test(currency)) return `${decimal(text, locale)} × ${currency.replace(/^\w+:/, "")}`;
  const digits = text.split(".")[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(text);
}

/** The same with its sign, for differences. */
export function moneyDifference(text: string, currency: string, locale: string): string {
  const shown = money(text, currency, locale);
  return /^-/.test(text) || /^0*(\.0*)?$/.test(text) ? shown : `+${shown}`;
}

/** 12800 minor units of CNY → `"128.00"`. */
export function minorText(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** a − b of decimal texts, exactly. */
export function difference(a: string, b: string): string {
  const digits = Math.max(a.split(".")[1]?.length ?? 0, b.split(".")[1]?.length ?? 0);
  const units = scaled(a, digits) - scaled(b, digits);
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const sign = units < 0n ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function scaled(text: string, digits: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(`${whole}${fraction.padEnd(digits, "0")}`);
}

export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** 87.5 → `87.5%` */
export function percent(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value / 100);
}

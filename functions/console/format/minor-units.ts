import { minorText, money } from "./numbers.ts";

/** Minor units as money; the digits of the currency are those that the server counts by. */
export function minorMoney(minor: number, currency: string, locale: string): string {
  const digits = /^[A-Z]{3}$/.test(currency) ? (CURRENCY_DIGITS[currency] ?? 2) : 0;
  return money(minorText(minor, digits), currency, locale);
}

import {
  formatDecimal,
  parseDecimal,
  type Rational,
  type RoundingMode,
  roundRational,
  toSafeInteger,
} from "./decimal.ts";

/** Minor-unit digits that are not 2 (ISO 4217, list one, amendment 176). */
const DIGITS_BY_CURRENCY = new Map<string, number>([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((c) => [c, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((c) => [c, 3] as const),
  ..."CLF UYW".split(" ").map((c) => [c, 4] as const),
]);

const TWO_DIGIT_CURRENCIES = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
    "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
    "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK " +
    "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB " +
    "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
  ).split(" "),
);

/** Minor-unit digits of an ISO 4217 currency (CNY → 2, JPY → 0); undefined when there is no such currency. */
export function currencyDigits(currency: string): number | undefined {
  return DIGITS_BY_CURRENCY.get(currency) ?? (TWO_DIGIT_CURRENCIES.has(currency) ? 2 : undefined);
}

/** What is paid where it is not money: whole points, pieces of a good, honours. */
const BENEFIT = /^(points|item|honour):[a-z0-9][a-z0-9-]*$/;

/** Whether a line's unit is a benefit in kind (`points:stars`, `item:rice`, `honour:red-flag`) and not a currency. */
export function isBenefit(unit: string): boolean {
  return BENEFIT.test(unit);
}

/** Remembered, because every amount asks for it; there are as many as a plan has currencies and benefits. */
const digitsKnown = new Map<string, number>();
const UNITS_KEPT = 1000;

function digitsOf(currency: string): number {
  const known = digitsKnown.get(currency);
  if (known !== undefined) return known;
  const digits = lookUpDigits(currency);
  if (digitsKnown.size >= UNITS_KEPT) digitsKnown.clear();
  digitsKnown.set(currency, digits);
  return digits;
}

function lookUpDigits(currency: string): number {
  const digits = isBenefit(currency) ? 0 : currencyDigits(currency);
  if (digits === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return digits;
}

/** `"128.00"` CNY → 12800 minor units, `"3"` of a benefit → 3; undefined when it is not a decimal or has more digits than the currency. */
export function parseMoney(text: string, currency: string): number | undefined {
  return parseDecimal(text, digitsOf(currency));
}

/** 12800 minor units CNY → `"128.00"`. */
export function formatMoney(amountMinor: number, currency: string): string {
  return formatDecimal(amountMinor, digitsOf(currency));
}

/** amount × rate, rounded to a whole number of `unitMinor` (1 = the minor unit itself). */
export function multiplyMoney(amountMinor: number, rate: Rational, mode: RoundingMode, unitMinor = 1): number {
  const unit = BigInt(unitMinor);
  return toSafeInteger(BigInt(roundRational(BigInt(amountMinor) * rate.num, rate.den * unit, mode)) * unit);
}

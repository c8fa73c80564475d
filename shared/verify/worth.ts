import type { Bundle } from "#domain/bundle.ts";
import type { Measure } from "#domain/plan/plan.ts";
import { plainDecimal, rounded, scaled } from "./exact.ts";
import type { Part } from "./shares.ts";

type Fact = Bundle["facts"][number];

/** Decimals of everything that is not money. */
const FINE = 6;

/** What a fact is worth in a measure for one of those it is credited to; undefined: it is none of the measure's. */
export function worthIn(
  { attributes }: Pick<Bundle["plan"], "attributes">,
  { aggregate, of = "" }: Measure,
  moneyDigits: number,
  fact: Fact,
  part: Part,
): { readonly value: bigint; readonly text?: string } | undefined {
  if (aggregate === "count") return part.counts ? { value: 1n } : undefined;
  const told = toldOf(fact, of, attributes);
  if (told === undefined) return undefined;
  if (aggregate === "distinct") {
    const text = typeof told === "string" && isDecimalOf(of) ? plainDecimal(told) : String(told);
    return part.counts ? { value: 1n, text } : undefined;
  }
  const whole = typeof told === "number" ? nearest(told) : scaled(String(told), of === "amount" ? moneyDigits : FINE);
  if (whole === undefined) return undefined;
  const isShared = fact.kind === "sale" && (aggregate === "sum" || of === "amount" || of === "quantity");
  const value = isShared ? part.of(whole) : part.counts ? whole : undefined;
  return value === undefined ? undefined : { value };
}

function isDecimalOf(of: string): boolean {
  return of === "amount" || of === "quantity" || of === "value";
}

/** The field or declared attribute of a fact; undefined where the fact has none, or of another type than declared. */
function toldOf(fact: Fact, of: string, types: Bundle["plan"]["attributes"]): string | number | boolean | undefined {
  if (isDecimalOf(of)) {
    const told = Object.entries(fact).find(([name]) => name === of)?.[1];
    return typeof told === "string" ? told : undefined;
  }
  const [, told] = Object.entries(fact.attributes).find(([name]) => name === of) ?? [];
  const [, type] = Object.entries(types).find(([name]) => name === of) ?? [];
  return typeof told === type ? told : undefined;
}

/** A JSON number as millionths: the decimal that it is written as, a half away from zero; none beyond exact integers. */
function nearest(number: number): bigint | undefined {
  if (Math.abs(number) * 10 ** FINE > Number.MAX_SAFE_INTEGER) return undefined;
  const [digits = "0", exponent = "0"] = String(number).split("e");
  const decimals = digits.split(".")[1]?.length ?? 0;
  const over = scaled(digits, decimals) ?? 0n;
  const power = Number(exponent) + FINE - decimals;
  return power >= 0 ? over * 10n ** BigInt(power) : rounded({ over, under: 10n ** BigInt(-power) }, "halfUp");
}

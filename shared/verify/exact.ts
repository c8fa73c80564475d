/** Exact numbers, written for the verifier alone: integers of any size at a number of decimals, and fractions of them. */

/** `"12.5"` at 2 decimals → 1250n; undefined when it is no decimal, or finer than that. */
export function scaled(text: string, digits: number): bigint | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = (match[3] ?? "").replace(/(?<!0)0+$/, "");
  if (fraction.length > digits) return undefined;
  const magnitude = BigInt(match[2] ?? "0") * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, "0") || "0");
  return match[1] === "-" ? -magnitude : magnitude;
}

/** 1250n at 2 decimals → `"12.50"`. */
export function written(value: bigint, digits: number): string {
  const magnitude = value < 0n ? -value : value;
  const one = 10n ** BigInt(digits);
  const fraction = digits === 0 ? "" : `.${String(magnitude % one).padStart(digits, "0")}`;
  return `${value < 0n ? "-" : ""}${magnitude / one}${fraction}`;
}

/** The one spelling of a decimal: no plus, no zeros before or after that say nothing. */
export function plainDecimal(text: string): string {
  const [, sign = "", whole = "", part = ""] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  const fraction = part.replace(/(?<!0)0+$/, "");
  const magnitude = `${whole.replace(/^0+/, "") || "0"}${fraction ? `.${fraction}` : ""}`;
  return sign === "-" && magnitude !== "0" ? `-${magnitude}` : magnitude;
}

export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** `"35%"`, `"0.35"` or `"7/20"`. */
export function fraction(text: string): Fraction {
  const [over = "", under] = text.trim().split("/");
  if (under !== undefined) return { over: BigInt(over), under: BigInt(under) };
  const isPercent = over.endsWith("%");
  const decimal = isPercent ? over.slice(0, -1) : over;
  const digits = decimal.split(".")[1]?.length ?? 0;
  return { over: scaled(decimal, digits) ?? 0n, under: 10n ** BigInt(digits) * (isPercent ? 100n : 1n) };
}

/** over / under as a whole number; what is halfway or left over goes by the mode, alike on both sides of zero. */
export function rounded({ over, under }: Fraction, mode: "halfUp" | "halfEven" | "down" | "up"): bigint {
  if (over < 0n) return -rounded({ over: -over, under }, mode);
  const below = over / under;
  const left = over - below * under;
  if (left === 0n || mode === "down") return below;
  if (mode === "up") return below + 1n;
  const fromHalf = left * 2n - under;
  if (fromHalf !== 0n) return fromHalf > 0n ? below + 1n : below;
  return mode === "halfUp" || below % 2n === 1n ? below + 1n : below;
}

/** Divides a whole by weights: each first gets its whole part, then the greatest remainders one more; equal ones by id. */
export function shared(
  whole: bigint,
  heads: readonly { readonly id: string; readonly weight: bigint }[],
): Map<string, bigint> {
  if (whole < 0n) return new Map([...shared(-whole, heads)].map(([id, part]) => [id, -part]));
  const total = heads.reduce((sum, { weight }) => sum + weight, 0n);
  const parts = new Map(heads.map(({ id, weight }) => [id, (whole * weight) / total]));
  const given = [...parts.values()].reduce((sum, part) => sum + part, 0n);
  const inLine = heads
    .map(({ id, weight }) => ({ id, remainder: (whole * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? order(a.id, b.id) : a.remainder > b.remainder ? -1 : 1));
  for (const { id } of inLine.slice(0, Number(whole - given))) parts.set(id, (parts.get(id) ?? 0n) + 1n);
  return parts;
}

/** Fractions as the smallest whole numbers in the same proportion. */
export function proportion(fractions: readonly Fraction[]): bigint[] {
  const product = fractions.reduce((all, { under }) => all * under, 1n);
  const whole = fractions.map(({ over, under }) => (over * product) / under);
  const divisor = whole.reduce(commonDivisor, 0n);
  return whole.map((weight) => weight / divisor);
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}

/** Texts by code units. */
export function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

import { difference } from "./numbers.ts";

/** a + b of decimal texts, exactly. */
export function sum(a: string, b: string): string {
  return difference(a, b.startsWith("-") ? b.slice(1) : `-${b}`);
}

/** Below 0 where a is the smaller of two decimal texts. */
export function compareDecimals(a: string, b: string): number {
  const gap = difference(a, b);
  return isZero(gap) ? 0 : gap.startsWith("-") ? -1 : 1;
}

export function isZero(text: string): boolean {
  return /^-?0*(\.0*)?$/.test(text);
}

import type { Plan } from "../api/plan-names.ts";

/** A plan while somebody writes it: any part can be missing, at any depth. */
export type Half<T> = T extends readonly (infer Item)[]
  ? readonly (Half<Item> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Half<T[K]> | undefined }
    : T;

export type HalfPlan = Half<Plan>;
export type HalfReward = Half<Plan["rewards"][number]>;
export type RewardOf<K extends string> = Extract<HalfReward, { readonly kind?: K | undefined }>;

type With<T, K extends PropertyKey> = T extends object ? (K extends keyof T ? T : never) : never;

/** Which of several shapes a part has; never throws, whatever stands there. */
export function has<T, K extends PropertyKey>(value: T, key: K): value is T & With<T, K> {
  return typeof value === "object" && value !== null && key in value && Reflect.get(value, key) != null;
}

/** What is there of a list; of anything else nothing. */
export function list<T>(items: readonly (T | undefined)[] | undefined): T[] {
  if (!Array.isArray(items)) return [];
  return items.filter((item): item is T => item !== undefined && item !== null);
}

/** A text that stands there; undefined where there is none or something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function wholeOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Key and value of a record, in its order. */
export function pairsOf(record: unknown): [key: string, value: string][] {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return [];
  return Object.entries(record).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[key, value]] : [],
  );
}

/** `"35%"`, `"0.35"`, `"7/20"`, `"10000.00"` as a float, for drawing only. */
export function drawn(value: unknown): number | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined) return undefined;
  const [, digits = "", over, percent] = /^(-?\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?(%)?$/.exec(text) ?? [];
  if (digits === "") return undefined;
  const number = Number(digits) / (over === undefined ? 1 : Number(over)) / (percent === undefined ? 1 : 100);
  return Number.isFinite(number) ? number : undefined;
}

import { isDeepStrictEqual } from "node:util";
import type { Fact } from "#domain/fact.ts";
import type { People } from "./people.ts";
import type { Storm } from "./storm.ts";

/** What checks share: what they look at, and how they say what is wrong. */

export const EVERYTHING = { limit: 1_000_000 };
export const LATEST = Number.MAX_SAFE_INTEGER / 2;

/** What the end of a storm looks like; read once for all checks. */
export interface Scene {
  readonly storm: Storm;
  readonly people: People;
  readonly facts: readonly Fact[];
}

export type Check = (scene: Scene) => Promise<string[]> | string[];

export function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Says where two things first differ. */
export function differs(what: string, is: unknown, should: unknown): string[] {
  if (isDeepStrictEqual(is, should)) return [];
  const [a, b] = [entries(is), entries(should)];
  const extra = a.filter((entry) => !b.includes(entry)).slice(0, 3);
  const missing = b.filter((entry) => !a.includes(entry)).slice(0, 3);
  return [
    `${what} differ: there is ${extra.join(" ") || "nothing more"}; there should be ${missing.join(" ") || "nothing more"}`,
  ];
}

function entries(value: unknown): string[] {
  return Object.entries(value ?? {}).map(([key, one]) =>
    Array.isArray(value) ? JSON.stringify(one) : `${key}=${JSON.stringify(one)}`,
  );
}

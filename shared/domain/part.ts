import type { Payee } from "./line.ts";

/**
 * One of `of` disjoint parts that together are all payees; `of` is a power of two. Everything of a payee is in one part, so
 * what is done payee by payee can be done part by part, with the memory of one.
 */
export interface Part {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** All payees at once. */
export const WHOLE: Part = { index: 0, of: 1 };

/** All parts of so many. */
export function partsOf(of: number): Part[] {
  return Array.from({ length: of }, (_, index) => ({ index, of }));
}

/** The part a payee is in. Stored keys hang on it: it never changes. */
export function partIndex(payee: Payee, of: number): number {
  return hash(`${payee.kind}:${payee.id}`) & (of - 1);
}

export function isIn({ index, of }: Part, payee: Payee): boolean {
  return of === 1 || partIndex(payee, of) === index;
}

/** Those of `of` parts in which a payee of `part` can be: one that divides finer lies in one of them. */
export function overlapping(part: Part, of: number): number[] {
  const both = Math.min(part.of, of);
  return partsOf(of).flatMap(({ index }) => (index % both === part.index % both ? [index] : []));
}

/** FNV-1a over UTF-16 units, and a last mix: the low bits of neighbouring ids differ too. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

import type { Kept } from "./choice.ts";

type Told = Kept["progress"];

/** What is counted now: facts that are read, or that are settled over both plans. */
export function countsOf({ stage, read, about, settled, toSettle }: Told): { done: number; of: number } {
  return stage === "reading" ? { done: read, of: about } : { done: settled, of: toSettle };
}

/** In per cent of reading and settling together; never whole, because the answer is still to come. */
export function shareDone(progress: Told | undefined): number {
  if (progress === undefined) return 0;
  const { read, about, settled, toSettle } = progress;
  const of = about + toSettle;
  return of === 0 ? 0 : Math.min(99, Math.floor(((read + settled) / of) * 100));
}

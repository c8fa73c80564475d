import { isDeepStrictEqual } from "node:util";

/**
 * Brings a total up to date: reads its seq first, then its sources, and writes if the seq still stands; starts over when another
 * was faster. Whoever writes last began reading after the write before, and so misses nothing.
 */
export async function setFromSources<T extends { readonly seq: number }>(total: {
  readonly read: () => Promise<T | undefined>;
  readonly compute: (seq: number) => Promise<T>;
  readonly write: (total: T) => Promise<boolean>;
  /** What is not kept where nothing is kept yet. */
  readonly isNothing?: (total: T) => boolean;
}): Promise<void> {
  for (;;) {
    const before = await total.read();
    const after = await total.compute((before?.seq ?? 0) + 1);
    if (before && isDeepStrictEqual({ ...before, seq: 0 }, { ...after, seq: 0 })) return;
    if (!before && total.isNothing?.(after)) return;
    if (await total.write(after)) return;
  }
}

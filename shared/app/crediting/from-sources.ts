/**
 * Brings a total up to date: reads its seq first, then its sources, and writes if the seq still stands; starts over when another
 * was faster. Whoever writes last began reading after the write before, and so misses nothing.
 *
 * It writes even what stands there already. Somebody slower may hold an older sum with the same seq: were nothing written because a
 * cancellation brought the sum back to what it was, theirs would follow and stay.
 */
export async function setFromSources<T extends { readonly seq: number }>(total: {
  readonly read: () => Promise<T | undefined>;
  readonly compute: (seq: number) => Promise<T>;
  readonly write: (total: T) => Promise<boolean>;
}): Promise<void> {
  for (;;) {
    const before = await total.read();
    if (await total.write(await total.compute((before?.seq ?? 0) + 1))) return;
  }
}

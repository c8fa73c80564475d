/** Orders texts by UTF-16 code units: the same on every machine, unlike a locale's collation. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Full width or half, upper case or lower: the same text to who looks for it. */
export function comparable(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

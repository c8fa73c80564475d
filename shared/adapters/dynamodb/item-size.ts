/**
 * The size of an item by DynamoDB's rules, in bytes: names and texts as UTF-8; a number half a byte a significant digit
 * and one more; one byte for true, false and null; 3 for a map or list and 1 for each entry. Fields that are undefined
 * are not stored and count nothing.
 */
export function itemSizeBytes(item: Readonly<Record<string, unknown>>): number {
  return entriesBytes(Object.entries(item));
}

const CONTAINER_BYTES = 3;
const ENTRY_BYTES = 1;

function entriesBytes(entries: readonly [string, unknown][]): number {
  let bytes = 0;
  for (const [name, value] of entries) {
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number" || typeof value === "bigint") return numberBytes(String(value));
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) {
    const values: unknown[] = value;
    return values.reduce((bytes: number, entry) => bytes + ENTRY_BYTES + valueBytes(entry), CONTAINER_BYTES);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return CONTAINER_BYTES + entries.length * ENTRY_BYTES + entriesBytes(entries);
  }
  return 1;
}

/** Leading and trailing zeros are not kept; a sign takes a byte. */
function numberBytes(text: string): number {
  const mantissa = text.replace(/e.*/i, "").replace(/[-.]/g, "");
  const digits = mantissa.replace(/^0+/, "").replace(/(?<!0)0+$/, "").length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith("-") ? 1 : 0);
}

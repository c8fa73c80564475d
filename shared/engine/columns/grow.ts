/** Columns of numbers that grow: the same column where it is long enough, else a longer one with what it held. */

const LEAST = 64;

export function bytes(column: Uint8Array, length: number): Uint8Array {
  return grown(column, length, (longer) => new Uint8Array(longer));
}

export function integers(column: Uint32Array, length: number): Uint32Array {
  return grown(column, length, (longer) => new Uint32Array(longer));
}

export function floats(column: Float64Array, length: number): Float64Array {
  return grown(column, length, (longer) => new Float64Array(longer));
}

interface Column<T> {
  readonly length: number;
  set(other: T): void;
}

function grown<T extends Column<T>>(column: T, length: number, made: (length: number) => T): T {
  if (length <= column.length) return column;
  const longer = made(Math.max(LEAST, length, Math.ceil(column.length * 1.6)));
  longer.set(column);
  return longer;
}

/**
 * Columns of numbers that grow: the same column where it is long enough, else a longer one with what it held. The caller must own
 * the column and use only the answer from then on: its memory is given back at once, and not when the collector next looks.
 */

const LEAST = 64;

export function bytes(column: Uint8Array, length: number): Uint8Array {
  return grown(column, length, (buffer) => new Uint8Array(buffer));
}

export function integers(column: Uint32Array, length: number): Uint32Array {
  return grown(column, length, (buffer) => new Uint32Array(buffer));
}

export function floats(column: Float64Array, length: number): Float64Array {
  return grown(column, length, (buffer) => new Float64Array(buffer));
}

interface Column<T> {
  readonly length: number;
  readonly buffer: ArrayBufferLike;
  readonly byteLength: number;
  readonly BYTES_PER_ELEMENT: number;
  set(other: T): void;
}

function grown<T extends Column<T>>(column: T, length: number, made: (buffer: ArrayBuffer) => T): T {
  if (length <= column.length) return column;
  const size = Math.max(LEAST, length, Math.ceil(column.length * 1.6)) * column.BYTES_PER_ELEMENT;
  const { buffer } = column;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === column.byteLength) return made(buffer.transfer(size));
  const longer = made(new ArrayBuffer(size));
  longer.set(column);
  return longer;
}

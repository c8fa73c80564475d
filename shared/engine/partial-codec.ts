import { type PartialHeader, partialHeaderSchema } from "#domain/partial.ts";
import { CONTENT_BYTES, FactTable, NO_TEXTS } from "./columns/fact-table.ts";
import { FactKeys } from "./columns/keys.ts";
import { Names } from "./columns/names.ts";
import { Partial } from "./partial.ts";

/** Says that a file is a partial, and in which form. */
const MAGIC = "laurel.partial/1\n";
const LENGTH_BYTES = 4;

/**
 * A partial as bytes, to hand it from one step of a settlement to the next: a mark, the length of the header, the header in JSON,
 * then the columns one after another, little-endian. Some hundred bytes a fact, less once it is compressed.
 */
export function encodePartial({ table }: Partial): Uint8Array {
  const columns = new Columns(table);
  const { size: facts, width } = table;
  const header = Buffer.from(
    JSON.stringify({
      facts,
      credits: columns.credits,
      keyBytes: table.keys.packed.length,
      measures: width ?? null,
      names: table.names.texts,
      meanings: table.meanings.texts.map((text): unknown => JSON.parse(text)),
      texts: table.texts.texts.map((text): unknown => JSON.parse(text)),
    }),
  );
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(header.length);
  return Buffer.concat([Buffer.from(MAGIC), length, header, ...columns.parts.map(bytesOf)]);
}

/** @throws RangeError when the bytes are no partial, or one of another form */
export function decodePartial(bytes: Uint8Array): Partial {
  const start = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < start || Buffer.from(bytes.subarray(0, MAGIC.length)).toString("latin1") !== MAGIC)
    throw new RangeError("this is no partial, or one of another form");
  const headerEnd = start + new DataView(bytes.buffer, bytes.byteOffset + MAGIC.length).getUint32(0, true);
  const header = partialHeaderSchema.parse(JSON.parse(Buffer.from(bytes.subarray(start, headerEnd)).toString("utf8")));
  const reader = new Reader(bytes, headerEnd);
  const table = tableOf(header, reader);
  reader.requireEnd();
  return new Partial(table);
}

/** The columns as they are written: credits in the order of the facts, without those of versions that were superseded. */
class Columns {
  readonly credits: number;
  readonly parts: readonly (Uint8Array | Uint32Array | Float64Array)[];

  constructor(table: FactTable) {
    const { size } = table;
    const width = table.width ?? 0;
    let credits = 0;
    for (let fact = 0; fact < size; fact += 1) credits += table.creditCount[fact] ?? 0;
    this.credits = credits;
    const places = new Uint32Array(credits);
    let next = 0;
    for (let fact = 0; fact < size; fact += 1) {
      const first = table.firstCredit[fact] ?? 0;
      for (let index = 0; index < (table.creditCount[fact] ?? 0); index += 1, next += 1) places[next] = first + index;
    }
    const values = new Float64Array(credits * width);
    places.forEach((place, credit) => {
      for (let measure = 0; measure < width; measure += 1)
        values[credit * width + measure] = table.values[place * width + measure] ?? Number.NaN;
    });
    this.parts = [
      table.keys.packed,
      table.keys.lengths,
      table.versions.subarray(0, size),
      table.occurredAt.subarray(0, size),
      table.undoneAt.subarray(0, size),
      table.contents.subarray(0, size * CONTENT_BYTES),
      table.participants.subarray(0, size),
      table.meaningOf.subarray(0, size),
      table.creditCount.subarray(0, size),
      places.map((place) => table.creditedTo[place] ?? 0),
      places.map((place) => table.leafOf[place] ?? 0),
      Uint8Array.from(places, (place) => table.rollsUp[place] ?? 0),
      places.map((place) => table.textsOf[place] ?? NO_TEXTS),
      values,
    ];
  }
}

function bytesOf(column: Uint8Array | Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

function tableOf(
  { facts, credits, keyBytes, measures, names, meanings, texts }: PartialHeader,
  reader: Reader,
): FactTable {
  const table = new FactTable();
  table.names = new Names(names);
  table.meanings = new Names(meanings.map((meaning) => JSON.stringify(meaning)));
  table.texts = new Names(texts.map((text) => JSON.stringify(text)));
  const packed = reader.bytes(keyBytes);
  table.keys = FactKeys.of(packed, reader.integers(facts));
  table.versions = reader.floats(facts);
  table.occurredAt = reader.floats(facts);
  table.undoneAt = reader.floats(facts);
  table.contents = reader.bytes(facts * CONTENT_BYTES);
  table.participants = reader.integers(facts, names.length);
  table.meaningOf = reader.integers(facts, meanings.length);
  table.creditCount = reader.bytes(facts);
  table.firstCredit = new Uint32Array(facts);
  let first = 0;
  table.creditCount.forEach((count, fact) => {
    table.firstCredit[fact] = first;
    first += count;
  });
  if (first !== credits) throw new RangeError(`a partial of ${credits} credits has ${first}`);
  table.credits = credits;
  table.creditedTo = reader.integers(credits, names.length);
  table.leafOf = reader.integers(credits, names.length);
  table.rollsUp = reader.bytes(credits);
  table.textsOf = reader.integers(credits);
  if (table.textsOf.some((text) => text !== NO_TEXTS && text >= texts.length))
    throw new RangeError("a text is missing");
  table.values = reader.floats(credits * (measures ?? 0));
  table.width = measures ?? undefined;
  return table;
}

/** Reads columns one after another; copies them, because in a file they stand at any place. */
class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError(`a partial of ${this.#bytes.length} bytes is cut off`);
    const part = Uint8Array.from(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return part;
  }

  /** @param below what each must be below */
  integers(length: number, below = Number.POSITIVE_INFINITY): Uint32Array {
    const column = new Uint32Array(this.bytes(length * Uint32Array.BYTES_PER_ELEMENT).buffer);
    if (column.some((value) => value >= below)) throw new RangeError(`a partial names more than its ${below} texts`);
    return column;
  }

  floats(length: number): Float64Array {
    return new Float64Array(this.bytes(length * Float64Array.BYTES_PER_ELEMENT).buffer);
  }

  requireEnd(): void {
    const left = this.#bytes.length - this.#at;
    if (left !== 0) throw new RangeError(`${left} bytes follow a partial`);
  }
}

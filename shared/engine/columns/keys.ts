import { bytes, floats } from "./grow.ts";
import type { ByteWriter } from "./writer.ts";

const FULLEST = 0.6;
const LEAST_SLOTS = 64;
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const HASH = 0x23;
/** The first byte of units from 0xD000 on, among them the halves of characters. */
const FIRST_OF_HALVES = 0xed;

/**
 * Fact keys by number and back: their bytes one after another, and a table with open addressing. No `Map`, which holds 16.7
 * million, and no text for each. A character is written unit by unit (CESU-8): comparing bytes is comparing UTF-16 code units.
 */
export class FactKeys {
  #bytes: Uint8Array;
  /** Where each key begins; one more says where the last one ends. */
  #starts: Float64Array;
  /** By slot the hash, then number + 1 of its key; 0 is free. Side by side: a look along slots stays in one piece of memory. */
  #slots: Uint32Array = new Uint32Array(2 * LEAST_SLOTS);
  #size = 0;

  constructor() {
    this.#bytes = new Uint8Array(0);
    this.#starts = new Float64Array(1);
  }

  /** From what {@link lengths} and {@link packed} gave. */
  static of(packed: Uint8Array, lengths: Uint32Array): FactKeys {
    const keys = new FactKeys();
    keys.#bytes = packed;
    keys.#starts = new Float64Array(lengths.length + 1);
    keys.#makeRoom(lengths.length);
    let end = 0;
    for (let number = 0; number < lengths.length; number += 1) {
      const start = end;
      end += lengths[number] ?? 0;
      keys.#starts[number + 1] = end;
      putInto(keys.#slots, hashOf(packed, start, end), number + 1);
    }
    if (end !== packed.length) throw new RangeError(`keys of ${end} bytes in ${packed.length}`);
    keys.#size = lengths.length;
    return keys;
  }

  clone(): FactKeys {
    const keys = new FactKeys();
    keys.#bytes = this.#bytes.slice(0, this.#end);
    keys.#starts = this.#starts.slice(0, this.#size + 1);
    keys.#slots = this.#slots.slice();
    keys.#size = this.#size;
    return keys;
  }

  get size(): number {
    return this.#size;
  }

  get #end(): number {
    return this.#starts[this.#size] ?? 0;
  }

  /** The number of a fact's key; a new one is the next number. */
  add(source: string, externalId: string): number {
    const start = this.#end;
    this.#bytes = bytes(this.#bytes, start + 3 * (source.length + externalId.length) + 1);
    let end = writeUnits(this.#bytes, start, source);
    this.#bytes[end] = HASH;
    end = writeUnits(this.#bytes, end + 1, externalId);
    return this.#addWritten(end);
  }

  /** The same for a key of another list. */
  addFrom(other: FactKeys, number: number): number {
    const from = other.startOf(number);
    const to = other.startOf(number + 1);
    const start = this.#end;
    const end = start + to - from;
    this.#bytes = bytes(this.#bytes, end);
    const own = this.#bytes;
    const theirs = other.#bytes;
    for (let at = from; at < to; at += 1) own[start + at - from] = theirs[at] ?? 0;
    return this.#addWritten(end);
  }

  /** Room for so many keys more, once and not bit by bit. */
  reserve(more: number): void {
    this.#starts = floats(this.#starts, this.#size + more + 1);
    this.#makeRoom(this.#size + more);
  }

  find(key: string): number | undefined {
    const start = this.#end;
    this.#bytes = bytes(this.#bytes, start + 3 * key.length);
    const end = writeUnits(this.#bytes, start, key);
    const found = this.#slots[this.#slotOf(hashOf(this.#bytes, start, end), end) + 1] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  textOf(number: number): string {
    const start = this.startOf(number);
    const end = this.startOf(number + 1);
    const all = this.#bytes;
    for (let at = start; at < end; at += 1) if ((all[at] ?? 0) > 0x7f) return readUnits(all, start, end);
    return Buffer.from(all.buffer, all.byteOffset + start, end - start).toString("latin1");
  }

  /** Writes a key as UTF-8. */
  write(number: number, writer: ByteWriter): void {
    const start = this.startOf(number);
    const end = this.startOf(number + 1);
    // Halves of characters beyond 16 bits are written apart here, and together in UTF-8.
    let hasHalves = false;
    const all = this.#bytes;
    for (let at = start; at < end; at += 1) hasHalves ||= all[at] === FIRST_OF_HALVES;
    if (hasHalves) writer.text(this.textOf(number));
    else writer.copy(all, start, end);
  }

  /** Writes a key as it stands between quotes in canonical JSON. */
  writeInJson(number: number, writer: ByteWriter): void {
    if (!this.writePlain(this.startOf(number), this.startOf(number + 1), writer)) writer.inJson(this.textOf(number));
  }

  /** The same of the key at a place, where it stands there as it is; else false, and nothing is written. */
  writePlain(start: number, end: number, writer: ByteWriter): boolean {
    writer.reserve(end - start);
    const all = this.#bytes;
    const { bytes, length } = writer;
    for (let at = start; at < end; at += 1) {
      const byte = all[at] ?? 0;
      if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c) return false;
      bytes[length + at - start] = byte;
    }
    writer.length = length + end - start;
    return true;
  }

  /** By UTF-16 code units: negative, 0 or positive. */
  compare(a: number, b: number): number {
    const startA = this.startOf(a);
    const startB = this.startOf(b);
    const lengthA = this.startOf(a + 1) - startA;
    const lengthB = this.startOf(b + 1) - startB;
    const all = this.#bytes;
    const length = Math.min(lengthA, lengthB);
    for (let at = 0; at < length; at += 1) {
      const difference = (all[startA + at] ?? 0) - (all[startB + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Where a key begins in {@link all}; of the number after the last, where that ends. */
  startOf(number: number): number {
    return this.#starts[number] ?? 0;
  }

  /** All keys, one after another; more may follow behind the last. */
  get all(): Uint8Array {
    return this.#bytes;
  }

  /** Their bytes alone. */
  get packed(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  get lengths(): Uint32Array {
    const lengths = new Uint32Array(this.#size);
    for (let number = 0; number < this.#size; number += 1)
      lengths[number] = this.startOf(number + 1) - this.startOf(number);
    return lengths;
  }

  /** Looks up what stands behind the last key, up to `end`; it becomes the next key unless it is known. */
  #addWritten(end: number): number {
    const hash = hashOf(this.#bytes, this.#end, end);
    const slot = this.#slotOf(hash, end);
    const found = this.#slots[slot + 1] ?? 0;
    if (found !== 0) return found - 1;
    const number = this.#size;
    this.#size += 1;
    this.#starts = floats(this.#starts, number + 2);
    this.#starts[number + 1] = end;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = this.#size;
    this.#makeRoom(this.#size + 1);
    return number;
  }

  /** Where the slot of what stands behind the last key begins, or the free one where it belongs. */
  #slotOf(hash: number, end: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let slot = (hash << 1) & last; ; slot = (slot + 2) & last) {
      const found = slots[slot + 1] ?? 0;
      if (found === 0 || (slots[slot] === hash && this.#isWritten(found - 1, end))) return slot;
    }
  }

  #isWritten(number: number, end: number): boolean {
    const all = this.#bytes;
    const from = this.startOf(number);
    const written = this.#end;
    const length = this.startOf(number + 1) - from;
    if (length !== end - written) return false;
    for (let at = 0; at < length; at += 1) if (all[from + at] !== all[written + at]) return false;
    return true;
  }

  /** Slots for so many keys. */
  #makeRoom(entries: number): void {
    const before = this.#slots;
    let length = before.length;
    while (2 * entries > length * FULLEST) length *= 2;
    if (length === before.length) return;
    const slots = new Uint32Array(length);
    for (let slot = 0; slot < before.length; slot += 2) {
      const found = before[slot + 1] ?? 0;
      if (found !== 0) putInto(slots, before[slot] ?? 0, found);
    }
    this.#slots = slots;
  }
}

function putInto(slots: Uint32Array, hash: number, found: number): void {
  const last = slots.length - 1;
  let slot = (hash << 1) & last;
  while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
  slots[slot] = hash;
  slots[slot + 1] = found;
}

function hashOf(all: Uint8Array, start: number, end: number): number {
  let hash = FNV_START;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (all[at] ?? 0), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function writeUnits(all: Uint8Array, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      all[at] = unit;
      at += 1;
    } else if (unit < 0x800) {
      all[at] = 0xc0 | (unit >> 6);
      all[at + 1] = 0x80 | (unit & 0x3f);
      at += 2;
    } else {
      all[at] = 0xe0 | (unit >> 12);
      all[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
      all[at + 2] = 0x80 | (unit & 0x3f);
      at += 3;
    }
  }
  return at;
}

function readUnits(all: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; ) {
    const first = all[at] ?? 0;
    const [second, third] = [(all[at + 1] ?? 0) & 0x3f, (all[at + 2] ?? 0) & 0x3f];
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
    } else if (first < 0xe0) {
      text += String.fromCharCode(((first & 0x1f) << 6) | second);
      at += 2;
    } else {
      text += String.fromCharCode(((first & 0x0f) << 12) | (second << 6) | third);
      at += 3;
    }
  }
  return text;
}

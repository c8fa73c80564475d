const FIRST_LENGTH = 1 << 12;
const ZERO = 0x30;
const QUOTE = 0x22;
const COLON = 0x3a;
const MINUS = 0x2d;
const POINT = 0x2e;
const BACKSLASH = 0x5c;
/** By unit of ASCII: 1 where it stands in JSON as it is. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, unit) =>
  unit >= 0x20 && unit < 0x7f && unit !== QUOTE && unit !== BACKSLASH ? 1 : 0,
);
const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const MILLION = 1_000_000;
const LARGEST_32 = 0x7fffffff;
const POWERS = Float64Array.from({ length: 16 }, (_, digits) => 10 ** digits);

/** A text of ASCII that is written often. */
export function fragment(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Writes texts and numbers as UTF-8 into bytes that are used again: many times faster than putting texts together. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafe(FIRST_LENGTH);
  length = 0;

  get written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  reset(): void {
    this.length = 0;
  }

  /** Room for so many bytes more. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const longer = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    longer.set(this.written);
    this.bytes = longer;
  }

  byte(byte: number): void {
    this.reserve(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  /** A text of ASCII alone, such as names and marks that stand in the code. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1, at += 1) bytes[at] = text.charCodeAt(index);
    this.length = at;
  }

  /** {@link fragment}, which is copied faster than a text is. */
  fragment(fragment: Uint8Array): void {
    const { length } = fragment;
    this.reserve(length);
    this.length = putBytes(this.bytes, this.length, fragment);
  }

  /** Any text. */
  text(text: string): void {
    this.reserve(3 * text.length);
    this.length += this.bytes.write(text, this.length, "utf8");
  }

  /** What stands in JSON as it is: nothing to escape, and no half of a character. False: nothing is written. */
  plain(text: string): boolean {
    this.reserve(3 * text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80 && PLAIN[unit] === 1) {
        bytes[at] = unit;
        at += 1;
      } else if (unit >= 0xa0 && unit < 0x800) {
        bytes[at] = 0xc0 | (unit >> 6);
        bytes[at + 1] = 0x80 | (unit & 0x3f);
        at += 2;
      } else if (unit >= 0x800 && unit < 0xd800) {
        bytes[at] = 0xe0 | (unit >> 12);
        bytes[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at + 2] = 0x80 | (unit & 0x3f);
        at += 3;
      } else return false;
    }
    this.length = at;
    return true;
  }

  /** Any text as it stands between quotes in canonical JSON. */
  inJson(text: string): void {
    if (!this.plain(text)) this.text(JSON.stringify(text).slice(1, -1));
  }

  /** A safe integer. */
  integer(value: number): void {
    this.reserve(MOST_DIGITS);
    this.length = putInteger(this.bytes, this.length, value);
  }

  /** Bytes as they are. */
  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { bytes } = this;
    let at = this.length;
    for (let index = start; index < end; index += 1, at += 1) bytes[at] = from[index] ?? 0;
    this.length = at;
  }

  hex(from: Uint8Array, start: number, end: number): void {
    this.reserve(2 * (end - start));
    const { bytes } = this;
    let at = this.length;
    for (let index = start; index < end; index += 1, at += 2) {
      const byte = from[index] ?? 0;
      bytes[at] = HEX[byte >> 4] ?? 0;
      bytes[at + 1] = HEX[byte & 15] ?? 0;
    }
    this.length = at;
  }
}

/** Room that {@link putInteger} may need, and {@link putDecimal} beside its decimals. */
export const MOST_DIGITS = 24;

/** From here up a call that copies all at once is cheaper than a step for each byte. */
const LONG = 20;

/**
 * Each of these writes into bytes from a place on and answers with the place behind, so that who writes much in a row keeps it at hand.
 * There must be room.
 */
export function putBytes(into: Uint8Array, at: number, from: Uint8Array): number {
  const { length } = from;
  if (length >= LONG) into.set(from, at);
  else for (let index = 0; index < length; index += 1) into[at + index] = from[index] ?? 0;
  return at + length;
}

/** A safe integer. */
export function putInteger(into: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value <= 9) {
    into[at] = ZERO + value;
    return at + 1;
  }
  const start = putSign(into, at, value);
  const magnitude = Math.abs(value);
  return putDigits(into, start + digitsOf(magnitude), magnitude, digitsOf(magnitude));
}

/** A safe integer at a scale: 1250 at 2 is `12.50`. */
export function putDecimal(into: Uint8Array, at: number, value: number, digits: number): number {
  const start = putSign(into, at, value);
  const magnitude = Math.abs(value);
  const scale = POWERS[digits] ?? 10 ** digits;
  if (magnitude <= LARGEST_32 && digits > 0 && scale <= LARGEST_32) {
    // Integers of 32 bits are divided much faster than larger ones.
    const small = magnitude | 0;
    const whole = (small / scale) | 0;
    const point = start + digitsOf(whole);
    smallDigits(into, point, whole, point - start);
    into[point] = POINT;
    const end = point + 1 + digits;
    smallDigits(into, end, small - whole * scale, digits);
    return end;
  }
  const fraction = magnitude % scale;
  const whole = (magnitude - fraction) / scale;
  const point = putDigits(into, start + digitsOf(whole), whole, digitsOf(whole));
  if (digits === 0) return point;
  into[point] = POINT;
  return putDigits(into, point + 1 + digits, fraction, digits);
}

/** Room that {@link putClock} may need. */
export const MOST_CLOCK = 12;

/** A time of a day: `08:15:00`, or `08:15:00.250`. */
export function putClock(into: Uint8Array, at: number, milliseconds: number): number {
  const second = (milliseconds / 1000) | 0;
  const minute = (second / 60) | 0;
  const hour = (minute / 60) | 0;
  twoDigits(into, at, hour);
  into[at + 2] = COLON;
  twoDigits(into, at + 3, minute - hour * 60);
  into[at + 5] = COLON;
  twoDigits(into, at + 6, second - minute * 60);
  const rest = milliseconds - second * 1000;
  if (rest === 0) return at + 8;
  into[at + 8] = POINT;
  return putDigits(into, at + 12, rest, 3);
}

function putSign(into: Uint8Array, at: number, value: number): number {
  if (!(value < 0)) return at;
  into[at] = MINUS;
  return at + 1;
}

/** The last `digits` digits of an integer that is not negative, up to a place. */
function putDigits(into: Uint8Array, end: number, value: number, digits: number): number {
  let at = end;
  let rest = value;
  let left = digits;
  while (left > 6) {
    const low = rest % MILLION;
    rest = (rest - low) / MILLION;
    at = smallDigits(into, at, low, 6);
    left -= 6;
  }
  smallDigits(into, at, rest, left);
  return end;
}

function twoDigits(bytes: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  bytes[at] = ZERO + tens;
  bytes[at + 1] = ZERO + value - tens * 10;
}

function smallDigits(bytes: Uint8Array, end: number, value: number, digits: number): number {
  let rest = value | 0;
  let at = end;
  for (let left = digits; left > 0; left -= 1) {
    const tens = (rest / 10) | 0;
    at -= 1;
    bytes[at] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at;
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let least = 10; value >= least; least *= 10) digits += 1;
  return digits;
}

const FIRST_LENGTH = 1 << 12;
const ZERO = 0x30;
const QUOTE = 0x22;
const COLON = 0x3a;
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
    const { bytes } = this;
    const start = this.length;
    for (let index = 0; index < length; index += 1) bytes[start + index] = fragment[index] ?? 0;
    this.length = start + length;
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

  /** A time of a day: `08:15:00`, or `08:15:00.250`. */
  clock(milliseconds: number): void {
    this.reserve(12);
    const { bytes, length } = this;
    const second = (milliseconds / 1000) | 0;
    const minute = (second / 60) | 0;
    const hour = (minute / 60) | 0;
    twoDigits(bytes, length, hour);
    bytes[length + 2] = COLON;
    twoDigits(bytes, length + 3, minute - hour * 60);
    bytes[length + 5] = COLON;
    twoDigits(bytes, length + 6, second - minute * 60);
    this.length = length + 8;
    const rest = milliseconds - second * 1000;
    if (rest === 0) return;
    bytes[length + 8] = POINT;
    this.length = length + 9;
    this.#digits(rest, 3);
  }

  /** A safe integer. */
  integer(value: number): void {
    this.reserve(20);
    if (value < 0) this.ascii("-");
    if (value >= 0 && value <= 9) {
      this.bytes[this.length] = ZERO + value;
      this.length += 1;
      return;
    }
    const magnitude = Math.abs(value);
    this.#digits(magnitude, digitsOf(magnitude));
  }

  /** An integer at a scale: 1250 at 2 is `12.50`. */
  decimal(value: number, digits: number): void {
    this.reserve(24 + digits);
    if (value < 0) this.ascii("-");
    const magnitude = Math.abs(value);
    const scale = POWERS[digits] ?? 10 ** digits;
    if (magnitude <= LARGEST_32 && digits > 0 && scale <= LARGEST_32) {
      // Integers of 32 bits are divided much faster than larger ones.
      const small = magnitude | 0;
      const whole = (small / scale) | 0;
      const at = this.length + digitsOf(whole);
      this.bytes[at] = POINT;
      smallDigits(this.bytes, at, whole, at - this.length);
      this.length = at + 1 + digits;
      smallDigits(this.bytes, this.length, small - whole * scale, digits);
      return;
    }
    const fraction = magnitude % scale;
    const whole = (magnitude - fraction) / scale;
    this.#digits(whole, digitsOf(whole));
    if (digits === 0) return;
    this.ascii(".");
    this.#digits(fraction, digits);
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

  /** The last `digits` digits of an integer that is not negative. Integers of 32 bits are divided much faster than larger ones. */
  #digits(value: number, digits: number): void {
    const { bytes } = this;
    let at = this.length + digits;
    this.length = at;
    let rest = value;
    let left = digits;
    while (left > 6) {
      const low = rest % MILLION;
      rest = (rest - low) / MILLION;
      at = smallDigits(bytes, at, low, 6);
      left -= 6;
    }
    smallDigits(bytes, at, rest, left);
  }
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

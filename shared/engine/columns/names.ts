const FULLEST = 0.6;
const LEAST_SLOTS = 64;
/** Integers of 32 bits in a slot: a number, and up to 28 characters. */
const SLOT = 8;
const WORDS = SLOT - 1;
const LONGEST = 4 * WORDS;

/** The text that is looked up, four characters a word, with zeros behind. */
const looked = new Uint32Array(WORDS);

/**
 * Texts by number and back. Each text is kept once; numbers count up from 0. Short texts of ASCII, as ids are, stand in the table
 * itself: a text that comes anew with each fact is found by one look into memory, where a `Map` takes several.
 */
export class Names {
  readonly #texts: string[] = [];
  /** By slot number + 1 of its text, 0 where it is free; then the text. */
  #slots: Uint32Array = new Uint32Array(SLOT * LEAST_SLOTS);
  #taken = 0;
  readonly #others = new Map<string, number>();

  constructor(texts: Iterable<string> = []) {
    for (const text of texts) this.numberOf(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  numberOf(text: string): number {
    if (!look(text)) return this.#others.get(text) ?? this.#addOther(text);
    const at = this.#placeOf();
    const found = this.#slots[at] ?? 0;
    return found === 0 ? this.#add(at, text) : found - 1;
  }

  find(text: string): number | undefined {
    if (!look(text)) return this.#others.get(text);
    const found = this.#slots[this.#placeOf()] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  textOf(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new RangeError(`no text ${number} among ${this.#texts.length}`);
    return text;
  }

  #addOther(text: string): number {
    const number = this.#texts.push(text) - 1;
    this.#others.set(text, number);
    return number;
  }

  #add(at: number, text: string): number {
    const number = this.#texts.push(text) - 1;
    this.#slots[at] = number + 1;
    this.#slots.set(looked, at + 1);
    this.#taken += 1;
    if (SLOT * (this.#taken + 1) > this.#slots.length * FULLEST) this.#grow();
    return number;
  }

  /** Where the slot of the text that is looked up begins, or the free one where it belongs. */
  #placeOf(): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = placeIn(slots, looked, 0); ; at = (at + SLOT) & mask)
      if (slots[at] === 0 || isLookedAt(slots, at + 1)) return at;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    for (let from = 0; from < before.length; from += SLOT) {
      if (before[from] === 0) continue;
      let at = placeIn(slots, before, from + 1);
      while (slots[at] !== 0) at = (at + SLOT) & (slots.length - 1);
      for (let word = 0; word < SLOT; word += 1) slots[at + word] = before[from + word] ?? 0;
    }
    this.#slots = slots;
  }
}

/** False of a text that does not fit into a slot. */
function look(text: string): boolean {
  const { length } = text;
  if (length > LONGEST) return false;
  let all = 0;
  let at = 0;
  for (let word = 0; word < WORDS; word += 1) {
    let packed = 0;
    for (let shift = 0; shift < 32 && at < length; shift += 8, at += 1) {
      const unit = text.charCodeAt(at);
      // Zero stands for no character: a text that has one goes elsewhere.
      all |= unit === 0 ? 0x80 : unit;
      packed |= unit << shift;
    }
    looked[word] = packed;
  }
  return all < 0x80;
}

function isLookedAt(slots: Uint32Array, start: number): boolean {
  for (let word = 0; word < WORDS; word += 1) if (slots[start + word] !== looked[word]) return false;
  return true;
}

/** Where the slot of a text that stands in words would be if it were free. */
function placeIn(slots: Uint32Array, words: Uint32Array, start: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    const next = words[start + word] ?? 0;
    if (next === 0) break;
    hash = Math.imul(hash ^ next, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return ((hash ^ (hash >>> 16)) & (slots.length / SLOT - 1)) * SLOT;
}

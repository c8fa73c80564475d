const FULLEST = 0.6;
const LEAST_SLOTS = 64;
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Texts by number and back. Each text is kept once; numbers count up from 0. No `Map`: it holds 16.7 million, and a text that comes
 * anew with each fact takes it several times as long.
 */
export class Names {
  readonly #texts: string[] = [];
  /** By slot the hash, then number + 1 of its text; 0 is free. */
  #slots: Uint32Array = new Uint32Array(2 * LEAST_SLOTS);

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
    const hash = hashOf(text);
    const slot = this.#slotOf(hash, text);
    const found = this.#slots[slot + 1] ?? 0;
    if (found !== 0) return found - 1;
    const number = this.#texts.length;
    this.#texts.push(text);
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = number + 1;
    if (2 * (number + 2) > this.#slots.length * FULLEST) this.#grow();
    return number;
  }

  find(text: string): number | undefined {
    const found = this.#slots[this.#slotOf(hashOf(text), text) + 1] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  textOf(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new RangeError(`no text ${number} among ${this.#texts.length}`);
    return text;
  }

  /** Where the slot of a text begins, or the free one where it belongs. */
  #slotOf(hash: number, text: string): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let slot = (hash << 1) & last; ; slot = (slot + 2) & last) {
      const found = slots[slot + 1] ?? 0;
      if (found === 0 || (slots[slot] === hash && this.#texts[found - 1] === text)) return slot;
    }
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    const last = slots.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      const [hash, found] = [before[from] ?? 0, before[from + 1] ?? 0];
      if (found === 0) continue;
      let slot = (hash << 1) & last;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
      slots[slot] = hash;
      slots[slot + 1] = found;
    }
    this.#slots = slots;
  }
}

function hashOf(text: string): number {
  let hash = FNV_START;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

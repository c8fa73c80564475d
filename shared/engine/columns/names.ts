/** Entries of one `Map`, which holds 16.7 million: then another is begun. */
const ENTRIES_OF_MAP = 1 << 23;

/** Texts by number and back. Each text is kept once; numbers count up from 0. */
export class Names {
  readonly #texts: string[] = [];
  readonly #numbers: Map<string, number>[] = [];
  #newest = new Map<string, number>();

  constructor(texts: Iterable<string> = []) {
    this.#numbers.push(this.#newest);
    for (const text of texts) this.numberOf(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  numberOf(text: string): number {
    const known = this.find(text);
    if (known !== undefined) return known;
    if (this.#newest.size === ENTRIES_OF_MAP) {
      this.#newest = new Map();
      this.#numbers.push(this.#newest);
    }
    const number = this.#texts.length;
    this.#newest.set(text, number);
    this.#texts.push(text);
    return number;
  }

  find(text: string): number | undefined {
    const number = this.#newest.get(text);
    return number !== undefined || this.#numbers.length === 1 ? number : this.#findInAll(text);
  }

  #findInAll(text: string): number | undefined {
    for (const numbers of this.#numbers) {
      const number = numbers.get(text);
      if (number !== undefined) return number;
    }
    return undefined;
  }

  textOf(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new RangeError(`no text ${number} among ${this.#texts.length}`);
    return text;
  }
}

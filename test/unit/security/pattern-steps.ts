import { analyse } from "scslre";

/** How much work a pattern is for a text, counted by trying it as a backtracking machine does: each element at each place is one step. */

type Pattern = ReturnType<typeof analyse>["parsed"]["pattern"];
type Element = Pattern["alternatives"][number]["elements"][number];
type Inner = Extract<Element, { type: "CharacterClass" }>["elements"][number];
type Next = (at: number) => boolean;

/** @returns undefined for more than `most` */
export function patternSteps(source: string, text: string, most: number): number | undefined {
  const machine = new Machine(text, most);
  const { alternatives } = analyse({ source, flags: "" }, { maxReports: 1 }).parsed.pattern;
  for (let from = 0; from <= text.length; from += 1) {
    if (machine.oneOf(alternatives, from, () => true) || machine.isExhausted) break;
  }
  return machine.isExhausted ? undefined : machine.steps;
}

class Machine {
  readonly #text: string;
  readonly #most: number;
  steps = 0;

  constructor(text: string, most: number) {
    this.#text = text;
    this.#most = most;
  }

  get isExhausted(): boolean {
    return this.steps > this.#most;
  }

  oneOf(alternatives: Pattern["alternatives"], at: number, next: Next): boolean {
    return alternatives.some(({ elements }) => this.#inOrder(elements, at, next));
  }

  #inOrder([first, ...rest]: readonly Element[], at: number, next: Next): boolean {
    return first === undefined ? next(at) : this.#one(first, at, (behind) => this.#inOrder(rest, behind, next));
  }

  #one(element: Element, at: number, next: Next): boolean {
    this.steps += 1;
    // What is found no longer matters.
    if (this.isExhausted) return true;
    switch (element.type) {
      case "Group":
      case "CapturingGroup":
        return this.oneOf(element.alternatives, at, next);
      case "Quantifier":
        return this.#repeated(element, 0, at, next);
      case "Assertion":
        return this.#holds(element.kind, at) && next(at);
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        return at < this.#text.length && isOf(element, this.#text.charCodeAt(at)) && next(at + 1);
      default:
        throw new Error(`not known here: ${element.raw}`);
    }
  }

  #repeated(of: Extract<Element, { type: "Quantifier" }>, times: number, at: number, next: Next): boolean {
    const again = () =>
      times < of.max &&
      this.#one(of.element, at, (behind) => behind > at && this.#repeated(of, times + 1, behind, next));
    const enough = () => times >= of.min && next(at);
    return of.greedy ? again() || enough() : enough() || again();
  }

  #holds(kind: string, at: number): boolean {
    if (kind === "start") return at === 0;
    if (kind === "end") return at === this.#text.length;
    throw new Error(`not known here: ${kind}`);
  }
}

function isOf(inner: Inner | Element, code: number): boolean {
  switch (inner.type) {
    case "Character":
      return inner.value === code;
    case "CharacterClassRange":
      return inner.min.value <= code && code <= inner.max.value;
    case "CharacterSet":
      if (inner.kind === "any") return code !== 10;
      if (inner.kind === "digit") return (code >= 48 && code <= 57) !== inner.negate;
      throw new Error(`not known here: ${inner.raw}`);
    case "CharacterClass":
      return inner.elements.some((one) => isOf(one, code)) !== inner.negate;
    default:
      throw new Error(`not known here: ${inner.raw}`);
  }
}

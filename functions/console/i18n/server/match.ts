/**
 * Sentences of the server in another language. What it says is known as it is written in its code, with `{name}` where a value stands;
 * what is said instead has the same values:
 *
 * - `{name}` the value as it stands · `{name~}` told as well, being words of the server · `{name*}` by the list of single words
 * - `⟨…⟩` may be missing, in both
 * - `{name!}` on the server's side: a value without spaces, where anything else would fit too much
 */
export type Sentences = Readonly<Record<string, string>>;

export interface Catalogue {
  readonly sentences: Sentences;
  /** What stands within sentences only, such as lists of names. */
  readonly parts: Sentences;
  readonly words: Sentences;
}

interface Sentence {
  readonly literals: readonly string[];
  readonly names: readonly string[];
  /** How many words it has of its own. */
  readonly words: number;
  readonly pattern: RegExp;
  readonly told: string;
}

/** @returns what a text says in the catalogue's language; nothing for one that it does not know */
export type Tell = (text: string) => string | undefined;

const HOLE = /\{(\w+)(!?)\}/;
/** Of pieces between which a sentence may itself have a semicolon, with what is between them. */
const MOST_TOGETHER = 7;
/** What is longer is no sentence. */
const LONGEST = 4000;
const HAN = /[\u4e00-\u9fff]/;
const LATIN = /[A-Za-z0-9%]/;
const HOLES = new RegExp(HOLE, "g");

export function tellerOf({ sentences, parts, words }: Catalogue): Tell {
  const whole = sentencesOf(sentences);
  const within = sentencesOf({ ...sentences, ...parts });
  const word = (text: string) => (Object.hasOwn(words, text) ? words[text] : undefined) ?? text;
  const partOf = (text: string) => said(text, sentences, within) ?? said(text, parts, within);
  const shownAs = (kind: string, text: string): string => {
    if (kind === "") return text;
    const list = text.split(", ");
    return partOf(text) ?? (kind === "*" ? list.map(word) : list).join("、");
  };
  /** Spaces in values that are no words of the server. */
  const strayWords = (told: string, values: ReadonlyMap<string, string>) =>
    [...values].reduce((sum, [name, text]) => {
      const spaces = text.split(/(?<!,) /).length - 1;
      const isTold = told.includes(`{${name}~}`) || told.includes(`{${name}*}`);
      return spaces === 0 || (isTold && partOf(text) !== undefined) ? sum : sum + spaces;
    }, 0);
  const fill = (told: string, values: ReadonlyMap<string, string>) =>
    told
      .replaceAll(/⟨([^⟨⟩]*)⟩/g, (_, part: string) =>
        [...part.matchAll(/\{(\w+)/g)].every(([, name = ""]) => (values.get(name) ?? "") !== "") ? part : "",
      )
      .replaceAll(/ ?\{(\w+)([~*]?)\} ?/g, (place, name: string, kind: string, at: number, around: string) => {
        const text = shownAs(kind, values.get(name) ?? "");
        const [left, right] = [around.charAt(at - 1), around.charAt(at + place.length)];
        return `${between(left, text.charAt(0), place.startsWith(" "))}${text}${between(text.slice(-1), right, place.endsWith(" "))}`;
      });
  const said = (text: string, exact: Sentences, patterns: readonly Sentence[]): string | undefined => {
    if (text.length > LONGEST) return undefined;
    if (Object.hasOwn(exact, text)) return fill(exact[text] ?? "", new Map());
    const fitting = patterns.flatMap((sentence) => {
      const found = canHold(text, sentence.literals) ? sentence.pattern.exec(text) : null;
      if (!found) return [];
      const values = new Map(sentence.names.map((name, index) => [name, found[index + 1] ?? ""]));
      const stray = strayWords(sentence.told, values);
      // A value is a name or a number; where one has swallowed words, another sentence was meant, or one that is not known.
      return stray > sentence.words ? [] : [{ told: sentence.told, values, stray }];
    });
    const [first, ...others] = fitting;
    const best = others.reduce((one, other) => (one !== undefined && other.stray >= one.stray ? one : other), first);
    return best && fill(best.told, best.values);
  };
  // What may stand somewhere is said with and without being asked for: `use a decimal`, `a decimal`.
  const tell = (text: string) =>
    said(text, sentences, whole) ?? said(`use ${text}`, sentences, whole)?.replace(/^(?:须为|填写|使用|用) ?/, "");
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, tell(text) ?? together(text, tell));
    return known.get(text);
  };
}

/** What a union of shapes is refused with, and several mistakes of one message: every part is a sentence of its own. */
function together(text: string, tell: Tell): string | undefined {
  const parts = text.split(/(, or |; )/);
  const told: string[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = Math.min(parts.length, from + MOST_TOGETHER);
    let one: string | undefined;
    for (; to > from && one === undefined; to -= 2) one = tell(parts.slice(from, to).join(""));
    if (one === undefined) return undefined;
    told.push(one, parts[to + 2] === ", or " ? "；或" : "；");
    from = to + 3;
  }
  return told.slice(0, -1).join("");
}

/** Chinese and Latin writing stand apart, Chinese and Chinese do not. */
function between(left: string, right: string, isApart: boolean): string {
  const [isHanBefore, isHanAfter] = [HAN.test(left), HAN.test(right)];
  if (isHanBefore && isHanAfter) return "";
  if ((isHanBefore && LATIN.test(right)) || (LATIN.test(left) && isHanAfter)) return " ";
  return isApart ? " " : "";
}

/** Those that say the most by themselves first. */
function sentencesOf(texts: Sentences): readonly Sentence[] {
  return Object.entries(texts)
    .filter(([key]) => HOLE.test(key) || key.includes("⟨"))
    .map(([key, told]) => {
      const literals = key
        .replaceAll(/⟨[^⟨⟩]*⟩/g, "\u0000")
        .split(new RegExp(`${HOLE.source}|\u0000`))
        .filter((_, index) => index % 3 === 0);
      const names = [...key.matchAll(HOLES)].map(([, name = ""]) => name);
      const words = literals
        .join(" ")
        .split(/[^A-Za-z]+/)
        .filter((part) => part !== "").length;
      return { literals, names, words, pattern: patternOf(key), told };
    })
    .sort((a, b) => b.literals.join("").length - a.literals.join("").length);
}

function patternOf(key: string): RegExp {
  const source = key
    .replaceAll(/[\\^$.*+?()[\]|/]/g, "\\$&")
    .replaceAll(HOLES, (_, _name, narrow: string) => (narrow === "" ? "(.*?)" : "(\\S+?)"))
    .replaceAll("⟨", "(?:")
    .replaceAll("⟩", ")?");
  return new RegExp(`^${braced(source)}$`, "s");
}

/** Braces that are no places of values are meant as they stand. */
function braced(source: string): string {
  return source.replaceAll(/[{}]/g, "\\$&");
}

/** Whether all that a sentence always says stands in a text, in order: most do not, and need not be matched. */
function canHold(text: string, literals: readonly string[]): boolean {
  const [first = "", last = ""] = [literals.at(0), literals.at(-1)];
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = 0;
  for (const literal of literals) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return true;
}

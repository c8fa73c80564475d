import { createContext, Script } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { read, typescriptBelow } from "../../arch/source.ts";

/** Texts as long as a stranger may send to a field, made of what patterns repeat and ended by what none expects. */
const LENGTH = 6_000;
/** Milliseconds of the processor. One that looks at each pair of characters takes 80 or more, and an hour for a whole body. */
const MOST = 40;
const REPEATED = [
  ..."aA0 -._/#\"'\\(),;:=%+~\t\n\r<&é中́",
  "a0",
  "a-",
  "a.",
  "0.",
  "a ",
  " a",
  "0-",
  "a/",
  '\\"',
  "a,",
  "1.0",
  "%2",
];
const TEXTS = REPEATED.map((part) => `${part.repeat(LENGTH / part.length)}\u0000`);

/** Every pattern that our own code writes out, with where. */
function patternsOf(path: string): (readonly [where: string, pattern: RegExp])[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: (readonly [string, RegExp])[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push([`${path}:${line + 1} ${node.text}`, new RegExp(source, flags.replace("g", ""))]);
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** What must stand before a repetition is reached: the letters that the pattern begins with. */
function beginningOf({ source }: RegExp): string {
  return /^\^?([\w:,=" ]*)(?![\w:,=" ]*[*+?{|])/.exec(source)?.[1] ?? "";
}

/** Patterns that take longer, of texts that nobody outside can make long. */
const BOUNDED: Readonly<Record<string, string>> = {
  "shared/adapters/dynamodb/item-size.ts": "numbers as JavaScript writes them",
  "shared/adapters/files/number-text.ts": "fifteen digits",
  "shared/app/statements/": "amounts and rates that were read and written again",
  "shared/app/outward/texts/": "the same",
  "shared/verify/": "amounts of a published run, on the machine of whoever verifies it",
};

const context = createContext({});
const script = new Script("pattern.test(text)");

/** Whether a text takes longer than {@link MOST} each time; ended when it would take for ever. */
function isSlow(pattern: RegExp): boolean {
  return TEXTS.some((text) => {
    Object.assign(context, { pattern, text: beginningOf(pattern) + text });
    return [1, 2, 3].every(() => {
      const before = process.cpuUsage();
      try {
        script.runInContext(context, { timeout: 5000 });
      } catch {
        return true;
      }
      return process.cpuUsage(before).user / 1000 > MOST;
    });
  });
}

describe("patterns", () => {
  const all = typescriptBelow("shared", "functions", "infra/local").flatMap(patternsOf);

  it("are found", () => {
    expect(all.length).toBeGreaterThan(100);
  });

  it.each([/^a*a*a*!$/, /^(a+)+$/, /0+\s*$/])("that try every division of a text are seen: %s", (pattern) => {
    expect(isSlow(pattern)).toBe(true);
  });

  it("end in a moment on whatever a stranger sends", () => {
    const slow = all.filter(
      ([where, pattern]) => !Object.keys(BOUNDED).some((folder) => where.startsWith(folder)) && isSlow(pattern),
    );
    expect(slow.map(([where]) => where)).toEqual([]);
  });
});

import { analyse } from "scslre";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { read, typescriptBelow } from "../../arch/source.ts";

/**
 * No pattern of ours may take longer than in proportion to its text. That is told from the patterns alone, by `scslre`, so that it
 * is the same on every machine. It sees what one repeated character can do: `a+a+$`, `(a+)+$`, and `0+$`, which begins anew at each
 * zero. It does not see what only several together do (`(ab)*(ab)*$`), nor choices that overlap (`(a|a)*$`).
 */

interface Pattern {
  readonly file: string;
  /** `path:line /pattern/` */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** What stands for a part that is only known when the program runs. */
const PART = "part";

/** Every pattern that our own code writes out, also as a text for `new RegExp`. */
function patternsOf(path: string): Pattern[] {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const look = (node: ts.Node): void => {
    const pattern = patternAt(node);
    if (pattern !== undefined) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({ ...pattern, file: path, where: `${path}:${line + 1} ${node.getText()}` });
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

function patternAt(node: ts.Node): Pick<Pattern, "source" | "flags"> | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf("/");
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  if (!ts.isNewExpression(node) || node.expression.getText() !== "RegExp") return undefined;
  const [source, flags] = node.arguments?.map(textOf) ?? [];
  return source === undefined ? undefined : { source, flags: flags ?? "" };
}

function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => PART + literal.text).join("");
}

/** What the analysis finds and yet is never slow: files, or folders, whose patterns are only given short texts. */
const BOUNDED: Readonly<Record<string, string>> = {
  "shared/app/outward/texts/words.ts": "groups the digits of amounts that the engine computed and wrote",
  "shared/app/statements/figures.ts": "the same",
  "shared/domain/condition-cost.ts": "a pattern in a condition, of which no more than 100 characters are looked at",
};

function isSlow({ source, flags }: Pick<Pattern, "source" | "flags">): boolean {
  return analyse({ source, flags }, { maxReports: 1 }).reports.length > 0;
}

describe("patterns", () => {
  const all = typescriptBelow("shared", "functions", "infra/local").flatMap(patternsOf);
  const slow = all.filter(isSlow);

  it("are found, those that are put together too", () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ where }) => where.includes(" new RegExp("))).not.toEqual([]);
  });

  it.each([/^a*a*a*!$/, /^(a+)+$/, /0+\s*$/, /0+$/, /\s*\]$/, /^(\d+)\.?(\d*)$/])(
    "that try every division of a text, or every beginning, are seen: %s",
    (pattern) => {
      expect(isSlow(pattern)).toBe(true);
    },
  );

  it.each([/^a*b*!$/, /(?<!0)0+$/, /\]$/, /^(\d+)(?:\.(\d*))?$/])("that do not are none: %s", (pattern) => {
    expect(isSlow(pattern)).toBe(false);
  });

  it("take no longer than in proportion to what a stranger sends", () => {
    const unbounded = slow.filter(({ file }) => !Object.keys(BOUNDED).some((place) => file.startsWith(place)));
    expect(unbounded.map(({ where }) => where)).toEqual([]);
  });

  it.each(Object.keys(BOUNDED))("need their exception: %s", (place) => {
    expect(slow.filter(({ file }) => file.startsWith(place))).not.toEqual([]);
  });
});

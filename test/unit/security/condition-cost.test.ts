import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConditionCompiler } from "#domain/condition.ts";
import { ApiHarness, MARKETING } from "../api-harness.ts";
import { ok, PLAN } from "../api-world.ts";
import { patternSteps } from "./pattern-steps.ts";

const compiler = new ConditionCompiler({ entry: "string" });
const TEN = "[1,2,3,4,5,6,7,8,9,10]";
const nested = (depth: number): string =>
  depth === 0 ? 'entry != "x"' : `${TEN}.all(v${depth}, ${nested(depth - 1)})`;
const doubled = (times: number): string =>
  times === 0 ? 'a0 == "x"' : `cel.bind(a${times - 1}, a${times} + a${times}, ${doubled(times - 1)})`;

/** Texts made to be hard. */
const LENGTH = 64;
const HARD = [
  "a".repeat(LENGTH),
  `${"a".repeat(LENGTH - 1)}!`,
  "ab".repeat(LENGTH / 2),
  "a-".repeat(LENGTH / 2),
  " ".repeat(LENGTH),
];

/** A beginning and the ends of two repetitions can be chosen in a sixth of length³ ways; each may try the rest of the pattern. */
const mostSteps = (pattern: string) => (LENGTH ** 3 / 6) * pattern.length;
const isQuick = (pattern: string) =>
  HARD.every((text) => patternSteps(pattern, text, mostSteps(pattern)) !== undefined);

describe("a condition that could run for years", () => {
  it.each([
    ["loops in loops", nested(9)],
    ["loops after loops", `${TEN}.map(a, a).exists(a, a == 1)`],
    ["a text that doubles", doubled(30).replaceAll("a30", "entry")],
    ["a repeated group", 'entry.matches("^(a+)+$")'],
    ["a repeated choice", 'entry.matches("^(a|a)*$")'],
    ["many repetitions", 'entry.matches("a*a*a*a*a*a*a*a*b")'],
    ["many that may be left out", `entry.matches("${"a?".repeat(40)}${"a".repeat(40)}")`],
    ["many choices", `entry.matches("^${"(a|a)".repeat(15)}$")`],
    ["what was found before", String.raw`entry.matches("^(a*)\\1\\1b$")`],
    ["a named group", String.raw`entry.matches("^(?<x>a*)\\k<x>b$")`],
    ["a pattern that the fact brings", "entry.matches(entry)"],
    ["a pattern from a list", '["^(a+)+$"].exists(p, entry.matches(p))'],
    ["a pattern that is put together", 'entry.matches("^(a+" + ")+$")'],
  ])("is refused: %s", (_what, text) => {
    const problem = compiler.problem(text);
    expect(problem?.message).toMatch(/too? long|very long|more than once/);
    expect(problem).toMatchObject({ allowed: expect.any(String), mend: expect.any(String) });
  });

  it.each([
    'entry.matches("^LA[YI]$")',
    'entry.matches("^(app|web|till)-")',
    String.raw`entry.matches("^[A-Z]+-\\d{2,6}$")`,
    String.raw`entry.matches("\\(new\\)")`,
    '["app", "web"].exists(p, entry.startsWith(p))',
    'entry in ["exists", "all", "map"] && entry.contains("matches")',
  ])("is not %s", (text) => {
    expect(compiler.problem(text)).toBeUndefined();
  });

  it("is told to whoever writes the plan, with its place", async () => {
    const plan = { ...PLAN, counts: [{ id: "slow", when: 'entry.matches("^(a+)+$")' }] };
    const { json } = await ok(new ApiHarness().post("/v1/plans:validate", MARKETING, plan));
    expect(json).toMatchObject({ valid: false, problems: [{ path: "/counts/0/when" }] });
    expect(json.problems[0].mend).toContain("startsWith");
  });

  it.each(["^(a+)+$", "a*a*a*b", `${"(a|a)".repeat(15)}b`])("takes many steps: %s", (pattern) => {
    expect(isQuick(pattern)).toBe(false);
  });

  it("is none that is taken, whatever the pattern and the text", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "[ab]",
      "[^-]",
      "a*",
      ".+",
      "a?",
      "a{2,9}",
      "(a|b)",
      "(a",
      ")",
      "|",
      "^",
      "$",
      "\\\\d",
      "-",
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
        const text = `entry.matches("${pieces.join("")}")`;
        if (compiler.problem(text) !== undefined) return;
        const pattern = pieces.join("").replaceAll("\\\\", "\\");
        if (isPattern(pattern)) expect(isQuick(pattern), pattern).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConditionCompiler, conditionFact } from "#domain/condition.ts";
import { sale } from "#test/fixtures/plan-builder.ts";
import { ApiHarness, MARKETING } from "../api-harness.ts";
import { ok, PLAN } from "../api-world.ts";

const compiler = new ConditionCompiler({ entry: "string" });
const about = (entry: string) => conditionFact(sale("ann", 1, "05-02", { attributes: { entry } }));
const TEN = "[1,2,3,4,5,6,7,8,9,10]";
const nested = (depth: number): string =>
  depth === 0 ? 'entry != "x"' : `${TEN}.all(v${depth}, ${nested(depth - 1)})`;
const doubled = (times: number): string =>
  times === 0 ? 'a0 == "x"' : `cel.bind(a${times - 1}, a${times} + a${times}, ${doubled(times - 1)})`;

/** The longest texts that sources may send, made to be hard. */
const HARD = ["a".repeat(256), `${"a".repeat(255)}!`, "ab".repeat(128), "a-".repeat(128), " ".repeat(256)];

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
        const condition = compiler.compile(text);
        const before = process.cpuUsage();
        for (const entry of HARD) condition.test(about(entry));
        const { user } = process.cpuUsage(before);
        expect(user / 1000, text).toBeLessThan(2000);
      }),
      { numRuns: 300 },
    );
  });
});

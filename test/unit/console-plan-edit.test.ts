import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { begun, EMPTY_PLAN } from "#functions/console/plan/begin.ts";
import { type Edit, editPlanText, editValue } from "#functions/console/plan/plan-edit.ts";
import { pathAt, placeOf, readPlanText } from "#functions/console/plan/plan-text.ts";
import { isSame, type Path, valueAt } from "#functions/console/plan/shape.ts";
import { ROOT } from "#test/arch/source.ts";

const GALLERY = join(ROOT, "shared/gallery");
const PLANS = readdirSync(GALLERY, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, text: readFileSync(join(GALLERY, name, "plan.yaml"), "utf8") }));

/** Every place of a value, with itself. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [path, ...keys.flatMap((key) => places(valueAt(value, [key]), [...path, key]))];
}

const PLACES = PLANS.map(({ name, text }) => ({ name, text, value: parse(text), all: places(parse(text)) }));
const comments = (text: string) => text.match(/#.*/g)?.length ?? 0;
const linesThatDiffer = (before: string, after: string) => {
  const known = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !known.has(line));
};

const somewhere = fc
  .constantFrom(...PLACES)
  .chain(({ name, text, value, all }) => fc.constantFrom(...all).map((path) => ({ name, text, value, path })));

const added = fc.constantFrom<unknown>(
  "neu, #1: x",
  "1000.00",
  "",
  7,
  true,
  [],
  { id: "new-one", name: { en: "New: one", zh: "新" } },
  { a: { b: ["c", "d"] }, list: [{ id: "x" }, { id: "y" }], long: "x".repeat(100) },
);

describe("an edit of a plan's text", () => {
  it("says what it should, in every gallery plan, whatever is done where", () => {
    fc.assert(
      fc.property(somewhere, added, fc.nat(), fc.nat(), ({ text, value, path }, put, one, other) => {
        const found = valueAt(value, path);
        const length = Array.isArray(found) ? found.length : 0;
        const edits: Edit[] = [
          ...(path.length === 0 ? [] : [{ do: "set", path, value: put } as const, { do: "remove", path } as const]),
          ...(Array.isArray(found) ? [{ do: "insert", path, at: one % (length + 1), value: put } as const] : []),
          ...(length > 1 ? [{ do: "move", path, from: one % length, to: other % length } as const] : []),
          ...(found !== null && typeof found === "object" && !Array.isArray(found)
            ? [{ do: "set", path: [...path, "fresh"], value: put } as const]
            : []),
        ];
        for (const edit of edits) {
          const after = editPlanText(text, edit);
          expect(isSame(parse(after), editValue(value, edit)), JSON.stringify(edit)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each(["[ x ]", "new [ A ] and [ B ]", "{ a: 1 }", "it's", "a: b", " # no comment", "- a", "two\nlines", ""])(
    "keeps a text as it was typed, though it looks like YAML: %j",
    (put) => {
      for (const value of [put, [put, [put]], { of: put, [put]: [put], all: { it: [put] } }]) {
        const edit = { do: "set", path: ["name"], value } as const;
        expect(valueAt(parse(editPlanText("id: a\nname: b\n", edit)), ["name"])).toEqual(value);
      }
    },
  );

  it("of a single value changes one line, and no comment is lost", () => {
    fc.assert(
      fc.property(somewhere, fc.constantFrom("2.50", "other", 3), ({ text, value, path }, put) => {
        fc.pre(typeof valueAt(value, path) !== "object");
        const after = editPlanText(text, { do: "set", path, value: put });
        expect(linesThatDiffer(text, after).length).toBeLessThanOrEqual(1);
        expect(comments(after)).toBe(comments(text));
      }),
      { numRuns: 40 },
    );
  });

  it("that changes nothing gives the same text", () => {
    for (const { text, value, all } of PLACES) {
      const some = all.filter((path, at) => path.length > 0 && at % 37 === 0);
      for (const path of some) expect(editPlanText(text, { do: "set", path, value: valueAt(value, path) })).toBe(text);
    }
  });

  it("keeps the comments, quotes and gaps around a list", () => {
    const text = `# top
rewards: # three of them
  # the first
  - { id: a, amount: "1.00" } # one

  # the second
  - id: b
    amount: "2.00"

  - { id: c }
names: {}
`;
    const moved = editPlanText(text, { do: "move", path: ["rewards"], from: 1, to: 0 });
    expect(moved).toContain('  # the second\n  - id: b\n    amount: "2.00"\n');
    expect(moved).toContain('{ id: a, amount: "1.00" } # one');
    expect(moved.indexOf("id: b")).toBeLessThan(moved.indexOf("id: a"));
    expect(editPlanText(text, { do: "remove", path: ["rewards", 1] })).not.toContain("the second");
    expect(editPlanText(text, { do: "set", path: ["rewards", 0, "amount"], value: "3.00" })).toBe(
      text.replace('"1.00"', '"3.00"'),
    );
    const fresh = editPlanText(text, { do: "insert", path: ["rewards"], at: 3, value: { id: "d", kind: "tiers" } });
    expect(fresh).toContain("\n  - { id: c }\n\n  - id: d\n    kind: tiers\nnames: {}");
    expect(editPlanText(text, { do: "set", path: ["names", "x"], value: { en: "X" } })).toContain(
      "names: { x: { en: X } }",
    );
    expect(editPlanText(text, { do: "rename", path: ["rewards", 1, "amount"], to: "sum" })).toContain(
      '    sum: "2.00"',
    );
  });

  it("keeps texts that look like something else", () => {
    const text = "a: { x: one }\nb: two\n";
    for (const value of [
      "yes",
      "1.50",
      "null",
      "a: b",
      "# no",
      "[x]",
      " spaced ",
      "two\nlines",
      "中文，逗号",
      "'",
      '"',
    ]) {
      for (const path of [["a", "x"], ["b"], ["c"]]) {
        const after = editPlanText(text, { do: "set", path, value });
        expect(valueAt(parse(after), path)).toBe(value);
      }
    }
  });

  it("leaves a broken text alone", () => {
    const broken = "a: [1, 2\nb: {";
    expect(editPlanText(broken, { do: "set", path: ["a"], value: 1 })).toBe(broken);
    const { broken: found, value } = readPlanText("a: 1\nb: [\n  c: }\n");
    expect(value).toBeUndefined();
    expect(found[0]?.line).toBeGreaterThanOrEqual(2);
  });
});

describe("places of a plan's text", () => {
  it("lead from a path to its line and back", () => {
    for (const { text, all } of PLACES) {
      const plan = readPlanText(text);
      for (const path of all.filter((one, at) => one.length > 0 && at % 11 === 0)) {
        const place = placeOf(plan, path);
        expect(place.path).toEqual(path);
        expect(pathAt(plan, place.from).slice(0, path.length)).toEqual(path);
      }
    }
  });

  it("of what is not there is the nearest place around it", () => {
    const plan = readPlanText("rewards:\n  - id: a\n    pay: self\n  - id: b\n");
    expect(placeOf(plan, ["rewards", 1, "ties"])).toMatchObject({ line: 4, path: ["rewards", 1] });
    expect(placeOf(plan, ["rewards", 0, "pay", "split"])).toMatchObject({ line: 3, path: ["rewards", 0, "pay"] });
    expect(placeOf(plan, ["nothing"])).toMatchObject({ line: 1, path: [] });
  });
});

describe("a new plan from another", () => {
  const beginning = { id: "next", en: "Next", zh: "", from: "2026-01-10", to: "2026-02-18", shifts: true };

  it("has its own id, name and period, and the other dates moved along; comments stay", () => {
    const two = PLANS.find(({ name }) => name === "two-holidays-contest")?.text ?? "";
    const after = begun(two, beginning);
    const value: unknown = parse(after);
    expect(valueAt(value, ["id"])).toBe("next");
    expect(valueAt(value, ["name"])).toEqual({ en: "Next" });
    expect(valueAt(value, ["period"])).toEqual({
      start: "2026-01-10T00:00",
      end: "2026-02-19T00:00",
      zone: "Asia/Shanghai",
    });
    // 378 days later than in the scheme.
    expect(valueAt(value, ["windows", 0, "windows", 0])).toEqual({
      id: "new-year",
      start: "2026-01-10T00:00",
      end: "2026-01-18T00:00",
    });
    expect(comments(after)).toBe(comments(two));
    const left = begun(two, { ...beginning, shifts: false });
    expect(valueAt(parse(left), ["windows", 0, "windows", 0, "start"])).toBe("2024-12-28T00:00");
  });

  it("can be one with nothing decided", () => {
    expect(valueAt(parse(begun(EMPTY_PLAN, beginning)), ["rewards"])).toEqual([]);
  });
});

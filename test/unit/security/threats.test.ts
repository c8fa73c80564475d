import { expect, it } from "vitest";
import { exists, read } from "../../arch/source.ts";

/** Rows of the tables of `shared/docs/THREATS.md`, without their heads. */
const rows = read("shared/docs/THREATS.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| who |") && !line.startsWith("| ---"))
  .map((line) => line.slice(2, -2).split(" | "));

it("each threat has what stops it, and tests that exist", () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const [who = "", gain = "", stop = "", test = "", ...more] of rows) {
    expect(
      [who, gain, stop].every((text) => text.length > 3),
      who,
    ).toBe(true);
    expect(more, who).toEqual([]);
    const named = [...test.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    expect(named.length, gain).toBeGreaterThan(0);
    for (const path of named) {
      expect(exists(path), path).toBe(true);
      expect(read(path), path).toMatch(/from "vitest"|from "\.\/suites\//);
    }
  }
});

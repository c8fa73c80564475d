import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { caseFileSchema } from "./case.ts";
import { runCase } from "./run-case.ts";

const FOLDER = join(import.meta.dirname, "cases");
const FILES = readdirSync(FOLDER)
  .sort()
  .map((name) => caseFileSchema.parse(parse(readFileSync(join(FOLDER, name), "utf8"), { merge: true })));

const passed = new Map(FILES.map(({ feature }) => [feature, 0]));

describe.each(FILES)("conformance: $feature", ({ feature, cases }) => {
  it.each(cases)("$id $title", (example) => {
    runCase(example);
    passed.set(feature, (passed.get(feature) ?? 0) + 1);
  });
});

it("no case stands twice, and each feature has one file", () => {
  const ids = FILES.flatMap(({ cases }) => cases.map(({ id }) => id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(passed.size).toBe(FILES.length);
});

it("every case expects something", () => {
  const expectsNothing = FILES.flatMap(({ cases }) => cases).filter(
    ({ runs, liability, refused }) => !liability && !refused && !runs.some((run) => Object.keys(run).some(isExpected)),
  );
  expect(expectsNothing.map(({ id }) => id)).toEqual([]);
});

it("what the README calls unsaid is not said", () => {
  const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  const unsaid = [...readme.matchAll(/^\| ([A-Z]\d\d)/gm)].map(([, id = ""]) => id);
  const said = FILES.flatMap(({ cases }) => cases.map(({ id }) => id));
  expect(unsaid.length).toBeGreaterThan(0);
  expect(unsaid.filter((id) => said.some((name) => name.startsWith(id)))).toEqual([]);
});

function isExpected(part: string): boolean {
  return part !== "asOf";
}

afterAll(() => {
  const rows = FILES.map(({ feature, cases }) => `  ${feature}: ${passed.get(feature)} of ${cases.length}`);
  console.info(["conformance cases passed, by feature", ...rows].join("\n"));
});

import { describe, expect, it } from "vitest";
import { failuresOf, type Report, reportSchema } from "#test/failures.ts";

type File = Report["testResults"][number];
type Test = File["assertionResults"][number];

const passed: Test = { ancestorTitles: ["sums"], title: "add up", status: "passed", failureMessages: [] };
const failed: Test = {
  ancestorTitles: ["sums", "of money"],
  title: "keep each cent",
  status: "failed",
  failureMessages: ["\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n    at sums.test.ts:7:3"],
};

function report(...testResults: readonly File[]): Report {
  const counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  return reportSchema.parse({ ...counts, testResults });
}

function file(of: Partial<File>): File {
  return { name: "/laurel/test/unit/sums.test.ts", status: "failed", message: "", assertionResults: [], ...of };
}

const told = (...files: readonly File[]) => failuresOf(report(...files), "/laurel");

describe("what failed", () => {
  it("is named by file and full name, with the first line of its message", () => {
    expect(told(file({ assertionResults: [passed, failed] }))).toEqual([
      " FAIL test/unit/sums.test.ts > sums > of money > keep each cent",
      "      AssertionError: expected 1 to be 2",
    ]);
  });

  it("is nothing where all is well", () => {
    expect(told(file({ status: "passed", assertionResults: [passed] }))).toEqual([]);
  });

  it("can be a whole file, beside its tests as well", () => {
    const message = "Cannot find module './sums.ts'\nRequire stack: …";
    expect(told(file({ message }), file({ message: "no database", assertionResults: [failed] }))).toEqual([
      " FAIL test/unit/sums.test.ts",
      "      Cannot find module './sums.ts'",
      " FAIL test/unit/sums.test.ts",
      "      no database",
      " FAIL test/unit/sums.test.ts > sums > of money > keep each cent",
      "      AssertionError: expected 1 to be 2",
    ]);
  });

  it("is told although nobody said why: a hook of some tests, or a process that ended", () => {
    const skipped = { ...passed, status: "skipped" };
    const outside = expect.stringContaining("in a hook or because its process ended; 1 of them did not run");
    expect(told(file({ assertionResults: [passed, skipped] }))).toEqual([" FAIL test/unit/sums.test.ts", outside]);
    expect(told(file({ assertionResults: [failed, skipped] }))).toEqual([
      " FAIL test/unit/sums.test.ts",
      outside,
      " FAIL test/unit/sums.test.ts > sums > of money > keep each cent",
      "      AssertionError: expected 1 to be 2",
    ]);
  });

  it("is told of twenty at most, and how many more there are", () => {
    const lines = told(file({ assertionResults: Array.from({ length: 23 }, () => failed) }));
    expect(lines.filter((line) => line.startsWith(" FAIL"))).toHaveLength(20);
    expect(lines.at(-1)).toBe(" … and 3 more");
  });

  it("keeps to its line, however long the message is", () => {
    const long = { ...failed, failureMessages: [`Error: ${"x".repeat(100_000)}`] };
    expect(told(file({ assertionResults: [long] })).every((line) => line.length < 300)).toBe(true);
  });
});

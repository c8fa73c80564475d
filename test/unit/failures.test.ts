import { describe, expect, it } from "vitest";
import { failureBesideTests, failuresOf, type Report, reportSchema } from "#test/failures.ts";

type File = Report["testResults"][number];
type Test = File["assertionResults"][number];

const passed: Test = { ancestorTitles: ["sums"], title: "add up", status: "passed", failureMessages: [] };
const failed: Test = {
  ancestorTitles: ["sums", "of money"],
  title: "keep each cent",
  status: "failed",
  failureMessages: [
    "\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n    at /laurel/test/unit/sums.test.ts:7:3",
  ],
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
  it("is named by file and full name, with the first line of its message and its place", () => {
    expect(told(file({ assertionResults: [passed, failed] }))).toEqual([
      " FAIL test/unit/sums.test.ts > sums > of money > keep each cent",
      "      AssertionError: expected 1 to be 2",
      "      at test/unit/sums.test.ts:7:3",
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
      "      at test/unit/sums.test.ts:7:3",
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
      "      at test/unit/sums.test.ts:7:3",
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

/** As Playwright and the runner say it. */
const WAITED = `locator.waitFor: Timeout 60000ms exceeded.
Call log:
\u001b[2m  - waiting for getByRole('heading', { name: 'Paid' }) to be visible\u001b[22m

    at Proxy.waitFor (/laurel/node_modules/playwright-core/lib/client.js:1:2)
    at settle (/laurel/test/e2e/story.ts:31:17)
    at async file:///laurel/test/e2e/story-en.test.ts:4:1`;

const COVERED = `locator.click: Timeout 60000ms exceeded.
Call log:
  - waiting for getByRole('button', { name: 'Save' })
    - locator resolved to <button>Save</button>
  - attempting click action
    2 × waiting for element to be visible, enabled and stable
      - element is not stable
    - retrying click action
    5 × waiting for element to be visible, enabled and stable
      - <div>a drawer</div> intercepts pointer events
    - retrying click action
      - waiting 500ms

    at file:///laurel/test/e2e/console.test.ts:9:8`;

describe("a browser's wait that ended", () => {
  const whyOf = (message: string) =>
    told(file({ assertionResults: [{ ...failed, failureMessages: [message] }] })).slice(1);

  it("says what was waited for, and where in the project", () => {
    expect(whyOf(WAITED)).toEqual([
      "      locator.waitFor: Timeout 60000ms exceeded.",
      "      - waiting for getByRole('heading', { name: 'Paid' }) to be visible",
      "      at test/e2e/story.ts:31:17",
    ]);
  });

  it("says what stood in the way last", () => {
    expect(whyOf(COVERED)).toEqual([
      "      locator.click: Timeout 60000ms exceeded.",
      "      - waiting for getByRole('button', { name: 'Save' })",
      "      - <div>a drawer</div> intercepts pointer events",
      "      at test/e2e/console.test.ts:9:8",
    ]);
  });
});

const UNHANDLED = `\u001b[90mstderr | test/unit/sums.test.ts > sums > add up
\u001b[39ma word of a test

\u001b[31m⎯⎯⎯⎯⎯⎯\u001b[1m Unhandled Errors \u001b[22m⎯⎯⎯⎯⎯⎯\u001b[39m

Vitest caught 1 unhandled error during the test run.
This might cause false positive tests. Resolve unhandled errors to make sure your tests are not affected.

⎯⎯⎯⎯ Unhandled Rejection ⎯⎯⎯⎯⎯
Error: nobody waits for me
 ❯ test/unit/sums.test.ts:2:83
    1| it("adds up", () => {
     |   ^

 ❯ node_modules/vitest/dist/chunks/run.js:1695:35

This error originated in "test/unit/sums.test.ts" test file. It doesn't mean the error was thrown inside the file itself, but while it was running.
⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯
`;

describe("a run that failed beside its tests", () => {
  it("is told by its unhandled error", () => {
    expect(failureBesideTests(UNHANDLED, false)).toEqual([
      " The runner failed although no test did: an unhandled error, see above.",
      "      Vitest caught 1 unhandled error during the test run.",
      "      ⎯⎯⎯⎯ Unhandled Rejection ⎯⎯⎯⎯⎯",
      "      Error: nobody waits for me",
      "       ❯ test/unit/sums.test.ts:2:83",
      expect.stringContaining('originated in "test/unit/sums.test.ts"'),
    ]);
    expect(failureBesideTests(UNHANDLED, true)[0]).toBe(" Beside that: an unhandled error, see above.");
  });

  it("is told by its last words where nothing was caught, unless tests are the reason", () => {
    const words = Array.from({ length: 30 }, (_, line) => `word ${line}\n`).join("");
    const lines = failureBesideTests(words, false);
    expect(lines[0]).toBe(" The runner failed although no test did. The last it said:");
    expect([lines[1], lines.at(-1), lines.length]).toEqual(["      word 10", "      word 29", 21]);
    expect(failureBesideTests(words, true)).toEqual([]);
  });
});

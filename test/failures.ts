import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import * as z from "zod";

/** What is read of the test runner's JSON report, of one project. */
export const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      /** The file, as an absolute path. */
      name: z.string(),
      status: z.string(),
      /** Why the file as a whole failed: it could not be loaded, or what all its tests need could not be set up. */
      message: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

export type Report = z.output<typeof reportSchema>;

/** How many failures are named: of more, one cause is likely. */
const MOST = 20;
const MOST_CHARACTERS = 240;

/**
 * What failed, for whoever sees only the last lines of a run: of each test its file and its full name, and under it the first line
 * of its message.
 *
 * @param root what the files are told from
 */
export function failuresOf({ testResults }: Report, root: string): readonly string[] {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }): (readonly string[])[] => {
    const file = relative(root, name);
    const tests = assertionResults.filter((test) => test.status === "failed");
    const whole = status === "failed" ? firstLine(message) || unsaid(assertionResults) : undefined;
    return [
      ...(whole === undefined ? [] : [[file, whole]]),
      ...tests.map(({ ancestorTitles, title, failureMessages }) => [
        [file, ...ancestorTitles, title].filter((part) => part !== "").join(" > "),
        firstLine(failureMessages[0] ?? ""),
      ]),
    ];
  });
  const lines = failures.slice(0, MOST).flatMap(([where = "", why = ""]) => [` FAIL ${where}`, `      ${why}`]);
  return failures.length > MOST ? [...lines, ` … and ${failures.length - MOST} more`] : lines;
}

/** A hook of some tests that fails says nothing of itself, nor does a process that ends: its tests have just not run. */
function unsaid(tests: Report["testResults"][number]["assertionResults"]): string | undefined {
  const counted = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status)).length;
  const idle = counted("skipped", "pending");
  if (counted("failed") > 0 && idle === 0) return undefined;
  return `failed outside of its tests, in a hook or because its process ended; ${idle} of them did not run`;
}

function firstLine(message: string): string {
  const [line = ""] = stripVTControlCharacters(message).trim().split("\n");
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line.trimEnd();
}

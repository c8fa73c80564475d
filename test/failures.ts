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
/** How much is repeated of what the runner said on its way out. */
const LAST_LINES = 20;

/** What kept a browser from doing what it was told, as Playwright's log of a call says it. */
const HINDRANCE = /intercepts pointer events|is not (?:enabled|stable|visible|editable)|outside of the viewport/;
/** The runner's heading over errors that belong to no test. */
const UNHANDLED = /^⎯+ Unhandled Errors? ⎯+$/;
/** Frames outside of the project, the source around them, and what the runner says of every error. */
const NOISE = /❯ .*(?:node_modules\/|node:)|^\s*(?:\d+\|| \|)|^This might cause|^- the error was thrown|^⎯+$/;

/**
 * What failed, for whoever sees only the last lines of a run: of each test its file and its full name, and under it what is needed
 * of its message to know where it stood.
 *
 * @param root what the files are told from
 */
export function failuresOf({ testResults }: Report, root: string): readonly string[] {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }): (readonly string[])[] => {
    const file = relative(root, name);
    const tests = assertionResults.filter((test) => test.status === "failed");
    const whole = status === "failed" && (message.trim() === "" ? unsaid(assertionResults) : message);
    return [
      ...(whole ? [[file, ...tellingLines(whole, root)]] : []),
      ...tests.map(({ ancestorTitles, title, failureMessages }) => [
        [file, ...ancestorTitles, title].filter((part) => part !== "").join(" > "),
        ...tellingLines(failureMessages[0] ?? "", root),
      ]),
    ];
  });
  const lines = failures
    .slice(0, MOST)
    .flatMap(([where = "", ...why]) => [` FAIL ${where}`, ...why.map((line) => `      ${line}`)]);
  return failures.length > MOST ? [...lines, ` … and ${failures.length - MOST} more`] : lines;
}

/**
 * Why a run failed beside its tests. The JSON report does not tell: an error that nobody waited for, or a set-up that broke, is
 * said on the error stream only.
 *
 * @param said the runner's error stream
 * @param testsFailed whether tests did as well, which then are reason enough
 */
export function failureBesideTests(said: string, testsFailed: boolean): readonly string[] {
  const lines = stripVTControlCharacters(said).split("\n");
  const heading = lines.findLastIndex((line) => UNHANDLED.test(line));
  const told = lines.slice(heading + 1).filter((line) => line.trim() !== "" && !NOISE.test(line));
  const failed = testsFailed ? " Beside that" : " The runner failed although no test did";
  if (heading !== -1) return [`${failed}: an unhandled error, see above.`, ...told.slice(0, LAST_LINES).map(indented)];
  return testsFailed ? [] : [`${failed}. The last it said:`, ...told.slice(-LAST_LINES).map(indented)];
}

const indented = (line: string) => `      ${short(line)}`;

/** A hook of some tests that fails says nothing of itself, nor does a process that ends: its tests have just not run. */
function unsaid(tests: Report["testResults"][number]["assertionResults"]): string | undefined {
  const counted = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status)).length;
  const idle = counted("skipped", "pending");
  if (counted("failed") > 0 && idle === 0) return undefined;
  return `failed outside of its tests, in a hook or because its process ended; ${idle} of them did not run`;
}

/**
 * At most four lines of a message: what it begins with, what a browser was waiting for, what kept it from it, and where in the
 * project that was.
 */
function tellingLines(message: string, root: string): readonly string[] {
  const [first = "", ...lines] = stripVTControlCharacters(message).trim().split("\n");
  const log = lines.includes("Call log:") ? lines : [];
  const told = [
    first,
    log.find((line) => /^ *- waiting for /.test(line)),
    log.findLast((line) => HINDRANCE.test(line)),
    lines.map((line) => frameIn(line, root)).find((frame) => frame !== undefined),
  ];
  return told.flatMap((line) => (line === undefined ? [] : [short(line.trim())]));
}

/** Where a line of a stack is, told from the root, unless it is somebody else's. */
function frameIn(line: string, root: string): string | undefined {
  const [, path] = /^ +at .*?(\/[^()]+:\d+:\d+)\)?$/.exec(line.replace("file://", "")) ?? [];
  if (!path?.startsWith(`${root}/`) || path.includes("/node_modules/")) return undefined;
  return `at ${relative(root, path)}`;
}

function short(line: string): string {
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line.trimEnd();
}

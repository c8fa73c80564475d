import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { requireJava } from "#infra/local/dynamodb.ts";
import { failureBesideTests, failuresOf, reportSchema } from "./failures.ts";

/**
 * `npm test`: everything that is tested, in one run that does not stop at the first failure. The summary at the end names what
 * failed. Its last line sums the tests up; a stage that fails without a failing test counts as one failure, so `0 failed` means that
 * all is well.
 */

const ROOT = join(import.meta.dirname, "..");
const OLDEST_NODE = 24;

interface Outcome {
  readonly stage: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Said again at the end: the test runner's own summary, and what went wrong. */
  readonly summary: readonly string[];
  /** The test files that ran. */
  readonly files: readonly string[];
}

/** What is said again at the end: the runner's own sums, and how many conformance cases passed by feature. */
const SUMMED_UP = [
  /^ *(Test Files|Tests|Errors|Duration) /,
  /^conformance cases passed, by feature$/,
  /^ {2}\S.*: \d+ of \d+$/,
] as const;

/** What a tool says again when it fails. */
const LAST_LINES = 20;

const NO_TESTS = { passed: 0, failed: 0, skipped: 0, summary: [], files: [] } as const;

/** A tool that says by its exit code whether all is well. */
async function check(stage: string, tool: string, ...args: readonly string[]): Promise<Outcome> {
  heading(stage);
  const { code, seconds, output, complaints } = await run(tool, args);
  const ok = code === 0;
  return { ...NO_TESTS, stage, seconds, ok, failed: ok ? 0 : 1, summary: ok ? [] : lastLines(output + complaints) };
}

function lastLines(output: string): readonly string[] {
  return output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-LAST_LINES);
}

/** A project of `vitest.config.ts`. */
async function tests(project: string): Promise<Outcome> {
  const stage = `${project} tests`;
  heading(stage);
  const file = join(reports, `${project}.json`);
  const { code, seconds, output, complaints } = await run("vitest/vitest.mjs", [
    "run",
    `--project=${project}`,
    // A forgotten `.only` would leave the rest out.
    "--allowOnly=false",
    // What is empty is judged here, and by `everyFileRan`.
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const lines = output.split("\n").filter((line) => SUMMED_UP.some((pattern) => pattern.test(line)));
  const found = existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  const passed = found?.numPassedTests ?? 0;
  const failed = found?.numFailedTests ?? 0;
  const skipped = (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0);
  const files = found?.testResults.map(({ name }) => relative(ROOT, name)) ?? [];
  const empty = passed + failed === 0;
  const ok = code === 0 && failed === 0 && !empty;
  const failures = found ? failuresOf(found, ROOT) : [];
  const beside = code === 0 ? [] : failureBesideTests(complaints, failures.length > 0);
  const summary = [...lines, ...(empty ? [" No test ran."] : []), ...failures, ...beside];
  return { stage, ok, seconds, passed, failed: ok ? 0 : Math.max(failed, 1), skipped, summary, files };
}

/** A test file that no project includes would never run, and nobody would notice. */
function everyFileRan(outcomes: readonly Outcome[]): Outcome {
  const ran = new Set(outcomes.flatMap(({ files }) => files));
  const summary = globSync("{shared,functions,infra,test}/**/*.{test,spec}.{ts,tsx}", { cwd: ROOT })
    .filter((file) => !ran.has(file))
    .map((file) => ` ${file} did not run`);
  const ok = summary.length === 0;
  return { ...NO_TESTS, stage: "every test file ran", ok, seconds: 0, failed: ok ? 0 : 1, summary };
}

function report(outcomes: readonly Outcome[]): void {
  heading("summary");
  for (const { stage, ok, seconds, summary } of outcomes) {
    console.log(`${ok ? "ok    " : "FAILED"}  ${stage.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s`);
    for (const line of summary) console.log(`        ${line}`);
  }
  const sum = (count: "passed" | "failed" | "skipped") => outcomes.reduce((total, each) => total + each[count], 0);
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
}

function heading(stage: string): void {
  console.log(`\n──── ${stage} ${"─".repeat(Math.max(0, 74 - stage.length))}\n`);
}

interface Ended {
  readonly code: number;
  readonly seconds: number;
  /** What it said, without colours. */
  readonly output: string;
  /** What it said on its error stream. */
  readonly complaints: string;
}

/** Runs a tool of `node_modules` with this very Node, shows what it says, and returns it. */
async function run(tool: string, args: readonly string[]): Promise<Ended> {
  const start = performance.now();
  const bin = join(ROOT, "node_modules/.bin");
  const child = spawn(process.execPath, [join(ROOT, "node_modules", tool), ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
      ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  const [output, complaints, code] = await Promise.all([
    passOn(child.stdout, process.stdout),
    passOn(child.stderr, process.stderr),
    ended,
  ]);
  return { code, seconds: (performance.now() - start) / 1000, output, complaints };
}

/** Shows lines as they come, and returns them at the end, without colours. */
async function passOn(from: Readable, to: Writable): Promise<string> {
  let said = "";
  for await (const line of createInterface(from)) {
    // The report is for this file only, and gone at the end.
    if (line.startsWith("JSON report written to")) continue;
    said += `${line}\n`;
    to.write(`${line}\n`);
  }
  return stripVTControlCharacters(said);
}

function requireNode(): void {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return;
  giveUp(
    `Laurel's tools run on Node ${OLDEST_NODE} or newer, and this is ${process.version}. ` +
      "`npm ci` installs a Node 24 of Laurel's own, and `npm test` uses it.",
  );
}

function giveUp(message: string): never {
  console.error(message);
  process.exit(1);
}

requireNode();
requireJava();
const reports = mkdtempSync(join(tmpdir(), "laurel-test-"));
try {
  const outcomes = [
    await check("format and lint", "@biomejs/biome/bin/biome", "check", "."),
    await check("types", "@typescript/native/bin/tsc", "-p", "."),
    await check("types of the console", "@typescript/native/bin/tsc", "-p", "functions/console"),
    await tests("unit"),
    await tests("database"),
    await tests("system"),
    await tests("browser"),
  ];
  report([...outcomes, everyFileRan(outcomes)]);
} finally {
  rmSync(reports, { recursive: true, force: true });
}

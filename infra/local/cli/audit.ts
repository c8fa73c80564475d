import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type * as z from "zod";
import { type AuditVerdict, verifyChains } from "#app/audit/verify-chains.ts";
import { type AuditAnchor, type AuditEntry, auditAnchorSchema, auditEntrySchema } from "#domain/audit.ts";
import { problemsOf, Refusal } from "#domain/problem.ts";
import { printable } from "./columns.ts";
import { type Command, EXIT_OK, UsageError } from "./command.ts";
import { choiceFlag, readFlags } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const EXIT_BROKEN = 1;

export const auditCommand: Command = {
  summary: "verify an export of the audit, or fetch one",
  usage: `laurel audit verify audit.jsonl [--anchor anchor.json] [--format table|json]
laurel audit export --url https://… > audit.jsonl
laurel audit anchor --url https://… [--day 2026-10-01] > anchor.json

verify: whether every entry is as it was written, none is missing, added or moved, and, with an anchor that was kept elsewhere,
whether none was cut off at the end or the whole written anew. It says the first broken place of each chain. The file may hold several
anchors, one a line: those that are kept each day must be the ones that the audit names.
export, anchor: asks the API, with the token in the environment variable LAUREL_TOKEN (of an auditor or administrator).

Exit code 0: whole; 1: broken; 2: the input is wrong.
`,
  run(args, terminal) {
    const [word = "", path = ""] = args;
    if (word === "" || word === "--help" || word === "-h") {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    if (word !== "verify") throw new UsageError(`there is no laurel audit ${word}`);
    if (path === "" || path.startsWith("-")) throw new UsageError("the export is missing");
    const { values } = readFlags(args.slice(2), ["anchor", "format"] as const);
    const format = choiceFlag(values, "format", ["table", "json"]);
    return reportingProblems(terminal, format === "json", () => {
      const anchor = values.get("anchor");
      const verdict = verifyChains(
        readEntries(terminal.resolve(path)),
        ...(anchor === undefined ? [] : readAnchors(terminal.resolve(anchor))),
      );
      terminal.out(format === "json" ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(verdict, anchor));
      return verdict.breaks.length === 0 ? EXIT_OK : EXIT_BROKEN;
    });
  },
};

/** One entry a line, in any order of chains. */
function readEntries(path: string): AuditEntry[] {
  const lines = read(path).split("\n");
  return lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [parsed(auditEntrySchema, line, `${basename(path)}:${index + 1}`)],
  );
}

/** One anchor a line, or a single one however it is laid out. */
function readAnchors(path: string): AuditAnchor[] {
  const text = read(path);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (!lines.every((line) => line.startsWith("{") && line.trimEnd().endsWith("}"))) {
    return [parsed(auditAnchorSchema, text, basename(path))];
  }
  return lines.map((line, index) => parsed(auditAnchorSchema, line, `${basename(path)}:${index + 1}`));
}

function parsed<T>(schema: z.ZodType<T>, text: string, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "the input cannot be read", [{ code: "json", path: place, message: "is no JSON" }]);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal("invalid", "the input cannot be read", problemsOf(result.error, place, value));
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", "the input cannot be read", [{ code: "unreadable", path: basename(path), message }]);
  }
}

const OPEN_SHOWN = 10;

function verdictText({ chains, entries, breaks, open }: AuditVerdict, anchor: string | undefined): string {
  const lines = [
    `${entries} entries in ${chains} chains`,
    ...breaks.map(({ chain, problem, message }) => `${chain === "" ? "anchor" : chain}: ${problem}: ${message}`),
    ...open
      .slice(0, OPEN_SHOWN)
      .map(({ chain, seq, action, subject, at }) => `${chain} ${seq}: ${action} of ${subject} at ${at} has no outcome`),
    ...(open.length > OPEN_SHOWN ? [`… and ${open.length - OPEN_SHOWN} more without an outcome`] : []),
    breaks.length > 0 ? "the audit is NOT whole" : "the audit is whole",
    ...(anchor === undefined ? ["without an anchor nobody can tell whether entries were cut off at the end"] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Bundle, readBundle } from "#domain/bundle.ts";
import { Refusal } from "#domain/problem.ts";
import type { Difference } from "#verify/compare.ts";
import { type CheckVerdict, type LineVerdict, type Report, type Verdict, verify } from "#verify/verify.ts";
import { printable } from "./columns.ts";
import { type Command, EXIT_OK, UsageError } from "./command.ts";
import { choiceFlag, readFlags } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const EXIT_DIFFERS = 1;

export const verifyCommand: Command = {
  summary: "work a run out again by other code, and compare every line",
  usage: `laurel verify run.json [--format table|json]

run.json is a run bundle, as \`laurel settle … --format bundle\` writes it.

Exit code 0: every line, total and hash agrees; 1: something differs, is missing, is superfluous, or is of a kind that
the verifier does not know; 2: the input is wrong, one line for each problem on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const [first = ""] = args;
    const hasPath = first !== "" && !first.startsWith("-");
    const { help, values } = readFlags(hasPath ? args.slice(1) : args, ["format"] as const);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    if (!hasPath) throw new UsageError("the run bundle is missing");
    const format = choiceFlag(values, "format", ["table", "json"]);
    return reportingProblems(terminal, format === "json", () => {
      const bundle = readBundle(readJson(terminal.resolve(first)));
      const report = verify(bundle);
      terminal.out(format === "json" ? `${JSON.stringify(report, null, 2)}\n` : reportText(bundle, report));
      return report.agrees ? EXIT_OK : EXIT_DIFFERS;
    });
  },
};

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", "the bundle cannot be read", [
      {
        code: "unreadable",
        path: basename(path),
        message: error instanceof SyntaxError ? `is no JSON: ${message}` : message,
        mend: "write it with laurel settle … --format bundle",
      },
    ]);
  }
}

/** Findings that are printed; all of them are in the JSON form. */
const SHOWN_FINDINGS = 40;
const SHOWN_DIFFERENCES = 5;

function reportText(bundle: Bundle, { lines, checks, agrees }: Report): string {
  const findings = [
    ...lines.flatMap((line) => findingText(nameOfLine(line), line)),
    ...checks.flatMap((item) => findingText(item.check, item)),
  ];
  const rest = findings.length - SHOWN_FINDINGS;
  const counts = [
    countText(
      "line",
      lines.filter(({ list }) => list === "lines"),
    ),
    ...(["components", "held"] as const).flatMap((list) => {
      const entries = lines.filter((line) => line.list === list);
      return entries.length === 0 ? [] : [countText(list === "held" ? "held line" : "component", entries)];
    }),
    countText(
      "entry of those not awarded",
      lines.filter(({ list }) => list === "notAwarded"),
    ),
    countText("check", checks),
  ];
  return [
    `${bundle.plan.name.en} (${bundle.plan.id}), as of ${bundle.asOf}`,
    ...findings.slice(0, SHOWN_FINDINGS),
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    ...counts,
    agrees ? "everything agrees" : "the run does NOT agree with its facts",
  ]
    .map((line) => `${printable(line)}\n`)
    .join("");
}

function nameOfLine({ list, lineId }: LineVerdict): string {
  return {
    lines: lineId,
    components: `component ${lineId}`,
    held: `held ${lineId}`,
    notAwarded: `not awarded ${lineId}`,
  }[list];
}

function findingText(name: string, item: Verdict): string[] {
  switch (item.verdict) {
    case "agrees":
      return [];
    case "differs": {
      const rest = item.differences.length - SHOWN_DIFFERENCES;
      const more = rest > 0 ? [`  … and ${rest} more`] : [];
      return [`${name} differs:`, ...item.differences.slice(0, SHOWN_DIFFERENCES).map(differenceText), ...more];
    }
    case "missing":
      return [`${name} is missing: it comes to ${item.computed}`];
    case "superfluous":
      return [`${name} is superfluous: the run says ${item.stated}, and nothing of it follows from the facts`];
    case "cannot":
      return [`${name} cannot be verified: ${item.why}`];
  }
}

function differenceText({ at, stated, computed }: Difference): string {
  return `  ${at}: the run says ${stated}, the facts say ${computed}`;
}

function countText(what: string, items: readonly (LineVerdict | CheckVerdict)[]): string {
  const verdicts = ["agrees", "differs", "missing", "superfluous", "cannot"] as const;
  const counts = verdicts.map((verdict) => ({
    verdict,
    count: items.filter((item) => item.verdict === verdict).length,
  }));
  const told = counts.filter(({ verdict, count }) => verdict === "agrees" || count > 0);
  return `${what}: ${told.map(({ verdict, count }) => `${count} ${verdict}`).join(", ")}`;
}

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Replayed, readCase, replayCase } from "#app/disputes/replay-case.ts";
import { Refusal } from "#domain/problem.ts";
import { printable } from "./columns.ts";
import { type Command, EXIT_OK, UsageError } from "./command.ts";
import { choiceFlag, readFlags } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const EXIT_DIFFERS = 1;

export const replayCommand: Command = {
  summary: "compute a dispute's case again, and compare its lines",
  usage: `laurel replay case.json [--format table|json]

case.json is a case, as GET /v1/campaigns/…/disputes/…/case gives it.

Exit code 0: every line comes to what the case expects; 1: one differs; 2: the input is wrong, one line for each problem
on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const [first = ""] = args;
    const hasPath = first !== "" && !first.startsWith("-");
    const { help, values } = readFlags(hasPath ? args.slice(1) : args, ["format"] as const);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    if (!hasPath) throw new UsageError("the case is missing");
    const format = choiceFlag(values, "format", ["table", "json"]);
    return reportingProblems(terminal, format === "json", () => {
      const lines = replayCase(readCase(readJson(terminal.resolve(first))));
      terminal.out(format === "json" ? `${JSON.stringify({ lines }, null, 2)}\n` : lines.map(lineText).join(""));
      return lines.every(({ agrees }) => agrees) ? EXIT_OK : EXIT_DIFFERS;
    });
  },
};

function lineText({ lineId, expected = "no line", computed = "no line", agrees }: Replayed): string {
  return `${agrees ? "as expected" : "differs"}: ${printable(lineId)}: ${computed}${agrees ? "" : `, expected ${expected}`}\n`;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", "the case cannot be read", [{ code: "unreadable", path: basename(path), message }]);
  }
}

import { awardsTable } from "./awards-table.ts";
import { CAMPAIGN_FLAGS, CAMPAIGN_USAGE, settleFiles } from "./campaign-flags.ts";
import { type Command, EXIT_OK } from "./command.ts";
import { choiceFlag, readFlags } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

export const settleCommand: Command = {
  summary: "compute a campaign from its files, without any database",
  usage: `laurel settle ${CAMPAIGN_USAGE} [--format table|json]

  --as-of    facts recorded up to and including this instant are known; an instant with an offset, or a date and
             time in the plan's zone. Without it: the end of the period and of the time for late facts.
  --format   table: awards, totals beside budgets, warnings (default)
             json: one document {inputHash, resultHash, asOf, lines, notAwarded, totals, warnings}

Exit code 0: computed; 2: the input is wrong, one line for each problem on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, [...CAMPAIGN_FLAGS, "format"] as const);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["table", "json"]);
    return reportingProblems(terminal, format === "json", () => {
      const { settlement, inputs, asOf } = settleFiles(values, terminal);
      terminal.out(
        format === "json" ? `${JSON.stringify(settlement, null, 2)}\n` : awardsTable(settlement, asOf, inputs),
      );
      return EXIT_OK;
    });
  },
};

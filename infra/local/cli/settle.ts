import { awardsTable } from "./awards-table.ts";
import { CAMPAIGN_FLAGS, CAMPAIGN_USAGE, type SettledFiles, settleFiles } from "./campaign-flags.ts";
import { type Command, EXIT_OK } from "./command.ts";
import { choiceFlag, readFlags } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

export const settleCommand: Command = {
  summary: "compute a campaign from its files, without any database",
  usage: `laurel settle ${CAMPAIGN_USAGE} [--slices begun|closed] [--format table|json|bundle]

  --as-of    facts recorded up to and including this instant are known; an instant with an offset, or a date and
             time in the plan's zone. Without it: the end of the period and of the time for late facts.
  --slices   begun: every slice that began by then (default); closed: only those whose time for late facts is over,
             as a run that is posted takes them
  --format   table: awards, what is held, components, totals beside budgets, warnings (default)
             json: one document {inputHash, resultHash, asOf, lines, held?, components?, notAwarded, totals, warnings}
             bundle: that as \`settlement\`, with all that it was computed from, for laurel verify

Exit code 0: computed; 2: the input is wrong, one line for each problem on stderr (and {problems} with json and bundle).
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, [...CAMPAIGN_FLAGS, "slices", "format"] as const);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["table", "json", "bundle"]);
    const slices = choiceFlag(values, "slices", ["begun", "closed"]);
    return reportingProblems(terminal, format !== "table", () => {
      const settled = settleFiles(values, terminal, slices === "closed");
      terminal.out(
        format === "table"
          ? awardsTable(settled.settlement, settled.asOf, settled.inputs)
          : `${JSON.stringify(format === "json" ? settled.settlement : bundleOf(settled, slices), null, 2)}\n`,
      );
      return EXIT_OK;
    });
  },
};

/** The run with all that it was computed from. Contradicting rows of the file never reached the calculation, nor did the warning of them. */
function bundleOf(
  { settlement, inputs: { plan, units, memberships, targets, facts } }: SettledFiles,
  slices: "begun" | "closed",
) {
  const warnings = settlement.warnings.filter(({ code }) => code !== "conflict");
  const inputs = { plan, units, memberships, targets, facts, asOf: settlement.asOf };
  return { ...inputs, ...(slices === "closed" ? { slices } : {}), settlement: { ...settlement, warnings } };
}

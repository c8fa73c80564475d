import { basename } from "node:path";
import { type CampaignInputs, readCampaignFiles } from "#adapters/files/campaign-files.ts";
import { instantOfQuestion } from "#app/asking/question.ts";
import { type SimulatedPlan, type Simulation, simulate } from "#app/asking/simulate-plan.ts";
import { printable, textTable } from "./columns.ts";
import { type Command, EXIT_OK, type Terminal } from "./command.ts";
import { choiceFlag, type FlagValues, readFlags, requiredFlag } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const FLAGS = [
  "plan",
  "against",
  "orgs",
  "people",
  "targets",
  "against-targets",
  "facts",
  "as-of",
  "shift-to-period",
  "format",
] as const;
type SimulateFlag = (typeof FLAGS)[number];

export const simulateCommand: Command = {
  summary: "settle a draft on past facts, beside the plan in force",
  usage: `laurel simulate --plan draft.yaml --against plan.yaml --orgs orgs.csv --people people.csv --targets targets.csv
                --facts facts.csv [--against-targets targets.csv] [--as-of <instant>] [--shift-to-period no|yes]
                [--format table|json]

  --plan             the draft
  --against          the plan in force
  --against-targets  its targets, where they are not those of the draft
  --as-of            facts recorded up to and including this instant are known; without it each plan's own cut-off
  --shift-to-period  yes: facts are moved by whole days, from the period of the plan in force onto the draft's
  --format           table: cost, budgets, who gets more or less (default); json: one document

Exit code 0: computed; 2: the input is wrong, one line for each problem on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, FLAGS);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["table", "json"]);
    const shiftToPeriod = choiceFlag(values, "shift-to-period", ["no", "yes"]) === "yes";
    return reportingProblems(terminal, format === "json", () => {
      const draft = readPlanFiles(values, terminal, "plan", "targets");
      const inForce = readPlanFiles(values, terminal, "against", "against-targets");
      const text = values.get("as-of");
      const simulation = simulate({
        inForce,
        draft,
        shiftToPeriod,
        ...(text === undefined ? {} : { asOf: instantOfQuestion(text, inForce.plan.period.zone, "--as-of") }),
      });
      terminal.out(format === "json" ? `${JSON.stringify(simulation, null, 2)}\n` : simulationText(simulation));
      return EXIT_OK;
    });
  },
};

/** The files are read under each plan: its zone and attributes say what the cells of the facts mean. */
function readPlanFiles(
  values: FlagValues<SimulateFlag>,
  terminal: Terminal,
  plan: "plan" | "against",
  targets: "targets" | "against-targets",
): SimulatedPlan {
  const pathOf = (flag: SimulateFlag) => terminal.resolve(requiredFlag(values, flag));
  const targetsPath = pathOf(values.get(targets) === undefined ? "targets" : targets);
  const inputs: CampaignInputs = readCampaignFiles({
    plan: pathOf(plan),
    orgs: pathOf("orgs"),
    people: pathOf("people"),
    targets: targetsPath,
    facts: pathOf("facts"),
  });
  return {
    plan: inputs.plan,
    units: inputs.units,
    memberships: inputs.memberships,
    targets: inputs.targets,
    facts: inputs.facts,
    placeOf: (path) => {
      if (path.startsWith("/")) return inputs.placeInPlan(path);
      return path.startsWith("targets/") ? basename(targetsPath) : path;
    },
  };
}

const CHANGE_COLUMNS = [
  { title: "in force", align: "right" },
  { title: "draft", align: "right" },
  { title: "difference", align: "right" },
] as const;

function simulationText(simulation: Simulation): string {
  const { inForce, draft, shift, simulationHash } = simulation;
  const blocking = [...inForce.warnings.map(warningOf("in force")), ...draft.warnings.map(warningOf("draft"))];
  return [
    `${draft.plan} as drafted, as of ${draft.asOf}, against ${inForce.plan} in force, as of ${inForce.asOf}; ${simulation.currency}\n` +
      `facts that count: ${draft.facts.counted} of ${draft.facts.known} under the draft, ` +
      `${inForce.facts.counted} of ${inForce.facts.known} under the plan in force\n` +
      (shift ? `${shift.told}\n` : ""),
    costText(simulation),
    budgetText(simulation),
    groupsText(simulation),
    ...(blocking.length === 0 ? [] : [blocking.join("")]),
    `simulation ${simulationHash}\n`,
  ].join("\n");
}

function warningOf(side: string) {
  return ({ code, message, blocks }: Simulation["draft"]["warnings"][number]) =>
    `${printable(`warning ${code} (${side}${blocks ? ", blocks approval" : ""}): ${message}`)}\n`;
}

function costText({ cost: { all, byReward, maximumLiability } }: Simulation): string {
  const { before, after } = maximumLiability;
  const atMost = ({ bounded, total }: typeof before) => total ?? `no bound (${bounded} of those bounded)`;
  return textTable(
    [{ title: "cost", align: "left" }, ...CHANGE_COLUMNS],
    [
      ...byReward.map((cost) => [
        `${cost.reward}${unitText(cost)}`,
        cost.before ?? "none",
        cost.after ?? "none",
        cost.difference,
      ]),
      ["all", all.before, all.after, all.difference],
      ["at most", atMost(before), atMost(after), ""],
    ],
  );
}

function budgetText({ cost: { budgets } }: Simulation): string {
  if (budgets.length === 0) return "no budgets\n";
  const rows = budgets.flatMap(({ id, before, after }) =>
    [{ side: "in force", use: before } as const, { side: "draft", use: after } as const].flatMap(({ side, use }) =>
      use === undefined ? [] : [[id, side, use.amount, use.used, use.left, use.atMost ?? "no bound"]],
    ),
  );
  return textTable(
    [
      { title: "budget", align: "left" },
      { title: "plan", align: "left" },
      { title: "of", align: "right" },
      { title: "used", align: "right" },
      { title: "left", align: "right" },
      { title: "at most", align: "right" },
    ],
    rows,
  );
}

function groupsText({ payees, lines }: Simulation): string {
  const groups = [
    ["payees who get more", payees.winners],
    ["payees who get less", payees.losers],
    ["payees who get the same", payees.unchanged],
    ["lines that appear", lines.appear],
    ["lines that disappear", lines.disappear],
    ["lines of another amount", lines.changed],
  ] as const;
  const summary = textTable(
    [{ title: "", align: "left" }, { title: "number", align: "right" }, ...CHANGE_COLUMNS],
    groups.map(([name, { count, before, after, difference }]) => [name, String(count), before, after, difference]),
  );
  const named = groups
    .filter(([name, { count }]) => count > 0 && name !== "payees who get the same")
    .map(([name, { top, count }]) => {
      const rows = top.map((change) => [
        "lineId" in change ? `${change.lineId}${unitText(change)}` : change.payee.id,
        change.before,
        change.after,
        change.difference,
      ]);
      const title = count > top.length ? `${name}, the first ${top.length}` : name;
      return textTable([{ title, align: "left" }, ...CHANGE_COLUMNS], rows);
    });
  return [summary, ...named].join("\n");
}

/** Of a benefit in kind what it is given in; money needs no words. */
function unitText({ unit }: { readonly unit?: string }): string {
  return unit === undefined ? "" : ` (${unit})`;
}

import { basename } from "node:path";
import { readFactFile } from "#adapters/files/fact-file.ts";
import { readOrgFile } from "#adapters/files/org-file.ts";
import { readPeopleFile } from "#adapters/files/people-file.ts";
import { type PlanFile, readPlanFile } from "#adapters/files/plan-file.ts";
import { loadFile, type SourceFile } from "#adapters/files/source-file.ts";
import { readTargetFile } from "#adapters/files/target-file.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { LintInput } from "#engine/lint/context.ts";
import type { Finding } from "#engine/lint/finding.ts";
import { isBlocking, lintPlan } from "#engine/lint/index.ts";
import { printable } from "./columns.ts";
import { type Command, EXIT_OK, type Terminal, UsageError } from "./command.ts";
import { choiceFlag, type FlagValues, readFlags, requiredFlag } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const LINT_FLAGS = ["plan", "orgs", "people", "targets", "facts", "format"] as const;
type LintFlag = (typeof LINT_FLAGS)[number];

const EXIT_BLOCKED = 1;

export const lintCommand: Command = {
  summary: "tell what is unwise in a valid plan",
  usage: `laurel lint --plan plan.yaml [--orgs orgs.csv] [--people people.csv] [--targets targets.csv] [--facts facts.csv] [--format text|json]

  --orgs, --people, --targets  who and what the plan is for: with them places, roles and targets are looked at too
  --facts                      sample facts, such as last year's: conditions are tried on them
  --format                     text: one finding on a line, what blocks first (default)
                               json: one document {plan, blocks, warns, findings}

Exit code 0: nothing blocks; 1: a finding blocks the activation of the plan; 2: the input is wrong, one line for each
problem on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, LINT_FLAGS);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["text", "json"]);
    requiredFlag(values, "plan");
    if (values.get("people") !== undefined && values.get("orgs") === undefined) {
      throw new UsageError("--people needs --orgs: people are looked at in their units");
    }
    return reportingProblems(terminal, format === "json", () => {
      const { input, placeOf } = readInput(values, terminal);
      const findings = lintPlan(input);
      const blocking = findings.filter(isBlocking).length;
      terminal.out(
        format === "json"
          ? `${JSON.stringify(lintDocument(input.plan.id, findings, placeOf), null, 2)}\n`
          : lintText(input.plan.id, findings, placeOf),
      );
      return blocking > 0 ? EXIT_BLOCKED : EXIT_OK;
    });
  },
};

/** Reads the files that were given and checks each against the others. */
function readInput(
  values: FlagValues<LintFlag>,
  terminal: Terminal,
): { input: LintInput; placeOf: PlanFile["placeOf"] } {
  const problems: Problem[] = [];
  const read = <T extends { readonly problems: readonly Problem[] }>(
    flag: LintFlag,
    reader: (file: SourceFile) => T,
  ): T | undefined => {
    const path = values.get(flag);
    if (path === undefined) return undefined;
    const file = loadFile(terminal.resolve(path));
    if ("code" in file) {
      problems.push(file);
      return undefined;
    }
    const result = reader(file);
    problems.push(...result.problems);
    return result;
  };
  const planFile = read("plan", readPlanFile);
  const plan = planFile?.plan;
  const orgs = read("orgs", readOrgFile);
  const people = read("people", (file) => readPeopleFile(file, { units: orgs?.units ?? [], unitIds: orgs?.unitIds }));
  const subjects =
    orgs?.unitIds && people?.participantIds ? new Set([...orgs.unitIds, ...people.participantIds]) : undefined;
  const targets = read("targets", (file) => readTargetFile(file, { plan, subjects }));
  const facts = read("facts", (file) =>
    readFactFile(file, { zone: plan?.period.zone ?? "UTC", attributes: plan?.attributes ?? {} }),
  );
  if (problems.length > 0 || !plan || !planFile) {
    const name = basename(requiredFlag(values, "plan"));
    throw new Refusal("invalid", `${name} and its files have ${problems.length} problem(s)`, problems);
  }
  return {
    input: {
      plan,
      ...(orgs ? { units: orgs.units } : {}),
      ...(people ? { memberships: people.memberships } : {}),
      ...(targets ? { targets: targets.targets } : {}),
      ...(facts ? { facts: facts.facts } : {}),
    },
    placeOf: planFile.placeOf,
  };
}

/** For programs: each finding with its JSON pointer, and its line in the file. */
function lintDocument(plan: string, findings: readonly Finding[], placeOf: PlanFile["placeOf"]) {
  const blocks = findings.filter(isBlocking).length;
  return {
    plan,
    blocks,
    warns: findings.length - blocks,
    findings: findings.map((finding) => ({ ...finding, place: placeOf(finding.path) })),
  };
}

function lintText(plan: string, findings: readonly Finding[], placeOf: PlanFile["placeOf"]): string {
  const blocks = findings.filter(isBlocking).length;
  const lines = findings.map(
    ({ path, severity, code, message, mend }) => `${placeOf(path)}: ${severity}: ${message} (${code}; mend: ${mend})`,
  );
  return `${[...lines, `${plan}: ${blocks} block, ${findings.length - blocks} warn`].map(printable).join("\n")}\n`;
}

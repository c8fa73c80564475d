import { readPlanFile } from "#adapters/files/plan-file.ts";
import { loadFile } from "#adapters/files/source-file.ts";
import { grouped } from "#app/statements/explain-step.ts";
import { formatMoney } from "#domain/money.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { Refusal } from "#domain/problem.ts";
import { type MaximumLiability, maximumLiability } from "#engine/liability.ts";
import { textTable } from "./columns.ts";
import { type Command, EXIT_OK } from "./command.ts";
import { choiceFlag, readFlags, requiredFlag } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

export const validateCommand: Command = {
  summary: "check a plan, and tell the most it can cost",
  usage: `laurel validate --plan plan.yaml [--format table|json]

Exit code 0: the plan can be computed; 2: it cannot, one line for each problem on stderr (and {problems} with json).
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, ["plan", "format"]);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["table", "json"]);
    const path = terminal.resolve(requiredFlag(values, "plan"));
    return reportingProblems(terminal, format === "json", () => {
      const plan = readPlan(path);
      const liability = maximumLiability(plan);
      terminal.out(
        format === "json"
          ? `${JSON.stringify({ plan: plan.id, maximumLiability: liability }, null, 2)}\n`
          : liabilityText(plan, liability),
      );
      return EXIT_OK;
    });
  },
};

function readPlan(path: string): Plan {
  const file = loadFile(path);
  const { plan, problems } = "code" in file ? { plan: undefined, problems: [file] } : readPlanFile(file);
  if (!plan) throw new Refusal("invalid", `the plan has ${problems.length} problem(s)`, problems);
  return plan;
}

function liabilityText(plan: Plan, { byReward, boundedMinor, totalMinor, exceededBudgets }: MaximumLiability): string {
  const money = (amountMinor: number) => grouped(formatMoney(amountMinor, plan.currency));
  const columns = [
    { title: "reward", align: "left" },
    { title: `at most, ${plan.currency}`, align: "right" },
    { title: "", align: "left" },
  ] as const;
  const rows = byReward.map(({ reward, amountMinor, unboundedBecause }) => [
    reward,
    amountMinor === undefined ? "no bound" : money(amountMinor),
    unboundedBecause ?? "",
  ]);
  const total = totalMinor === undefined ? ["all bounded", money(boundedMinor)] : ["all", money(totalMinor)];
  const exceeded = exceededBudgets.map(
    ({ budget, amountMinor, liabilityMinor }) =>
      `budget ${budget} of ${money(amountMinor)} can be exceeded: its rewards can cost ${liabilityMinor === undefined ? "any amount" : money(liabilityMinor)}\n`,
  );
  return `${plan.id}: the plan has no problems. The most it can cost:\n\n${textTable(columns, [...rows, total])}${exceeded.join("")}`;
}

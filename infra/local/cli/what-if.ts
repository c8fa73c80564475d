import { basename } from "node:path";
import * as z from "zod";
import { readCampaignFiles } from "#adapters/files/campaign-files.ts";
import type { NextStep, Outlook } from "#app/asking/outlook.ts";
import { instantOfQuestion } from "#app/asking/question.ts";
import { type WhatIf, whatIf } from "#app/asking/what-if.ts";
import { attributeValueSchema } from "#domain/fact.ts";
import { planInstants } from "#domain/plan/check.ts";
import { Refusal } from "#domain/problem.ts";
import { CAMPAIGN_FLAGS, CAMPAIGN_USAGE } from "./campaign-flags.ts";
import { printable, textTable } from "./columns.ts";
import { type Command, EXIT_OK, UsageError } from "./command.ts";
import { choiceFlag, type FlagValues, readFlags, requiredFlag } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

const FLAGS = [
  ...CAMPAIGN_FLAGS,
  "participant",
  "sales",
  "amount",
  "at",
  "quantity",
  "product",
  "channel",
  "attributes",
  "format",
] as const;
type WhatIfFlag = (typeof FLAGS)[number];

export const whatIfCommand: Command = {
  summary: "what a person would get with more sales",
  usage: `laurel what-if --participant <id> --sales <number> --amount <decimal> --at <instant>
               [--quantity <decimal>] [--product <name>] [--channel <name>] [--attributes <json>]
               ${CAMPAIGN_USAGE} [--format text|json]

  --at       when they occur: an instant with an offset, or a date and time in the plan's zone
  --product, --channel, --quantity, --attributes
             what is not said is taken from the person's latest sale that counts; attributes as {"entry":"app"}
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, FLAGS);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const format = choiceFlag(values, "format", ["text", "json"]);
    const pathOf = (flag: WhatIfFlag) => terminal.resolve(requiredFlag(values, flag));
    const question = {
      participantId: requiredFlag(values, "participant"),
      sales: numberFlag(values, "sales"),
      amount: requiredFlag(values, "amount"),
      at: requiredFlag(values, "at"),
      quantity: values.get("quantity"),
      product: values.get("product"),
      channel: values.get("channel"),
      attributes: attributesFlag(values),
    };
    return reportingProblems(terminal, format === "json", () => {
      const targets = pathOf("targets");
      const inputs = readCampaignFiles({
        plan: pathOf("plan"),
        orgs: pathOf("orgs"),
        people: pathOf("people"),
        targets,
        facts: pathOf("facts"),
      });
      const { plan, units, memberships, facts, placeInPlan } = inputs;
      const text = values.get("as-of");
      const asOf =
        text === undefined ? planInstants(plan).cutOff : instantOfQuestion(text, plan.period.zone, "--as-of");
      const answer = withPlaces(
        () => whatIf({ plan, units, memberships, targets: inputs.targets, facts, asOf }, question),
        (path) => flagOf(path) ?? (path.startsWith("targets/") ? basename(targets) : placeInPlan(path)),
      );
      terminal.out(format === "json" ? `${JSON.stringify(answer, null, 2)}\n` : whatIfText(answer));
      return EXIT_OK;
    });
  },
};

function numberFlag(values: FlagValues<WhatIfFlag>, name: WhatIfFlag): number {
  const text = requiredFlag(values, name);
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} ${text}: use a whole number`);
  return Number(text);
}

function attributesFlag(values: FlagValues<WhatIfFlag>) {
  const text = values.get("attributes");
  if (text === undefined) return undefined;
  const read = z.record(z.string(), attributeValueSchema).safeParse(jsonOf(text));
  if (!read.success) throw new UsageError(`--attributes ${text}: use JSON such as {"entry":"app"}`);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The engine speaks of fields and plans; who typed flags is told which. */
function withPlaces<T>(work: () => T, placeOf: (path: string) => string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: placeOf(problem.path) }));
    throw new Refusal(error.kind, error.message, problems);
  }
}

function flagOf(path: string): string | undefined {
  if (path.startsWith("--")) return path;
  const field = path.split("/")[1];
  if (field === "participantId") return "--participant";
  return FLAGS.some((flag) => flag === field) ? `--${field}` : undefined;
}

function whatIfText(answer: WhatIf): string {
  const { supposed, name, participantId, currency, total, rewards } = answer;
  const attributes = Object.entries(supposed.attributes).map(([key, value]) => `${key} ${value}`);
  const alike = [supposed.product, supposed.channel, ...attributes].join(", ");
  const notCounted = Object.entries(supposed.notCounted).map(([reason, count]) => `${count} not: ${reason}`);
  const rows = rewards.map(({ reward, slice, subject, before, after, amount }) => [
    slice === undefined ? reward : `${reward} ${slice}`,
    subject?.id ?? "",
    before.value ?? "",
    after.value ?? "",
    placeOf(before),
    placeOf(after),
    amount.before,
    amount.after,
    amount.difference,
  ]);
  const columns = [
    { title: "reward", align: "left" },
    { title: "looks at", align: "left" },
    { title: "value now", align: "right" },
    { title: "then", align: "right" },
    { title: "place now", align: "right" },
    { title: "then", align: "right" },
    { title: `amount now, ${currency}`, align: "right" },
    { title: "then", align: "right" },
    { title: "difference", align: "right" },
  ] as const;
  const next = rewards.flatMap(({ reward, before, after }) => [
    ...before.next.map((step) => nextText(reward, "now", step)),
    ...after.next.map((step) => nextText(reward, "then", step)),
  ]);
  return [
    printable(
      `${name} (${participantId}) with ${supposed.sales} more of ${supposed.amount} ${currency} at ${supposed.at} (${alike}), as of ${answer.asOf}`,
    ),
    `\n${[`${supposed.counted} of them would count`, ...notCounted].join("; ")}\n\n`,
    textTable(columns, [...rows, ["all", "", "", "", "", "", total.before, total.after, total.difference]]),
    ...(next.length === 0 ? [] : [`\nFor the next step\n${next.join("")}`]),
  ].join("");
}

function placeOf({ rank, of }: Outlook): string {
  return rank === undefined ? "" : `${rank} of ${of ?? rank}`;
}

function nextText(
  reward: string,
  when: string,
  { toward, subject, measure, missing, target, place }: NextStep,
): string {
  const goal = { gate: "gate", target: "target", milestone: "milestone", place: "place", prize: "a prize" }[toward];
  const which = [goal, ...(place === undefined ? [] : [String(place)]), ...(target === undefined ? [] : [target])];
  return `  ${reward}, ${when}: ${which.join(" ")} needs ${missing} more ${measure} of ${subject}\n`;
}

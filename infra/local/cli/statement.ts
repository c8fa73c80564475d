import type { CampaignInputs } from "#adapters/files/campaign-files.ts";
import { namesOf } from "#app/statements/names.ts";
import { planWords } from "#app/statements/plan-words.ts";
import { statementText } from "#app/statements/statement-text.ts";
import { LANGUAGES } from "#app/statements/texts/texts.ts";
import { addExact } from "#domain/decimal.ts";
import type { Payee, Settlement } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { Directory } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import type { Statement } from "#domain/run.ts";
import { formatInZone } from "#domain/time.ts";
import { CAMPAIGN_FLAGS, CAMPAIGN_USAGE, settleFiles } from "./campaign-flags.ts";
import { type Command, EXIT_OK } from "./command.ts";
import { choiceFlag, readFlags, requiredFlag } from "./flags.ts";
import { reportingProblems } from "./problem-report.ts";

export const statementCommand: Command = {
  summary: "print what one person or unit is awarded, and why",
  usage: `laurel statement --payee <id> ${CAMPAIGN_USAGE} [--lang en|zh]

  --payee    a participant or a unit
`,
  run(args, terminal) {
    const { help, values } = readFlags(args, [...CAMPAIGN_FLAGS, "payee", "lang"] as const);
    if (help) {
      terminal.out(`usage: ${this.usage}`);
      return EXIT_OK;
    }
    const lang = choiceFlag(values, "lang", LANGUAGES);
    const payeeId = requiredFlag(values, "payee");
    return reportingProblems(terminal, false, () => {
      const { inputs, settlement, asOf } = settleFiles(values, terminal);
      const directory = new Directory(inputs.units, inputs.memberships, inputs.plan.period.zone);
      const nameOf = namesOf(inputs.plan, directory, lang);
      const payee = payeeOf(payeeId, directory);
      const campaignName = (lang === "zh" ? inputs.plan.name.zh : undefined) ?? inputs.plan.name.en;
      const statement = statementOf(payee, nameOf("subject", payee.id), campaignName, inputs, asOf, settlement);
      terminal.out(statementText(statement, { lang, nameOf, plan: planWords(inputs.plan) }));
      return EXIT_OK;
    });
  },
};

function payeeOf(id: string, directory: Directory): Payee {
  if (directory.isKnown(id)) return { kind: "participant", id };
  if (directory.unit(id)) return { kind: "unit", id };
  throw new Refusal("invalid", "the payee is not known", [
    {
      code: "unknown-payee",
      path: "--payee",
      message: `${id} is neither a participant nor a unit of the files`,
      seen: id,
      mend: "use an id from people.csv or orgs.csv",
    },
  ]);
}

/** A statement before anything is posted: from the files alone. */
function statementOf(
  payee: Payee,
  name: string,
  campaignName: string,
  { plan }: CampaignInputs,
  asOf: number,
  settlement: Settlement,
): Statement {
  const isTheirs = (other: Payee) => other.kind === payee.kind && other.id === payee.id;
  const lines = settlement.lines.filter((line) => isTheirs(line.payee));
  const held = (settlement.held ?? []).filter((line) => isTheirs(line.payee));
  const components = (settlement.components ?? []).filter((line) => isTheirs(line.payee));
  const money = lines.filter(({ currency }) => !isBenefit(currency));
  const totalMinor = money.reduce((sum, { amount }) => addExact(sum, parseMoney(amount, plan.currency) ?? 0), 0);
  return {
    campaign: plan.id,
    campaignName,
    runId: "preview",
    resultHash: settlement.resultHash,
    asOf: formatInZone(asOf, plan.period.zone),
    provisional: true,
    payee,
    name,
    currency: plan.currency,
    total: formatMoney(totalMinor, plan.currency),
    lines,
    ...(held.length === 0 ? {} : { held }),
    ...(components.length === 0 ? {} : { components }),
    notAwarded: settlement.notAwarded.filter(({ subject }) => isTheirs(subject)),
    postings: [],
  };
}

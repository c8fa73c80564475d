import { grouped } from "#app/statements/explain-step.ts";
import { namesOf } from "#app/statements/names.ts";
import { addExact } from "#domain/decimal.ts";
import type { Line, Settlement } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import { printable, textTable } from "./columns.ts";

export interface AwardsContext {
  readonly plan: Plan;
  readonly units: readonly OrgUnit[];
  readonly memberships: readonly Membership[];
}

/** Lines of one reward that are printed; a commission to hundreds is for the JSON form. */
const SHOWN_LINES = 40;

/** A settlement for people: the awards of each reward, totals beside budgets, what became of the facts, warnings. */
export function awardsTable(settlement: Settlement, asOf: number, { plan, units, memberships }: AwardsContext): string {
  const directory = new Directory(units, memberships, plan.period.zone);
  const nameOf = namesOf(plan, directory, "en");
  const { last } = planInstants(plan);
  const unitOf = ({ payee }: Line) => {
    const unit =
      payee.kind === "unit" ? directory.unit(payee.id)?.parent : directory.membershipAt(payee.id, last)?.unit;
    return unit ? nameOf("subject", unit) : "";
  };
  const awards = plan.rewards.map((reward) => {
    const lines = settlement.lines.filter((line) => line.reward === reward.id).sort(byRank);
    const rows = lines
      .slice(0, SHOWN_LINES)
      .map((line) => [
        line.rank === undefined ? "" : String(line.rank),
        line.payee.id,
        nameOf("subject", line.payee.id),
        unitOf(line),
        withUnit(line),
      ]);
    const rest = lines.slice(SHOWN_LINES);
    const title = `${nameOf("reward", reward.id)} (${reward.id})\n`;
    if (lines.length === 0) return `${title}no award\n`;
    const restText = rest.length === 0 ? "" : `… and ${rest.length} more, ${sumsOf(rest)}\n`;
    return `${title}${textTable(AWARD_COLUMNS, rows)}${restText}`;
  });
  return [
    `${printable(plan.name.en)} (${plan.id}), as of ${formatInZone(asOf, plan.period.zone)}\n`,
    ...awards,
    totalsTable(settlement, plan),
    factsTable(settlement),
    ...(settlement.warnings.length === 0 ? [] : [warningsText(settlement)]),
    `input  ${settlement.inputHash}\nresult ${settlement.resultHash}\n`,
  ].join("\n");
}

const AWARD_COLUMNS = [
  { title: "place", align: "right" },
  { title: "payee", align: "left" },
  { title: "name", align: "left" },
  { title: "unit", align: "left" },
  { title: "amount", align: "right" },
] as const;

function byRank(a: Line, b: Line): number {
  return (a.rank ?? 0) - (b.rank ?? 0) || minorOf(b) - minorOf(a) || compareText(a.payee.id, b.payee.id);
}

function minorOf({ amount, currency }: Line): number {
  return parseMoney(amount, currency) ?? 0;
}

/** Money stands alone, a benefit in kind with what it is of. */
function withUnit({ amount, currency }: Pick<Line, "amount" | "currency">): string {
  return isBenefit(currency) ? `${grouped(amount)} ${currency}` : grouped(amount);
}

/** One sum for each unit that the lines are given in. */
function sumsOf(lines: readonly Line[]): string {
  return [...Map.groupBy(lines, ({ currency }) => currency)]
    .map(([currency, own]) => {
      const minor = own.reduce((sum, line) => addExact(sum, minorOf(line)), 0);
      return withUnit({ amount: formatMoney(minor, currency), currency });
    })
    .join(", ");
}

function totalsTable({ totals }: Settlement, plan: Plan): string {
  const rows = plan.rewards.map((reward) => {
    const { id } = reward;
    const total = { amount: totals.byReward[id] ?? "0", currency: unitOfPay(plan, reward) };
    const budgets = totals.budgets.filter((budget) =>
      plan.budgets.some((planned) => planned.id === budget.id && planned.rewards.includes(id)),
    );
    return [id, withUnit(total), budgets.map((budget) => budget.id).join(", "), "", "", ""];
  });
  const budgetRows = totals.budgets.map(({ id, amount, used, left }) => [
    "",
    "",
    id,
    grouped(amount),
    grouped(used),
    grouped(left),
  ]);
  const columns = [
    { title: "reward", align: "left" },
    { title: `total ${plan.currency}`, align: "right" },
    { title: "budget", align: "left" },
    { title: "of", align: "right" },
    { title: "used", align: "right" },
    { title: "left", align: "right" },
  ] as const;
  return `Totals\n${textTable(columns, [...rows, ["all", grouped(totals.all), "", "", "", ""], ...budgetRows])}`;
}

function factsTable({ totals: { facts } }: Settlement): string {
  const rows = [
    ["counted", facts.counted],
    ["cancelled", facts.cancelled],
    ...Object.entries(facts.notCounted).map(([reason, count]) => [`not counted: ${reason}`, count] as const),
    ...Object.entries(facts.held).map(([reason, count]) => [`held: ${reason}`, count] as const),
    ["known", facts.known],
  ] as const;
  const columns = [
    { title: "facts", align: "left" },
    { title: "number", align: "right" },
  ] as const;
  return textTable(
    columns,
    rows.map(([name, count]) => [name, grouped(String(count))]),
  );
}

function warningsText({ warnings }: Settlement): string {
  return warnings
    .map(({ code, message, blocks }) => printable(`warning ${code}${blocks ? " (blocks approval)" : ""}: ${message}`))
    .map((line) => `${line}\n`)
    .join("");
}

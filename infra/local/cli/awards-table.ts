import { grouped } from "#app/statements/explain-step.ts";
import { namesOf } from "#app/statements/names.ts";
import { addExact } from "#domain/decimal.ts";
import type { HeldLine, Line, Settlement } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { Directory, type Membership, type OrgUnit } from "#domain/org.ts";
import { planInstants } from "#domain/plan/check.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import { unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { formatInZone } from "#domain/time.ts";
import { printable, type TextColumn, textTable } from "./columns.ts";

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
  const ofReward = (reward: string, lines: readonly HeldLine[]): string[] => {
    const own = lines.filter((line) => line.reward === reward).sort(byRank);
    if (own.length === 0) return [];
    const columns = COLUMNS.filter(({ only }) => only === undefined || own.some(only));
    const rows = own.slice(0, SHOWN_LINES).map((line) => {
      const seen = { line, name: nameOf("subject", line.payee.id), unit: unitOf(line) };
      return columns.map(({ of }) => of(seen));
    });
    const rest = own.slice(SHOWN_LINES);
    const restText = rest.length === 0 ? "" : `… and ${rest.length} more, ${sumsOf(rest)}\n`;
    return [`${textTable(columns, rows)}${restText}`];
  };
  const { lines, held = [], components = [] } = settlement;
  const titleOf = ({ id }: Reward) => `${nameOf("reward", id)} (${id})\n`;
  const awards = plan.rewards
    .filter(({ component }) => component !== true)
    .map((reward) => {
      const [table = held.some((line) => line.reward === reward.id) ? "nothing is due yet\n" : "no award\n"] = ofReward(
        reward.id,
        lines,
      );
      return `${titleOf(reward)}${table}`;
    });
  const beside = (title: string, besides: readonly HeldLine[]) => {
    const tables = plan.rewards.flatMap((reward) =>
      ofReward(reward.id, besides).map((table) => `${titleOf(reward)}${table}`),
    );
    return tables.length === 0 ? [] : [`${title}\n\n${tables.join("\n")}`];
  };
  return [
    `${printable(plan.name.en)} (${plan.id}), as of ${formatInZone(asOf, plan.period.zone)}\n`,
    ...awards,
    ...beside("Held: earned and not due yet", held),
    ...beside("Components: counted by other rewards, not paid themselves", components),
    totalsTable(settlement, plan),
    factsTable(settlement),
    ...(settlement.warnings.length === 0 ? [] : [warningsText(settlement)]),
    `input  ${settlement.inputHash}\nresult ${settlement.resultHash}\n`,
  ].join("\n");
}

interface Seen {
  readonly line: HeldLine;
  readonly name: string;
  readonly unit: string;
}

interface AwardColumn extends TextColumn {
  readonly of: (seen: Seen) => string;
  /** The column is left out unless this holds of a line. */
  readonly only?: (line: HeldLine) => boolean;
}

const COLUMNS: readonly AwardColumn[] = [
  { title: "slice", align: "left", of: ({ line }) => line.slice ?? "", only: ({ slice }) => slice !== undefined },
  { title: "place", align: "right", of: ({ line }) => (line.rank === undefined ? "" : String(line.rank)) },
  { title: "payee", align: "left", of: ({ line }) => line.payee.id },
  { title: "name", align: "left", of: ({ name }) => name },
  { title: "unit", align: "left", of: ({ unit }) => unit },
  { title: "part", align: "left", of: ({ line }) => line.part ?? "", only: ({ part }) => part !== undefined },
  { title: "due", align: "left", of: ({ line }) => line.due ?? "", only: ({ due }) => due !== undefined },
  { title: "amount", align: "right", of: ({ line }) => withUnit(line) },
];

function byRank(a: Line, b: Line): number {
  return (
    compareText(a.slice ?? "", b.slice ?? "") ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    minorOf(b) - minorOf(a) ||
    compareText(a.payee.id, b.payee.id) ||
    compareText(a.part ?? "", b.part ?? "")
  );
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
  const heldRow = totals.held === undefined ? [] : [["held, not in all", grouped(totals.held), "", "", "", ""]];
  const columns = [
    { title: "reward", align: "left" },
    { title: `total ${plan.currency}`, align: "right" },
    { title: "budget", align: "left" },
    { title: "of", align: "right" },
    { title: "used", align: "right" },
    { title: "left", align: "right" },
  ] as const;
  return `Totals\n${textTable(columns, [...rows, ["all", grouped(totals.all), "", "", "", ""], ...heldRow, ...budgetRows])}`;
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

/**
 * The Jiangxi 2018 travel-insurance campaign, computed straight from its CSV texts.
 *
 * This is the second opinion the tests compare the engine with. It shares no code with the product and knows no plan
 * language: the rules of this one campaign are written out below, in the order in which a person would apply them with
 * a spreadsheet. It prefers being obvious to being fast. All money is whole fen in bigints.
 */
import { parse } from "csv-parse/sync";

export interface JiangxiInput {
  readonly orgs: string;
  readonly people: string;
  readonly targets: string;
  readonly facts: string;
  /** Only rows recorded at or before this instant are known; by default the end of the late window. */
  readonly asOf?: string;
}

export interface JiangxiLine {
  readonly reward: Reward;
  readonly payee: { readonly kind: "participant" | "unit"; readonly id: string };
  readonly amount: string;
  readonly rank?: number;
}

/** What became of every row, so that the numbers add up: `rows` is the sum of the next five, `facts` of all others. */
export interface JiangxiCounts {
  rows: number;
  recordedAfterAsOf: number;
  duplicates: number;
  conflicts: number;
  superseded: number;
  facts: number;
  counted: number;
  cancelled: number;
  outsidePeriod: number;
  otherCurrency: number;
  unknownParticipant: number;
  otherProduct: number;
  otherChannel: number;
  otherEntry: number;
}

export interface BranchStanding {
  readonly unit: string;
  readonly premium: string;
  readonly startReachedAt?: string;
  readonly budgetReachedAt?: string;
}

export interface JiangxiResult {
  readonly asOf: string;
  readonly lines: JiangxiLine[];
  readonly totals: Record<Reward, string>;
  readonly counts: JiangxiCounts;
  /** Every branch of the organisation, in the order of its file. */
  readonly branches: BranchStanding[];
}

type Reward = "commission" | "branch-ranking" | "speed-award" | "personal-award";
type Row = Record<string, string>;

interface Unit {
  readonly parent: string;
  readonly level: string;
}

interface Membership {
  readonly participant: string;
  readonly unit: string;
  readonly role: string;
  readonly from: number;
  readonly to: number;
}

interface Sale {
  readonly source: string;
  readonly externalId: string;
  readonly participant: string;
  readonly occurredAt: number;
  readonly fen: bigint;
}

interface Payment {
  readonly reward: Reward;
  readonly kind: "participant" | "unit";
  readonly id: string;
  readonly fen: bigint;
  readonly rank?: number;
}

const PERIOD_START = instant("2018-05-01T00:00:00+08:00");
const PERIOD_END = instant("2018-11-01T00:00:00+08:00");
const LAST_INSTANT = PERIOD_END - 1;
const END_OF_LATE_WINDOW = "2018-11-16T00:00:00+08:00";

const PROVINCE = "jiangxi";
const BRANCH_RANKING_MINIMUM = yuan(100_000);
const BRANCH_RANKING_PRIZE = yuan(8_000);
const BRANCH_RANKING_PLACES = 10;
const SPEED_PRIZES = [yuan(10_000), yuan(8_000), yuan(6_000)];
/** Doubled, so that the staff coefficient of 0.5 is a whole number. */
const SPEED_WEIGHTS = new Map([
  ["sales-manager", 2n],
  ["sales-staff", 1n],
]);
const PERSONAL_MINIMUM = yuan(10_000);
const PERSONAL_PRIZES = [
  yuan(5_000),
  yuan(4_000),
  yuan(3_000),
  ...Array.from({ length: 12 }, () => yuan(2_000)),
  ...Array.from({ length: 20 }, () => yuan(1_000)),
];

export function settleJiangxi(input: JiangxiInput): JiangxiResult {
  const asOf = input.asOf ?? END_OF_LATE_WINDOW;
  const units = readUnits(input.orgs);
  const memberships = readMemberships(input.people);
  const targets = readTargets(input.targets);
  const known = new Set(memberships.map((membership) => membership.participant));
  const { sales, counts } = countedSales(rowsOf(input.facts), instant(asOf), known);

  const membershipAt = (participant: string, at: number): Membership | undefined =>
    memberships.find((row) => row.participant === participant && row.from <= at && at < row.to);
  const ancestry = (unit: string): string[] => (unit === "" ? [] : [unit, ...ancestry(units.get(unit)?.parent ?? "")]);
  const branchOf = (unit: string): string | undefined => ancestry(unit).find((id) => units.get(id)?.level === "branch");
  const isInProvince = (unit: string): boolean => ancestry(unit).includes(PROVINCE);

  // A sale belongs to the branch in which its seller was when it happened; the seller keeps it through every move.
  const branches = [...units].filter(([, unit]) => unit.level === "branch").map(([id]) => id);
  const salesOfBranch = new Map<string, Sale[]>(branches.map((branch) => [branch, []]));
  const salesOfParticipant = new Map<string, Sale[]>();
  for (const sale of sales) {
    const unit = membershipAt(sale.participant, sale.occurredAt)?.unit;
    const branch = unit === undefined ? undefined : branchOf(unit);
    if (branch !== undefined) salesOfBranch.get(branch)?.push(sale);
    const own = salesOfParticipant.get(sale.participant) ?? [];
    salesOfParticipant.set(sale.participant, [...own, sale]);
  }
  const salesIn = (branch: string): Sale[] => salesOfBranch.get(branch) ?? [];
  const reach = (branch: string, label: string): Sale | undefined => {
    const target = targets.get(`${branch}/${label}`);
    return target === undefined ? undefined : firstReaching(salesIn(branch), target);
  };

  const payments: Payment[] = [];

  // Commission: 35 % of each counted sale, rounded half up to the fen sale by sale.
  for (const [id, own] of salesOfParticipant) {
    const fen = own.reduce((sum, sale) => sum + (sale.fen * 35n + 50n) / 100n, 0n);
    payments.push({ reward: "commission", kind: "participant", id, fen });
  }

  // National branch ranking: the first ten of all branches with 100,000 or more.
  ranked(salesOfBranch, BRANCH_RANKING_MINIMUM)
    .slice(0, BRANCH_RANKING_PLACES)
    .forEach((id, index) => {
      payments.push({ reward: "branch-ranking", kind: "unit", id, fen: BRANCH_RANKING_PRIZE, rank: index + 1 });
    });

  // Speed award: the order of reaching the budget target, then of reaching the starting target, for three places.
  const racers = branches.filter(isInProvince);
  const places = [...inOrderOfReach(racers, "budget", reach), ...inOrderOfReach(racers, "start", reach)];
  for (const [index, branch] of [...new Set(places)].slice(0, SPEED_PRIZES.length).entries()) {
    const prize = SPEED_PRIZES[index] ?? 0n;
    const department = memberships.flatMap((row) => {
      const weight = SPEED_WEIGHTS.get(row.role);
      const onFile = row.from <= LAST_INSTANT && LAST_INSTANT < row.to && branchOf(row.unit) === branch;
      return onFile && weight !== undefined ? [{ id: row.participant, weight }] : [];
    });
    const rank = index + 1;
    if (department.length === 0) payments.push({ reward: "speed-award", kind: "unit", id: branch, fen: prize, rank });
    for (const { id, fen } of shared(prize, department)) {
      payments.push({ reward: "speed-award", kind: "participant", id, fen, rank });
    }
  }

  // Personal award: agents of the province whose branch, as of the last instant, reached its starting target.
  const takesPart = ([participant]: [string, Sale[]]): boolean => {
    const last = membershipAt(participant, LAST_INSTANT);
    if (last === undefined || last.role !== "agent" || !isInProvince(last.unit)) return false;
    const branch = branchOf(last.unit);
    return branch !== undefined && reach(branch, "start") !== undefined;
  };
  ranked([...salesOfParticipant].filter(takesPart), PERSONAL_MINIMUM)
    .slice(0, PERSONAL_PRIZES.length)
    .forEach((id, index) => {
      const fen = PERSONAL_PRIZES[index] ?? 0n;
      payments.push({ reward: "personal-award", kind: "participant", id, fen, rank: index + 1 });
    });

  return {
    asOf,
    lines: payments
      .filter((payment) => payment.fen !== 0n)
      .map(lineOf)
      .sort(byRewardAndPayee),
    totals: {
      commission: totalOf(payments, "commission"),
      "branch-ranking": totalOf(payments, "branch-ranking"),
      "speed-award": totalOf(payments, "speed-award"),
      "personal-award": totalOf(payments, "personal-award"),
    },
    counts,
    branches: branches.map((unit) => {
      const start = reach(unit, "start");
      const budget = reach(unit, "budget");
      return {
        unit,
        premium: formatFen(sumOf(salesIn(unit))),
        ...(start && { startReachedAt: shanghai(start.occurredAt) }),
        ...(budget && { budgetReachedAt: shanghai(budget.occurredAt) }),
      };
    }),
  };
}

/** The sales that count as of an instant, ordered by when they happened, then by source and external id. */
function countedSales(rows: Row[], asOf: number, known: Set<string>): { sales: Sale[]; counts: JiangxiCounts } {
  const counts: JiangxiCounts = {
    rows: rows.length,
    recordedAfterAsOf: 0,
    duplicates: 0,
    conflicts: 0,
    superseded: 0,
    facts: 0,
    counted: 0,
    cancelled: 0,
    outsidePeriod: 0,
    otherCurrency: 0,
    unknownParticipant: 0,
    otherProduct: 0,
    otherChannel: 0,
    otherEntry: 0,
  };
  const recorded = rows.filter((row) => instant(cell(row, "recorded_at")) <= asOf);
  counts.recordedAfterAsOf = rows.length - recorded.length;
  // The sort is stable, so rows recorded at the same instant keep the order of the file.
  recorded.sort((a, b) => instant(cell(a, "recorded_at")) - instant(cell(b, "recorded_at")));

  const versions = new Map<string, Row>();
  const latest = new Map<string, Row>();
  for (const row of recorded) {
    const identity = JSON.stringify([cell(row, "source"), cell(row, "external_id")]);
    const version = Number(cell(row, "version"));
    const first = versions.get(`${identity}${version}`);
    if (first !== undefined) {
      // A redelivery says the same again; anything else under the same version is a conflict. The first one stays.
      counts[contentOf(first) === contentOf(row) ? "duplicates" : "conflicts"] += 1;
      continue;
    }
    versions.set(`${identity}${version}`, row);
    const current = latest.get(identity);
    if (current === undefined || version > Number(cell(current, "version"))) latest.set(identity, row);
  }
  counts.facts = latest.size;
  counts.superseded = versions.size - latest.size;

  const sales: Sale[] = [];
  for (const row of latest.values()) {
    const fate = fateOf(row, known);
    counts[fate] += 1;
    if (fate !== "counted") continue;
    sales.push({
      source: cell(row, "source"),
      externalId: cell(row, "external_id"),
      participant: cell(row, "participant_id"),
      occurredAt: instant(cell(row, "occurred_at")),
      fen: parseFen(cell(row, "amount")),
    });
  }
  return { sales: sales.sort(byOccurrence), counts };
}

type Fate = Exclude<
  keyof JiangxiCounts,
  "rows" | "recordedAfterAsOf" | "duplicates" | "conflicts" | "superseded" | "facts"
>;

/** Whether the state of a fact counts, or else the first reason why it does not. */
function fateOf(row: Row, known: Set<string>): Fate {
  const occurredAt = instant(cell(row, "occurred_at"));
  if (cell(row, "status") === "cancelled") return "cancelled";
  if (occurredAt < PERIOD_START || occurredAt >= PERIOD_END) return "outsidePeriod";
  if (cell(row, "currency") !== "CNY") return "otherCurrency";
  if (!known.has(cell(row, "participant_id"))) return "unknownParticipant";
  if (cell(row, "kind") !== "sale" || !["LAY", "LAI"].includes(cell(row, "product"))) return "otherProduct";
  if (cell(row, "channel") !== "individual") return "otherChannel";
  if (cell(row, "entry") !== "app") return "otherEntry";
  return "counted";
}

/** The sale with which the running sum first stood at or above a threshold. */
function firstReaching(sales: Sale[], threshold: bigint): Sale | undefined {
  let sum = 0n;
  return sales.find((sale) => {
    sum += sale.fen;
    return sum >= threshold;
  });
}

function inOrderOfReach(
  branches: string[],
  label: string,
  reach: (branch: string, label: string) => Sale | undefined,
): string[] {
  return branches
    .flatMap((branch) => {
      const sale = reach(branch, label);
      return sale === undefined ? [] : [{ branch, sale }];
    })
    .sort((a, b) => byOccurrence(a.sale, b.sale))
    .map(({ branch }) => branch);
}

/** Subjects with at least a minimum, by premium; equals by who first stood at the final value, then by id. */
function ranked(salesOfSubject: Iterable<[string, Sale[]]>, minimum: bigint): string[] {
  return [...salesOfSubject]
    .map(([id, sales]) => {
      const premium = sumOf(sales);
      return { id, premium, reachedAt: firstReaching(sales, premium)?.occurredAt ?? 0 };
    })
    .filter(({ premium }) => premium >= minimum)
    .sort((a, b) => compare(b.premium, a.premium) || a.reachedAt - b.reachedAt || compare(a.id, b.id))
    .map(({ id }) => id);
}

/** Divides a prize by weight: everybody's whole fen first, the left-over fen to the largest remainders. */
function shared(prize: bigint, members: { id: string; weight: bigint }[]): { id: string; fen: bigint }[] {
  const weights = members.reduce((sum, member) => sum + member.weight, 0n);
  const parts = members.map(({ id, weight }) => ({
    id,
    fen: (prize * weight) / weights,
    remainder: (prize * weight) % weights,
  }));
  parts.sort((a, b) => compare(b.remainder, a.remainder) || compare(a.id, b.id));
  const leftOver = prize - parts.reduce((sum, part) => sum + part.fen, 0n);
  return parts.map(({ id, fen }, index) => ({ id, fen: BigInt(index) < leftOver ? fen + 1n : fen }));
}

function readUnits(text: string): Map<string, Unit> {
  return new Map(
    rowsOf(text).map((row) => [cell(row, "unit"), { parent: cell(row, "parent"), level: cell(row, "level") }]),
  );
}

function readMemberships(text: string): Membership[] {
  return rowsOf(text).map((row) => {
    const from = cell(row, "from");
    const to = cell(row, "to");
    return {
      participant: cell(row, "participant_id"),
      unit: cell(row, "unit"),
      role: cell(row, "role"),
      from: from === "" ? Number.NEGATIVE_INFINITY : instant(`${from}T00:00:00+08:00`),
      to: to === "" ? Number.POSITIVE_INFINITY : instant(`${to}T00:00:00+08:00`),
    };
  });
}

function readTargets(text: string): Map<string, bigint> {
  return new Map(
    rowsOf(text).map((row) => [`${cell(row, "subject")}/${cell(row, "label")}`, parseFen(cell(row, "value"))]),
  );
}

function rowsOf(text: string): Row[] {
  return parse<Row>(text, { columns: true, skip_empty_lines: true });
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`column ${column} is missing`);
  return value;
}

function contentOf(row: Row): string {
  return JSON.stringify({ ...row, recorded_at: "" });
}

function instant(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new Error(`${text} is not an instant`);
  return value;
}

/** An instant as Shanghai's clock shows it; the zone has kept +08:00 without summer time since 1991. */
function shanghai(at: number): string {
  const text = new Date(at + 8 * 3_600_000).toISOString();
  return `${text.replace(/(?:\.000)?Z$/, "")}+08:00`;
}

function parseFen(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new Error(`${text} is not an amount`);
  return BigInt(`${match[1]}${(match[2] ?? "").padEnd(2, "0")}`);
}

function formatFen(fen: bigint): string {
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function yuan(amount: number): bigint {
  return BigInt(amount) * 100n;
}

function sumOf(sales: Sale[]): bigint {
  return sales.reduce((sum, sale) => sum + sale.fen, 0n);
}

function totalOf(payments: Payment[], reward: Reward): string {
  return formatFen(payments.filter((payment) => payment.reward === reward).reduce((sum, { fen }) => sum + fen, 0n));
}

function lineOf({ reward, kind, id, fen, rank }: Payment): JiangxiLine {
  return { reward, payee: { kind, id }, amount: formatFen(fen), ...(rank !== undefined && { rank }) };
}

function byOccurrence(a: Sale, b: Sale): number {
  return a.occurredAt - b.occurredAt || compare(a.source, b.source) || compare(a.externalId, b.externalId);
}

function byRewardAndPayee(a: JiangxiLine, b: JiangxiLine): number {
  return compare(a.reward, b.reward) || compare(a.payee.kind, b.payee.kind) || compare(a.payee.id, b.payee.id);
}

/** Orders texts by code units and amounts by value. */
function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

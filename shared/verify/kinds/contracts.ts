import { type AdvanceReward, valueMeasure } from "#domain/plan/rewards/advance.ts";
import { addDuration } from "#domain/time.ts";
import type { Sale } from "../book.ts";
import { type Fraction, fraction, order, rounded } from "../exact.ts";
import { product } from "../fractions.ts";
import type { Reckoner } from "../reckon.ts";
import { labelOf } from "./pieces.ts";

/** One contract of one participant. */
export interface Contract {
  readonly id: string;
  readonly issue: Sale;
  /** Commission of its first months, rounded together. */
  readonly earnedBy: (months: number) => bigint;
  readonly advance: bigint;
  /** The instants at which its months are earned, as far as they are. */
  readonly months: readonly number[];
  readonly lapse: number | undefined;
}

/** The contracts that somebody has, with all that happens on them up to the cut-off. */
export function contractsOf(reckoner: Reckoner, reward: AdvanceReward, holder: string): Contract[] {
  const { instants, asOf } = reckoner;
  return issuesOf(reckoner, reward, holder)
    .filter(({ issue }) => issue.at < instants.end)
    .map(({ id, issue }): Contract => {
      const end = lapseOf(reckoner, reward, id, issue);
      const months = monthsOf(reckoner, reward, id, issue).filter(
        (at) => at <= asOf && at < instants.followUpEnd && at < (end ?? Infinity),
      );
      const lapse = end === undefined || end >= instants.followUpEnd ? undefined : end;
      return { id, issue, ...worthOf(reckoner, reward, issue), months, lapse };
    });
}

/** Facts above zero of the value measure that name no contract, which pay nothing. */
export function nameless(reckoner: Reckoner, reward: AdvanceReward, holder: string): readonly Sale[] {
  return reckoner.book
    .sales(valueMeasure(reward), "participant", holder)
    .filter((sale) => sale.value > 0n && labelOf(sale, reward.contract) === undefined);
}

/** A contract is issued by the first fact above zero that names it; a cancelled one is a fact too where that is a lapse. */
function issuesOf({ book }: Reckoner, reward: AdvanceReward, holder: string): { id: string; issue: Sale }[] {
  const measure = valueMeasure(reward);
  const standing = book.sales(measure, "participant", holder);
  const undone = reward.cancelled === "lapse" ? book.cancelledSales(measure, "participant", holder) : [];
  const named = [...standing, ...undone]
    .filter(({ value }) => value > 0n)
    .sort(inTime)
    .flatMap((issue) => {
      const id = labelOf(issue, reward.contract);
      return id === undefined ? [] : [{ id, issue }];
    });
  return named.filter(({ id }, index) => named.findIndex((other) => other.id === id) === index);
}

function worthOf(reckoner: Reckoner, reward: AdvanceReward, issue: Sale): Pick<Contract, "earnedBy" | "advance"> {
  const ofMonth = { over: 1n, under: "yearly" in reward.value ? 12n : 1n };
  const value = reckoner.measured(valueMeasure(reward), issue.value);
  const monthly = product(product(value, ofMonth), fraction(reward.rate));
  const unit = reckoner.money(reward.rounding.unit);
  const paid = ({ over, under }: Fraction) => {
    const minor = over * 10n ** BigInt(reckoner.book.moneyDigits);
    return unit * rounded({ over: minor, under: under * unit }, reward.rounding.mode);
  };
  const of = (months: number) => product(monthly, { over: BigInt(months), under: 1n });
  const { advance } = reward;
  const ahead = "months" in advance ? of(advance.months) : product(of(reward.months), fraction(advance.part));
  return { earnedBy: (months) => paid(of(months)), advance: paid(ahead) };
}

function monthsOf(reckoner: Reckoner, reward: AdvanceReward, id: string, issue: Sale): number[] {
  if (reward.earned === "payment") {
    const paid = about(reckoner, reward.payments ?? "", reward.contract, id).filter(({ value }) => value > 0n);
    return [...new Map(paid.map((sale) => [sale.key, sale.at])).values()]
      .filter((at) => at >= issue.at)
      .slice(0, reward.months);
  }
  const first = reward.earned === "monthStart" ? 0 : 1;
  return Array.from({ length: reward.months }, (_, index) =>
    addDuration(issue.at, `P${first + index}M`, reckoner.zone),
  ).filter((at) => at !== undefined);
}

/** The first of: what is reported at the issue or later, and when the issue was cancelled, which is no earlier. */
function lapseOf(reckoner: Reckoner, { lapses, contract }: AdvanceReward, id: string, issue: Sale): number | undefined {
  const reported = lapses === undefined ? [] : about(reckoner, lapses, contract, id).map(({ at }) => at);
  const undone = issue.cancelledAt === undefined ? [] : [Math.max(issue.at, issue.cancelledAt)];
  const ends = [...reported.filter((at) => at >= issue.at), ...undone];
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Counted facts about a contract, whoever they are credited to. */
function about({ book }: Reckoner, measure: string, attribute: string, id: string): Sale[] {
  return book.where.people
    .flatMap((person) => book.sales(measure, "participant", person))
    .filter((sale) => labelOf(sale, attribute) === id)
    .sort(inTime);
}

function inTime(a: Sale, b: Sale): number {
  return a.at - b.at || order(a.key, b.key);
}

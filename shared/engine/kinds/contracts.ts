import { addExact, parseRational } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import { planInstants } from "#domain/plan/check.ts";
import { type AdvanceReward, valueMeasure } from "#domain/plan/rewards/advance.ts";
import { compareText } from "#domain/text.ts";
import { addDuration } from "#domain/time.ts";
import type { Deciding } from "../award.ts";
import type { Rules } from "../rules.ts";
import type { Cancelled, Contribution, Standings } from "../standings.ts";
import { exact, fromMinor, roundedMinor, times } from "./exact.ts";

/** One contract of one participant. Minor units. */
export interface Contract {
  readonly id: string;
  readonly issue: Contribution;
  /** When its issue was cancelled, where that ends a contract. */
  readonly cancelledAt?: number;
  /** Commission of the first n months, rounded: of all months at `months`. */
  earnedBy(months: number): number;
  readonly advanceMinor: number;
}

/** Something that moves money on a contract. */
export interface ContractEvent {
  readonly at: number;
  readonly contract: Contract;
  readonly type: "issue" | "lapse" | "earn";
  /** Of an earned month: its number, from 1. */
  readonly month: number;
}

/**
 * All that happens on a participant's contracts up to a cut-off, in the order in which it counts: by instant; at one instant issues,
 * then lapses, then earned months; then by contract and month. From its lapse on a contract earns nothing.
 */
export function contractEvents(
  { rules, asOf }: Deciding,
  reward: AdvanceReward,
  { history, payments, lapses }: ContractFacts,
  participantId: string,
): ContractEvent[] {
  const { end, followUpEnd } = planInstants(rules.plan);
  const issued = contractsOf(rules, history, reward, participantId).filter(({ issue }) => issue.occurredAt < end);
  const events = issued.flatMap((contract): ContractEvent[] => {
    const lapsedAt = lapseOf(lapses, contract);
    const months = monthsOf(rules, payments, reward, contract).filter(
      (at) => at <= asOf && at < followUpEnd && (lapsedAt === undefined || at < lapsedAt),
    );
    return [
      { at: contract.issue.occurredAt, contract, type: "issue", month: 0 },
      ...months.map((at, index) => ({ at, contract, type: "earn", month: index + 1 }) as const),
      ...(lapsedAt === undefined || lapsedAt >= followUpEnd
        ? []
        : [{ at: lapsedAt, contract, type: "lapse", month: 0 } as const]),
    ];
  });
  return events.sort(
    (a, b) =>
      a.at - b.at || ORDER[a.type] - ORDER[b.type] || compareText(a.contract.id, b.contract.id) || a.month - b.month,
  );
}

const ORDER = { issue: 0, lapse: 1, earn: 2 } as const;

/** A contract is issued by its first fact above zero in the value measure; later ones change nothing. */
function contractsOf(rules: Rules, history: Standings, reward: AdvanceReward, participantId: string): Contract[] {
  const contracts = new Map<string, Contract>();
  for (const issue of issuesOf(history, reward, participantId)) {
    const id = issue.labels?.[reward.contract];
    if (id === undefined || issue.value <= 0 || contracts.has(id)) continue;
    contracts.set(id, contractOf(rules, reward, id, issue));
  }
  return [...contracts.values()];
}

type Issue = Contribution & Partial<Pick<Cancelled, "cancelledAt">>;

/** In time order; with those that were cancelled, where that is a lapse. */
function issuesOf(history: Standings, reward: AdvanceReward, participantId: string): Issue[] {
  const measure = valueMeasure(reward);
  const standing: readonly Issue[] = factsOf(history, measure, participantId);
  if (reward.cancelled === "void") return [...standing];
  return [...standing, ...(history.cancelled?.(measure, "participant", participantId) ?? [])].sort(inTime);
}

/** Whose contracts there are to follow. */
export function contractHolders(history: Standings, reward: AdvanceReward): string[] {
  const cancelled = reward.cancelled === "void" ? [] : (history.subjectsOfCancelled?.("participant") ?? []);
  return [...new Set([...history.subjects("participant"), ...cancelled])].sort(compareText);
}

function inTime(a: Contribution, b: Contribution): number {
  return a.occurredAt - b.occurredAt || compareFactKeys(a.fact, b.fact);
}

function contractOf(rules: Rules, reward: AdvanceReward, id: string, issue: Issue): Contract {
  const perMonth = { num: 1n, den: "yearly" in reward.value ? 12n : 1n };
  const monthly = times(times(fromMinor(rules, issue.value), perMonth), exact(reward.rate));
  const earnedBy = (months: number) =>
    roundedMinor(rules, times(monthly, { num: BigInt(months), den: 1n }), reward.rounding);
  const { advance, months } = reward;
  const part = "part" in advance ? parseRational(advance.part) : undefined;
  const advanceMinor =
    "months" in advance
      ? earnedBy(advance.months)
      : roundedMinor(
          rules,
          times(times(monthly, { num: BigInt(months), den: 1n }), part ?? { num: 0n, den: 1n }),
          reward.rounding,
        );
  const { cancelledAt } = issue;
  return { id, issue, earnedBy, advanceMinor, ...(cancelledAt === undefined ? {} : { cancelledAt }) };
}

/** When each month of a contract is earned, in order; at most as many as the contract has. */
function monthsOf(rules: Rules, payments: ByContract, reward: AdvanceReward, { id, issue }: Contract): number[] {
  if (reward.earned === "payment") {
    return (payments.get(id) ?? [])
      .filter(({ occurredAt, value }) => value > 0 && occurredAt >= issue.occurredAt)
      .slice(0, reward.months)
      .map(({ occurredAt }) => occurredAt);
  }
  const first = reward.earned === "monthStart" ? 0 : 1;
  return Array.from({ length: reward.months }, (_, index) =>
    addDuration(issue.occurredAt, `P${index + first}M`, rules.plan.period.zone),
  ).filter((at) => at !== undefined);
}

/** The first of: a lapse at or after the issue, the cancellation of the issue. */
function lapseOf(lapses: ByContract, { id, issue, cancelledAt }: Contract): number | undefined {
  const reported = lapses.get(id)?.find(({ occurredAt }) => occurredAt >= issue.occurredAt);
  // What was cancelled before it occurred lapses when it is issued.
  const undone = cancelledAt === undefined ? undefined : Math.max(issue.occurredAt, cancelledAt);
  const ends = [reported?.occurredAt, undone].filter((at) => at !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

type ByContract = ReadonlyMap<string, readonly Contribution[]>;

/** What is known about contracts beside who holds them. */
export interface ContractFacts {
  readonly history: Standings;
  readonly payments: ByContract;
  readonly lapses: ByContract;
}

export function contractFacts(history: Standings, reward: AdvanceReward): ContractFacts {
  const { contract, payments, lapses } = reward;
  return {
    history,
    payments: factsByContract(history, payments, contract),
    lapses: factsByContract(history, lapses, contract),
  };
}

/**
 * Facts about a contract count whoever they name: a lapse ends it for all who have a part in it. Once each, in time order; of a
 * shared fact its greatest part, so that it is above zero if anybody's part is.
 */
function factsByContract(history: Standings, measure: string | undefined, attribute: string): ByContract {
  const found = new Map<string, Map<string, Contribution>>();
  if (measure === undefined) return new Map();
  for (const participantId of history.subjects("participant"))
    for (const fact of factsOf(history, measure, participantId)) {
      const contract = fact.labels?.[attribute];
      if (contract === undefined) continue;
      const facts = found.get(contract) ?? new Map<string, Contribution>();
      const { value = fact.value } = facts.get(fact.fact) ?? {};
      found.set(contract, fact.value < value ? facts : facts.set(fact.fact, fact));
    }
  return new Map([...found].map(([contract, facts]) => [contract, [...facts.values()].sort(inTime)]));
}

function factsOf(history: Standings, measure: string, participantId: string): readonly Contribution[] {
  const facts = history.contributions(measure, "participant", participantId);
  if (!facts) throw new RangeError("an advance on contracts needs the single facts");
  return facts;
}

/** Facts of the value measure that name no contract. */
export function withoutContract(history: Standings, reward: AdvanceReward, participantId: string): number {
  return factsOf(history, valueMeasure(reward), participantId).filter(
    ({ labels, value }) => value > 0 && labels?.[reward.contract] === undefined,
  ).length;
}

/** What one event pays, and what it leaves open. */
export interface Movement {
  readonly event: ContractEvent;
  readonly advanced: number;
  readonly earned: number;
  readonly repaid: number;
  readonly chargedBack: number;
  readonly paid: number;
  /** What is open afterwards on the contracts on which it changed: with recovery `agent` also on others than the event's. */
  readonly open: ReadonlyMap<string, number>;
}

/** Follows the balances of a participant's contracts through the events. */
export function movementsOf(reward: AdvanceReward, events: readonly ContractEvent[]): Movement[] {
  // In the order of issue: the oldest is repaid first.
  const open = new Map<string, number>();
  return events.map((event) => movementOf(reward, open, event));
}

/** @param open what is open on each contract; moved on */
function movementOf(reward: AdvanceReward, open: Map<string, number>, event: ContractEvent): Movement {
  const { id, advanceMinor, earnedBy } = event.contract;
  const none = { event, advanced: 0, earned: 0, repaid: 0, chargedBack: 0 };
  switch (event.type) {
    case "issue":
      open.set(id, advanceMinor);
      return { ...none, advanced: advanceMinor, paid: advanceMinor, open: new Map([[id, advanceMinor]]) };
    case "lapse": {
      const chargedBack = reward.unearned === "chargeBack" ? (open.get(id) ?? 0) : 0;
      open.set(id, 0);
      return { ...none, chargedBack, paid: 0 - chargedBack, open: new Map([[id, 0]]) };
    }
    case "earn": {
      const earned = addExact(earnedBy(event.month), -earnedBy(event.month - 1));
      const left = repay(open, earned, reward.recovery === "agent" ? [id, ...open.keys()] : [id]);
      return { ...none, earned, repaid: earned - left.unused, paid: left.unused, open: left.open };
    }
  }
}

/** Takes from the balances in turn; says what is left to pay, and the balances that it changed. */
function repay(
  open: Map<string, number>,
  earned: number,
  order: readonly string[],
): { readonly unused: number; readonly open: ReadonlyMap<string, number> } {
  let unused = earned;
  const changed = new Map<string, number>();
  for (const id of order) {
    const before = open.get(id) ?? 0;
    const taken = Math.min(unused, before);
    if (taken === 0) continue;
    open.set(id, before - taken);
    changed.set(id, before - taken);
    unused -= taken;
  }
  return { unused, open: changed };
}

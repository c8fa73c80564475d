import type { Impact } from "#domain/approval.ts";
import type { Fact } from "#domain/fact.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import type { Line } from "#domain/line.ts";
import { formatMoney, isBenefit, parseMoney } from "#domain/money.ts";
import { WHOLE } from "#domain/part.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { sliceWindows } from "#domain/plan/slices.ts";
import { Refusal } from "#domain/problem.ts";
import type { RuleSources } from "#engine/rules.ts";
import { settle } from "#engine/settle.ts";
import { simulate } from "../asking/simulate-plan.ts";
import { storedFacts } from "../asking/stored-facts.ts";
import type { Deps } from "../deps.ts";

/** What a change of a running campaign does to whom; or why that cannot be told. */
export interface ToldImpact {
  readonly impact?: Impact;
  readonly impactNotTold?: string;
}

export interface AskedImpact {
  readonly campaign: string;
  /** As it is conducted now. */
  readonly before: Plan;
  readonly after: Plan;
  /** Facts recorded up to and including this instant are known: the same later comes to the same. */
  readonly asOf: string;
  /** What occurred before this instant is to mean the same; milliseconds since the epoch. */
  readonly effectiveFrom?: number;
}

type ImpactDeps = Pick<Deps, "plans" | "facts" | "ledger">;

/**
 * Settles both plans on the stored facts and tells who gains and who loses how much, and which of the lines that are posted already would change.
 *
 * @throws Refusal("invalid") when something that occurred before `effectiveFrom` would mean something else, "conflict" when that cannot be told
 */
export async function impactOf(deps: ImpactDeps, asked: AskedImpact): Promise<ToldImpact> {
  try {
    return { impact: await computedImpact(deps, asked) };
  } catch (error) {
    const isAsked = asked.effectiveFrom !== undefined;
    if (!(error instanceof Refusal) || isAsked) throw error;
    // Too many facts to answer at once, or plans that cannot be compared: whoever decides is told that nobody has looked.
    return { impactNotTold: error.message };
  }
}

async function computedImpact(deps: ImpactDeps, asked: AskedImpact): Promise<Impact> {
  const { campaign, before, after, asOf, effectiveFrom } = asked;
  const [units, people, targets, facts, balances] = await Promise.all([
    deps.plans.units(),
    deps.plans.allPeople(),
    deps.plans.targets(campaign),
    storedFacts(deps),
    deps.ledger.balances(campaign, WHOLE),
  ]);
  const memberships = people.flatMap((person) => person.memberships);
  const sources = { units, memberships, targets };
  const at = instantOf(asOf);
  const sides: Sides = { before: { ...sources, plan: before }, after: { ...sources, plan: after }, facts, at };
  if (effectiveFrom !== undefined) requireSameBefore(sides, effectiveFrom);
  const { simulationHash, currency, cost, payees } = simulate({
    inForce: { ...sides.before, facts },
    draft: { ...sides.after, facts },
    asOf: at,
  });
  const { winners, losers } = payees;
  return {
    asOf,
    simulationHash,
    currency,
    ...cost.all,
    winners: { count: winners.count, difference: winners.difference, top: winners.top },
    losers: { count: losers.count, difference: losers.difference, top: losers.top },
    posted: postedImpact(
      sides,
      new Set(balances.filter(({ balanceMinor }) => balanceMinor !== 0).map(({ lineId }) => lineId)),
    ),
  };
}

interface Sides {
  readonly before: RuleSources;
  readonly after: RuleSources;
  readonly facts: readonly Fact[];
  readonly at: number;
}

/** Of lines that are posted, what the next run would make of them under the one plan and under the other. */
function postedImpact({ before, after, facts, at }: Sides, posted: ReadonlySet<string>): Impact["posted"] {
  const { currency } = after.plan;
  if (posted.size === 0) return { lines: 0, changed: 0, less: 0, difference: formatMoney(0, currency) };
  const amounts = (side: RuleSources) => minorByLine(settle({ ...side, facts, asOf: at, closedOnly: true }).lines);
  const [old, now] = [amounts(before), amounts(after)];
  let [changed, less, difference] = [0, 0, 0];
  for (const lineId of posted) {
    const was = old.get(lineId);
    const is = now.get(lineId);
    const delta = (is?.minor ?? 0) - (was?.minor ?? 0);
    if (delta === 0) continue;
    changed += 1;
    if (delta < 0) less += 1;
    if (!isBenefit(is?.currency ?? was?.currency ?? currency)) difference += delta;
  }
  return { lines: posted.size, changed, less, difference: formatMoney(difference, currency) };
}

function minorByLine(lines: readonly Line[]): Map<string, { readonly minor: number; readonly currency: string }> {
  return new Map(
    lines.map(({ lineId, amount, currency }) => [lineId, { minor: parseMoney(amount, currency) ?? 0, currency }]),
  );
}

/** A version is one rule book for the whole period. That what was before a day stays as it was is proved, not assumed. */
function requireSameBefore({ before, after, facts, at }: Sides, from: number): void {
  const earlier = facts.filter(({ occurredAt }) => instantOf(occurredAt) < from);
  const amounts = (side: RuleSources) => {
    const { lines } = settle({ ...side, facts: earlier, asOf: at });
    return minorByLine(lines.filter((line) => begunBefore(side.plan, line, from)));
  };
  const [old, now] = [amounts(before), amounts(after)];
  const other = [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id)?.minor !== now.get(id)?.minor);
  const [first] = other.sort();
  if (first === undefined) return;
  const text = (amount: { readonly minor: number; readonly currency: string } | undefined) =>
    amount === undefined || isBenefit(amount.currency)
      ? String(amount?.minor ?? "nothing")
      : formatMoney(amount.minor, amount.currency);
  throw new Refusal("invalid", `${other.length} lines of before ${formatInstant(from)} would change`, [
    {
      code: "changes-before",
      path: "/effectiveFrom",
      message: `from what occurred before ${formatInstant(from)} the line ${first} comes to ${text(old.get(first))} now and to ${text(now.get(first))} by the new version`,
      seen: `${other.length} lines`,
      allowed: "no line that changes",
      mend: "keep the old rule for what was before, in windows or conditions of the plan; or leave the day away: then the whole period is computed by the new version",
    },
  ]);
}

/** Fixed pay of later slices may well be another. */
function begunBefore(plan: Plan, { reward: id, slice = "" }: Line, from: number): boolean {
  const reward = plan.rewards.find((one) => one.id === id);
  const window = reward && sliceWindows(plan, reward.per).find((one) => one.id === slice);
  return window === undefined || window.start < from;
}

import { allocate } from "#domain/allocate.ts";
import { addExact } from "#domain/decimal.ts";
import { compareFactKeys } from "#domain/ids.ts";
import { lineId, type Totals, type Warning } from "#domain/line.ts";
import { formatMoney } from "#domain/money.ts";
import type { Plan, Reward } from "#domain/plan/plan.ts";
import { stockOf, unitOfPay } from "#domain/plan/unit-of-pay.ts";
import { compareText } from "#domain/text.ts";
import { type Claim, type Decided, moneyMinor, moneyText } from "../award.ts";
import type { Rules } from "../rules.ts";

/** What a reward came to, in all its slices. */
export interface Outcome {
  readonly reward: Reward;
  /** What its payees get. */
  readonly decided: readonly Decided[];
  /** Who got nothing, and why. */
  readonly nothing: readonly Decided[];
}

/** A budget of money, or a stock of goods: together its rewards give out no more than there is. */
interface Limit {
  readonly id: string;
  readonly policy: Plan["budgets"][number]["policy"] | "stock";
  readonly rewards: readonly string[];
  readonly amountMinor: number;
  readonly unit: string;
}

/** Holds awards within budgets and stocks, over all slices. */
export function withinLimits(rules: Rules, outcomes: readonly Outcome[], warnings: Warning[]): Outcome[] {
  return limitsOf(rules).reduce<Outcome[]>(
    (held, limit) => {
      const shared = held.filter(({ reward }) => limit.rewards.includes(reward.id));
      const entries = shared.flatMap(({ reward, decided }) => decided.map((award) => ({ reward, award })));
      const earned = sumOf(entries.map(({ award }) => award));
      if (earned <= limit.amountMinor) return held;
      if (limit.policy === "stopAndFlag") {
        warnings.push(exceeded(rules, limit, earned));
        return held;
      }
      const granted = limit.policy === "proRata" ? scaled(limit, entries) : firstCome(limit, entries);
      return held.map((outcome) =>
        limit.rewards.includes(outcome.reward.id) ? reduced(outcome, limit, earned, granted) : outcome,
      );
    },
    [...outcomes],
  );
}

export function budgetTotals(rules: Rules, outcomes: readonly Outcome[]): Totals["budgets"] {
  return rules.plan.budgets.map(({ id, amount, rewards }) => {
    const awards = outcomes.filter(({ reward }) => rewards.includes(reward.id)).flatMap(({ decided }) => decided);
    const amountMinor = moneyMinor(rules, amount);
    const used = sumOf(awards);
    return {
      id,
      amount: moneyText(rules, amountMinor),
      used: moneyText(rules, used),
      left: moneyText(rules, amountMinor - used),
    };
  });
}

function limitsOf(rules: Rules): Limit[] {
  const { plan } = rules;
  const budgets = plan.budgets.map(
    ({ id, policy, rewards, amount }): Limit => ({
      id,
      policy,
      rewards,
      amountMinor: moneyMinor(rules, amount),
      unit: plan.currency,
    }),
  );
  const stocks = plan.stocks.flatMap(({ id, quantity }): Limit[] => {
    const rewards = plan.rewards.filter((reward) => stockOf(reward) === id);
    const [first] = rewards;
    if (!first) return [];
    const ids = rewards.map((reward) => reward.id);
    return [{ id, policy: "stock", rewards: ids, amountMinor: quantity, unit: unitOfPay(plan, first) }];
  });
  return [...stocks, ...budgets];
}

interface Entry {
  readonly reward: Reward;
  readonly award: Decided;
}

type Granted = ReadonlyMap<Decided, number>;

/** In the order of the facts that earned; the claim that does not fit is paid what is left. */
function firstCome({ amountMinor }: Limit, entries: readonly Entry[]): Granted {
  const claims = entries.flatMap(({ reward, award }) =>
    claimsOf(award).map((claim) => ({
      claim,
      award,
      line: lineId(reward.id, award.subject, award.slice.id, award.part),
    })),
  );
  claims.sort(
    (a, b) => a.claim.at - b.claim.at || compareFactKeys(a.claim.fact, b.claim.fact) || compareText(a.line, b.line),
  );
  const granted = new Map<Decided, number>();
  let left = amountMinor;
  for (const { claim, award } of claims) {
    const grant = Math.min(claim.amountMinor, Math.max(0, left));
    left -= grant;
    granted.set(award, addExact(granted.get(award) ?? 0, grant));
  }
  return granted;
}

function claimsOf({ claims, amountMinor, slice }: Decided): readonly Claim[] {
  return claims ?? [{ at: slice.end - 1, fact: "", amountMinor }];
}

/** Gains are scaled by one factor so that all is spent exactly: largest remainder, ties by line id. Losses stay. */
function scaled({ amountMinor }: Limit, entries: readonly Entry[]): Granted {
  const gains = entries.filter(({ award }) => award.amountMinor > 0);
  const losses = sumOf(entries.filter(({ award }) => award.amountMinor < 0).map(({ award }) => award));
  const idOf = ({ reward, award }: Entry) => lineId(reward.id, award.subject, award.slice.id, award.part);
  const parts = allocate(
    Math.max(0, amountMinor - losses),
    gains.map((entry) => ({ id: idOf(entry), weight: BigInt(entry.award.amountMinor) })),
  );
  return new Map(
    entries.map((entry) => [
      entry.award,
      entry.award.amountMinor < 0 ? entry.award.amountMinor : (parts.get(idOf(entry)) ?? 0),
    ]),
  );
}

function reduced({ reward, decided, nothing }: Outcome, limit: Limit, earned: number, granted: Granted): Outcome {
  const text = (minor: number) => formatMoney(minor, limit.unit);
  const after = decided.map((award): Decided => {
    const amountMinor = granted.get(award) ?? award.amountMinor;
    if (amountMinor === award.amountMinor || limit.policy === "stopAndFlag") return award;
    const { claims: _, ...rest } = award;
    const step = {
      step: "budget",
      budget: limit.id,
      policy: limit.policy,
      limit: text(limit.amountMinor),
      earned: text(earned),
      before: text(award.amountMinor),
      amount: text(amountMinor),
    } as const;
    const none = { step: "nothing", reason: "budget-used-up", message: `${limit.id} was used up before` } as const;
    return { ...rest, amountMinor, steps: [...award.steps, step, ...(amountMinor === 0 ? [none] : [])] };
  });
  return {
    reward,
    decided: after.filter(({ amountMinor }) => amountMinor !== 0),
    nothing: [...nothing, ...after.filter(({ amountMinor }) => amountMinor === 0)],
  };
}

function exceeded(rules: Rules, { id, rewards, amountMinor }: Limit, earned: number): Warning {
  return {
    code: "budget-exceeded",
    subject: id,
    message: `${rewards.join(" and ")} come to ${moneyText(rules, earned)} ${rules.plan.currency}, above the budget ${id} of ${moneyText(rules, amountMinor)}`,
    blocks: true,
  };
}

function sumOf(awards: readonly { readonly amountMinor: number }[]): number {
  return awards.reduce((sum, { amountMinor }) => addExact(sum, amountMinor), 0);
}

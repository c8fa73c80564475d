import type { Bundle } from "#domain/bundle.ts";
import type { Award } from "./award.ts";
import { Cannot } from "./book.ts";
import { order, shared } from "./exact.ts";
import { lineIdOf } from "./ids.ts";
import type { Claim, Reckoner } from "./reckon.ts";
import { stockOf } from "./units.ts";

/** What each reward came to, by id; or why that cannot be told. */
export type Results = ReadonlyMap<string, readonly Award[] | Cannot>;

/** A budget of money, or a stock of goods. */
interface Limit {
  readonly id: string;
  readonly rewards: readonly string[];
  readonly policy: Bundle["plan"]["budgets"][number]["policy"] | "stock";
  readonly limit: bigint;
  readonly text: (amount: bigint) => string;
}

/** Holds awards within each stock and then each budget, over all slices; what one that only flags is exceeded by is a warning. */
export function withinLimits(reckoner: Reckoner, { plan, rewards }: Bundle, results: Results): Results {
  const stocks = plan.stocks.map(({ id, quantity }): Limit => {
    const takers = rewards.filter((reward) => stockOf(reward) === id).map((reward) => reward.id);
    return { id, rewards: takers, policy: "stock", limit: BigInt(quantity), text: String };
  });
  const budgets = plan.budgets.map(({ amount, ...budget }): Limit => {
    return { ...budget, limit: reckoner.money(amount), text: (own) => reckoner.moneyText(own) };
  });
  return [...stocks, ...budgets].reduce((held, limit) => withinLimit(reckoner, limit, held), results);
}

function withinLimit(reckoner: Reckoner, budget: Limit, results: Results): Results {
  const own = [...results].filter(([id]) => budget.rewards.includes(id));
  const open = own.find(([, result]) => result instanceof Cannot);
  if (open) {
    if (budget.policy === "stopAndFlag") return results;
    const kind = budget.policy === "stock" ? "stock" : "budget";
    const why = new Cannot(`the ${kind} ${budget.id} is shared with ${open[0]}, which cannot be verified`);
    return new Map([...results, ...own.map(([id, result]) => [id, result instanceof Cannot ? result : why] as const)]);
  }
  const awards = own.flatMap(([, result]) => (result instanceof Cannot ? [] : result));
  const { limit, text } = budget;
  const earned = awards.reduce((sum, { amount }) => sum + amount, 0n);
  if (earned <= limit) return results;
  if (budget.policy === "stopAndFlag") {
    reckoner.warnings.push({ code: "budget-exceeded", subject: budget.id, blocks: true });
    return results;
  }
  const granted = budget.policy === "proRata" ? scaled(limit, awards) : inTurn(limit, awards);
  const reduced = (award: Award): Award => {
    const amount = granted.get(award) ?? award.amount;
    if (amount === award.amount) return award;
    const { claims: _, ...rest } = award;
    const step = {
      step: "budget",
      budget: budget.id,
      policy: budget.policy,
      limit: text(limit),
      earned: text(earned),
      before: text(award.amount),
      amount: text(amount),
    };
    const none = amount === 0n ? [{ step: "nothing", reason: "budget-used-up" }] : [];
    return { ...rest, amount, trace: [...award.trace, step, ...none] };
  };
  return new Map(
    [...results].map(([id, result]) => [
      id,
      result instanceof Cannot || !budget.rewards.includes(id) ? result : result.map(reduced),
    ]),
  );
}

/** Gains get what is left beside the losses, in proportion, to the last minor unit. */
function scaled(limit: bigint, awards: readonly Award[]): Map<Award, bigint> {
  const gains = awards.filter(({ amount }) => amount > 0n);
  const losses = awards.reduce((sum, { amount }) => (amount < 0n ? sum + amount : sum), 0n);
  const parts = shared(
    limit - losses,
    gains.map((award) => ({ id: lineIdOf(award, award.part), weight: award.amount })),
  );
  return new Map(gains.map((award) => [award, parts.get(lineIdOf(award, award.part)) ?? 0n]));
}

/** Who earned first is paid while it lasts: by the facts that earned, or, of an award as a whole, at its slice's last instant. */
function inTurn(limit: bigint, awards: readonly Award[]): Map<Award, bigint> {
  const claims = awards
    .filter(({ amount }) => amount !== 0n)
    .flatMap((award) => claimsOf(award).map((claim) => ({ ...claim, award, line: lineIdOf(award, award.part) })))
    .sort((a, b) => a.at - b.at || order(a.fact, b.fact) || order(a.line, b.line));
  const granted = new Map<Award, bigint>();
  let left = limit;
  for (const { award, amount } of claims) {
    const room = left > 0n ? left : 0n;
    const grant = amount < room ? amount : room;
    left -= grant;
    granted.set(award, (granted.get(award) ?? 0n) + grant);
  }
  return granted;
}

function claimsOf({ claims, amount, span }: Award): readonly Claim[] {
  return claims ?? [{ at: span.end - 1, fact: "", amount }];
}

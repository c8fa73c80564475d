import type { Bundle } from "#domain/bundle.ts";
import type { Award } from "./award.ts";
import { Cannot } from "./book.ts";
import { order, shared } from "./exact.ts";
import { lineIdOf } from "./ids.ts";
import type { Claim, Reckoner } from "./reckon.ts";

/** What each reward came to, by id; or why that cannot be told. */
export type Results = ReadonlyMap<string, readonly Award[] | Cannot>;

type Budget = Bundle["plan"]["budgets"][number];

/** Holds awards within each budget in turn, over all slices; what one that only flags is exceeded by is a warning. */
export function withinBudgets(reckoner: Reckoner, budgets: readonly Budget[], results: Results): Results {
  return budgets.reduce((held, budget) => withinBudget(reckoner, budget, held), results);
}

function withinBudget(reckoner: Reckoner, budget: Budget, results: Results): Results {
  const own = [...results].filter(([id]) => budget.rewards.includes(id));
  const open = own.find(([, result]) => result instanceof Cannot);
  if (open) {
    if (budget.policy === "stopAndFlag") return results;
    const why = new Cannot(`the budget ${budget.id} is shared with ${open[0]}, which cannot be verified`);
    return new Map([...results, ...own.map(([id, result]) => [id, result instanceof Cannot ? result : why] as const)]);
  }
  const awards = own.flatMap(([, result]) => (result instanceof Cannot ? [] : result));
  const limit = reckoner.money(budget.amount);
  const earned = awards.reduce((sum, { amount }) => sum + amount, 0n);
  if (earned <= limit) return results;
  if (budget.policy === "stopAndFlag") {
    reckoner.warnings.push({ code: "budget-exceeded", subject: budget.id, blocks: true });
    return results;
  }
  const granted = budget.policy === "proRata" ? scaled(limit, awards) : inTurn(limit, awards);
  const text = (amount: bigint) => reckoner.moneyText(amount);
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
    gains.map((award) => ({ id: lineIdOf(award), weight: award.amount })),
  );
  return new Map(gains.map((award) => [award, parts.get(lineIdOf(award)) ?? 0n]));
}

/** Who earned first is paid while it lasts: by the facts that earned, or, of an award as a whole, at its slice's last instant. */
function inTurn(limit: bigint, awards: readonly Award[]): Map<Award, bigint> {
  const claims = awards
    .filter(({ amount }) => amount !== 0n)
    .flatMap((award) => claimsOf(award).map((claim) => ({ ...claim, award, line: lineIdOf(award) })))
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

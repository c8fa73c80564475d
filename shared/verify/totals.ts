import type { Bundle } from "#domain/bundle.ts";
import { type Book, Cannot } from "./book.ts";
import type { Portion } from "./instalments.ts";
import type { Results } from "./limits.ts";
import type { Numbers, Reckoner, Value } from "./reckon.ts";
import { isMoney, textIn, unitOf, unitOfAward } from "./units.ts";
import { type CheckVerdict, check } from "./verdicts.ts";

export function factCounts({ entered }: Book): Numbers {
  const notCounted: Record<string, number> = {};
  const held: Record<string, number> = {};
  for (const { fate } of entered) {
    if (typeof fate === "string") continue;
    if ("held" in fate) held[fate.held] = (held[fate.held] ?? 0) + 1;
    else notCounted[fate.notCounted] = (notCounted[fate.notCounted] ?? 0) + 1;
  }
  const ending = (fate: string) => entered.filter((entry) => entry.fate === fate).length;
  return { known: entered.length, counted: ending("counted"), cancelled: ending("cancelled"), notCounted, held };
}

/** What is due of each reward, what is due and held of all, and what is used of each budget. */
export function totalChecks(
  { plan, rewards, settlement: { totals } }: Bundle,
  reckoner: Reckoner,
  results: Results,
  portions: readonly Portion[],
): CheckVerdict[] {
  const ids = plan.rewards.map(({ id }) => id);
  const summed = (name: string, of: readonly string[], stated: unknown, computed: () => Value): CheckVerdict => {
    for (const id of of) {
      const result = results.get(id);
      if (result instanceof Cannot) return { check: name, verdict: "cannot", why: `${id}: ${result.message}` };
    }
    return check(name, stated, computed());
  };
  const text = (amounts: readonly Portion[]) => reckoner.moneyText(sumOf(amounts));
  const due = portions.filter(({ state }) => state === "due");
  const ofMoney = (portion: Portion) => isMoney(reckoner, unitOfAward(reckoner, portion));
  const paid = due.filter((portion) => !portion.reward.component && ofMoney(portion));
  const held = portions.filter(({ state }) => state === "held");
  /** What a reward gave of what it gives: of a penalty its fines. */
  const given = (id: string) => {
    const reward = rewards.find((one) => one.id === id);
    const unit = reward ? unitOf(reckoner, reward) : reckoner.currency;
    const own = due.filter((portion) => portion.reward.id === id && unitOfAward(reckoner, portion) === unit);
    return textIn(reckoner, unit, sumOf(own));
  };
  const { byReward, all, budgets } = totals;
  const others = Object.keys(byReward).filter((id) => !ids.includes(id));
  return [
    ...ids.map((id) => summed(`total of ${id}`, [id], byReward[id], () => given(id))),
    summed("total", ids, all, () => text(paid)),
    summed("total held", ids, totals.held, () => (held.length === 0 ? undefined : text(held.filter(ofMoney)))),
    ...plan.budgets.map((budget, index) =>
      summed(`budget ${budget.id}`, budget.rewards, budgets[index], () => {
        const used = budget.rewards
          .flatMap((id) => awardsOf(results, id))
          .reduce((sum, { amount }) => sum + amount, 0n);
        const amount = reckoner.money(budget.amount);
        const [whole, spent, left] = [amount, used, amount - used].map((value) => reckoner.moneyText(value));
        return { id: budget.id, amount: whole, used: spent, left };
      }),
    ),
    ...others.map(
      (id): CheckVerdict => ({ check: `total of ${id}`, verdict: "superfluous", stated: byReward[id] ?? "" }),
    ),
    ...budgets
      .slice(plan.budgets.length)
      .map(({ id }): CheckVerdict => ({ check: `budget ${id}`, verdict: "superfluous", stated: id })),
  ];
}

function sumOf(amounts: readonly { readonly amount: bigint }[]): bigint {
  return amounts.reduce((sum, { amount }) => sum + amount, 0n);
}

export function awardsOf(results: Results, id: string) {
  const result = results.get(id) ?? [];
  return result instanceof Cannot ? [] : result;
}

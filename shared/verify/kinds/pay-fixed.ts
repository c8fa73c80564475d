import type { PayAmount } from "#domain/plan/rewards/pay-plan.ts";
import type { Numbers, Reckoner } from "../reckon.ts";

/** One amount for all, one for a role, or a target: for those who belong to a unit at the slice's last instant. */
export function fixedPay(
  reckoner: Reckoner,
  rule: PayAmount,
  id: string,
): { readonly amount: bigint; readonly step: Numbers } {
  const post = reckoner.book.where.post(id, reckoner.last);
  if (!post) return { amount: 0n, step: {} };
  if ("amount" in rule) return { amount: reckoner.money(rule.amount), step: {} };
  if ("byRole" in rule) {
    const amount = new Map(Object.entries(rule.byRole)).get(post.role) ?? "0";
    return { amount: reckoner.money(amount), step: { role: post.role } };
  }
  const { measure, label } = rule.target;
  return { amount: reckoner.target(id, measure, label) ?? 0n, step: { target: label } };
}

import type { Membership } from "#domain/org.ts";
import type { PayAmount } from "#domain/plan/rewards/pay-plan.ts";
import { moneyMinor } from "../award.ts";
import { fitsTarget, type Rules, thresholdValue } from "../rules.ts";

/** An amount of a pay plan for one participant in a slice, and where it comes from. */
export interface PayFor {
  readonly amountMinor: number;
  readonly source: { readonly role?: string; readonly target?: string };
}

export const NO_PAY: PayFor = { amountMinor: 0, source: {} };

/** A role that is not named has none, and so has who belongs to no unit then; a target that is not there is none. */
export function payFor(
  rules: Rules,
  amount: PayAmount | undefined,
  subject: string,
  membership: Membership | undefined,
): PayFor {
  if (amount === undefined || membership === undefined) return NO_PAY;
  if ("amount" in amount) return { amountMinor: moneyMinor(rules, amount.amount), source: {} };
  if ("byRole" in amount) {
    const { role } = membership;
    const text = Object.hasOwn(amount.byRole, role) ? amount.byRole[role] : undefined;
    return text === undefined ? NO_PAY : { amountMinor: moneyMinor(rules, text), source: { role } };
  }
  const { measure, label } = amount.target;
  if (!fitsTarget(rules, measure, label, subject)) return NO_PAY;
  return { amountMinor: thresholdValue(rules, measure, { target: label }, subject), source: { target: label } };
}

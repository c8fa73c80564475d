import { addExact, type Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import { lineId } from "#domain/line.ts";
import type { Deductions } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, moneyMinor, payText } from "../award.ts";
import { compare, exact, exactText, fromMinor, minus, roundedMinor, times, ZERO } from "../kinds/exact.ts";
import type { Rules } from "../rules.ts";

/**
 * What is done to what one payee gets: cap, then deductions.
 *
 * @param gotBefore what each payee got of this reward in earlier slices, before deductions; this slice is added
 */
export function forPayee({ rules }: Deciding, reward: Reward, award: Award, gotBefore: Map<string, number>): Award {
  return withDeductions(rules, reward, withCap(rules, reward, award, gotBefore));
}

function withCap(rules: Rules, reward: Reward, award: Award, gotBefore: Map<string, number>): Award {
  if (!reward.cap) return award;
  const key = lineId(reward.id, award.subject);
  const before = reward.cap.over === "campaign" ? (gotBefore.get(key) ?? 0) : 0;
  const room = Math.max(0, moneyMinor(rules, reward.cap.amount) - before);
  const amountMinor = Math.min(award.amountMinor, room);
  gotBefore.set(key, addExact(gotBefore.get(key) ?? 0, amountMinor));
  if (amountMinor === award.amountMinor) return award;
  const { claims: _, ...rest } = award;
  const step: Step = {
    step: "capped",
    cap: reward.cap.amount,
    over: reward.cap.over,
    before: payText(rules, reward, award.amountMinor),
    amount: payText(rules, reward, amountMinor),
  };
  const nothing: Step[] =
    amountMinor === 0 ? [{ step: "nothing", reason: "cap-used-up", message: "the cap was used up before" }] : [];
  return { ...rest, amountMinor, steps: [...award.steps, step, ...nothing] };
}

/** Only a gain has deductions, and they never make it a loss. */
function withDeductions(rules: Rules, reward: Reward, award: Award): Award {
  const { deductions } = reward;
  if (!deductions || award.amountMinor <= 0) return award;
  const { claims: _, ...rest } = award;
  const whole = fromMinor(rules, award.amountMinor);
  const steps: Step[] = [];
  let left = whole;
  for (const item of deductions.items) {
    const of = deductions.stacking === "together" ? whole : left;
    const taken = atMost(takenOf(rules, deductions, of, item), left);
    left = minus(left, taken);
    steps.push({
      step: "deducted",
      id: item.id,
      of: exactText(of, rules.currencyDigits),
      ...(item.rate === undefined ? {} : { rate: item.rate }),
      taken: exactText(taken, rules.currencyDigits),
      left: exactText(left, rules.currencyDigits),
    });
  }
  const amountMinor = roundedMinor(rules, left, { mode: deductions.mode, unit: minorUnit(rules) });
  return { ...rest, amountMinor, steps: [...award.steps, ...steps] };
}

function takenOf(
  rules: Rules,
  { rounded, mode }: Deductions,
  of: Rational,
  { rate, amount }: Deductions["items"][number],
): Rational {
  const taken = rate === undefined ? exact(amount ?? "0") : times(of, exact(rate));
  return rounded === "once" ? taken : fromMinor(rules, roundedMinor(rules, taken, { mode, unit: minorUnit(rules) }));
}

function atMost(value: Rational, limit: Rational): Rational {
  return compare(value, limit) > 0 ? limit : compare(value, ZERO) < 0 ? ZERO : value;
}

function minorUnit(rules: Rules): string {
  return exactText(fromMinor(rules, 1));
}

import type { Deductions } from "#domain/plan/parts.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Fraction, fraction, rounded } from "./exact.ts";
import { exactly, isBelow, less, NOTHING, product, smaller } from "./fractions.ts";
import type { Numbers, Reckoned, Reckoner } from "./reckon.ts";

/**
 * The most that a payee gets of a reward.
 *
 * @param got what each payee got in earlier slices; this slice is added
 */
export function capped(reckoner: Reckoner, reward: Reward, got: Map<string, bigint>, award: Reckoned): Reckoned {
  const { cap } = reward;
  if (!cap) return award;
  const who = `${award.payee.kind}:${award.payee.id}`;
  const before = got.get(who) ?? 0n;
  const left = reckoner.money(cap.amount) - (cap.over === "campaign" ? before : 0n);
  const room = left > 0n ? left : 0n;
  const amount = award.amount < room ? award.amount : room;
  got.set(who, before + amount);
  if (amount === award.amount) return award;
  const step = {
    step: "capped",
    cap: cap.amount,
    over: cap.over,
    before: reckoner.moneyText(award.amount),
    amount: reckoner.moneyText(amount),
  };
  const none = amount === 0n ? [{ step: "nothing", reason: "cap-used-up" }] : [];
  return unclaimed(award, amount, [step, ...none]);
}

/** Deductions in order: of the whole each, or of what the one before left; never below nothing, never of a loss. */
export function deducted(reckoner: Reckoner, reward: Reward, award: Reckoned): Reckoned {
  const { deductions } = reward;
  if (!deductions || award.amount <= 0n) return award;
  const digits = reckoner.book.moneyDigits;
  const minor = { over: 1n, under: 10n ** BigInt(digits) };
  const whole = product({ over: award.amount, under: 1n }, minor);
  const steps: Numbers[] = [];
  let left = whole;
  for (const item of deductions.items) {
    const of = deductions.stacking === "together" ? whole : left;
    const asked = item.rate === undefined ? fraction(item.amount ?? "0") : product(of, fraction(item.rate));
    const exact = deductions.rounded === "each" ? nearest(asked, minor, deductions.mode) : asked;
    const taken = isBelow(exact, NOTHING) ? NOTHING : smaller(exact, left);
    left = less(left, taken);
    const [text, takenText, leftText] = [of, taken, left].map((value) => exactly(value, digits));
    steps.push({ step: "deducted", id: item.id, of: text, rate: item.rate, taken: takenText, left: leftText });
  }
  const amount = rounded({ over: left.over * minor.under, under: left.under }, deductions.mode);
  return unclaimed(award, amount, steps);
}

function nearest({ over, under }: Fraction, minor: Fraction, mode: Deductions["mode"]): Fraction {
  return product({ over: rounded({ over: over * minor.under, under }, mode), under: 1n }, minor);
}

/** Another amount is no longer what single facts earned. */
function unclaimed({ claims: _, ...award }: Reckoned, amount: bigint, steps: readonly Numbers[]): Reckoned {
  return { ...award, amount, trace: [...award.trace, ...steps] };
}

import type { Split } from "#domain/plan/parts.ts";
import { type Fraction, fraction, proportion, shared } from "./exact.ts";
import type { Reckoned, Reckoner } from "./reckon.ts";

/** A unit's award among its members at the period's last instant, by the coefficient of their role. */
export function divided(reckoner: Reckoner, reward: string, split: Split, award: Reckoned): Reckoned[] {
  const { last } = reckoner;
  const { where } = reckoner.book;
  const unit = award.payee.id;
  const members = where.people.flatMap((id) => {
    const post = where.post(id, last);
    if (!post || !where.isInside(post.unit, unit)) return [];
    const coefficient = new Map(Object.entries(split.byRole)).get(post.role);
    if (coefficient === undefined) return [];
    const by: Fraction = fraction(coefficient);
    return by.over > 0n ? [{ id, role: post.role, coefficient, by }] : [];
  });
  const whole = reckoner.moneyText(award.amount);
  if (members.length === 0) {
    reckoner.warnings.push({ code: "split-nobody", reward, subject: unit, blocks: false });
    if (split.nobody === "unit") {
      return [{ ...award, trace: [...award.trace, { step: "split", unit, whole, members: 0, amount: whole }] }];
    }
    return [{ ...award, amount: 0n, trace: [...award.trace, { step: "nothing", reason: "nobody-on-file" }] }];
  }
  const weights = proportion(members.map(({ by }) => by));
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = shared(
    award.amount,
    members.map(({ id }, index) => ({ id, weight: weights[index] ?? 0n })),
  );
  const { claims: _, ...rest } = award;
  return members.map(({ id, role, coefficient }, index): Reckoned => {
    const amount = parts.get(id) ?? 0n;
    const step = {
      step: "split",
      unit,
      whole,
      role,
      coefficient,
      share: `${weights[index]}/${all}`,
      members: members.length,
      amount: reckoner.moneyText(amount),
    };
    return { ...rest, payee: { kind: "participant", id }, amount, trace: [...award.trace, step] };
  });
}

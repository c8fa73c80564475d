import type { Reward } from "#domain/plan/plan.ts";
import type { Reckoned, Reckoner } from "./reckon.ts";

/**
 * Of everything earned since the first slice, what earlier slices did not pay yet; less than nothing where they paid more.
 *
 * @param paid what each has earned to date; this slice's is set
 */
export function lessEarlier(
  reckoner: Reckoner,
  reward: Reward,
  since: string,
  paid: Map<string, bigint>,
  award: Reckoned,
): Reckoned {
  if (reward.accumulate !== "toDate") return award;
  // Who takes no part in a slice gives nothing back in it.
  if (award.trace.at(-1)?.step === "excluded") return award;
  const { payee, amount: earned, trace, rank, factor, total } = award;
  const before = paid.get(payee.id) ?? 0n;
  paid.set(payee.id, earned);
  const amount = earned - before;
  const [all, got, left] = [earned, before, amount].map((value) => reckoner.moneyText(value));
  const step = { step: "toDate", since, earned: all, before: got, amount: left };
  const known = { ...(rank === undefined ? {} : { rank }), ...(factor && { factor }), ...(total && { total }) };
  return { payee, amount, ...known, trace: [...trace, step] };
}

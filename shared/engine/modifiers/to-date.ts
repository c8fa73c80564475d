import { addExact } from "#domain/decimal.ts";
import { lineId } from "#domain/line.ts";
import type { Reward } from "#domain/plan/plan.ts";
import { type Award, type Deciding, payText } from "../award.ts";

/**
 * What a slice pays that looks at everything since the first slice: the award to date less what earlier slices paid.
 * A later slice can take back what an earlier one paid; who no longer takes part gets nothing more and gives nothing back.
 *
 * @param paidBefore by subject; this slice's pay is added
 */
export function lessPaidBefore(
  { rules }: Deciding,
  reward: Reward,
  award: Award,
  since: string,
  paidBefore: Map<string, number>,
): Award {
  if (award.steps.at(-1)?.step === "excluded") return award;
  const { claims: _, ...rest } = award;
  const key = lineId(reward.id, award.subject);
  const before = paidBefore.get(key) ?? 0;
  const amountMinor = addExact(award.amountMinor, -before);
  paidBefore.set(key, award.amountMinor);
  const text = (minor: number) => payText(rules, reward, minor);
  const step = {
    step: "toDate",
    since,
    earned: text(award.amountMinor),
    before: text(before),
    amount: text(amountMinor),
  } as const;
  return { ...rest, amountMinor, steps: [...award.steps, step] };
}

import type { MilestoneReward } from "#domain/plan/rewards/milestone.ts";
import { type Candidate, failing, type Numbers, type Reckoned, type Reckoner, reaching } from "../reckon.ts";
import { firstAt, isScale, scaleOf } from "./scale.ts";

/** Lump sums for the steps that the value is at, or was at on the way. */
export function milestone(reckoner: Reckoner, reward: MilestoneReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, sales, value, trace } = candidate;
  const scale = scaleOf(reckoner, reward, candidate);
  if (!isScale(scale)) return { payee, amount: 0n, trace: [...trace, scale] };
  const text = (own: bigint) => reckoner.valueText(reward.measure, own);
  const steps = reward.steps.map(({ at, amount }) => {
    const threshold = firstAt(reckoner, reward.measure, scale.mark(at));
    const first = reaching(sales, threshold);
    const isThere = reward.reach === "final" ? value >= threshold : first !== undefined;
    return { at, threshold, first, isThere, worth: reckoner.money(amount) };
  });
  const there = steps.filter(({ isThere }) => isThere);
  const paying = reward.policy === "every" ? there : there.slice(-1);
  const amount = paying.reduce((sum, { worth }) => sum + worth, 0n);
  const told = steps.map((step): Numbers => {
    const { at, threshold, first, isThere, worth } = step;
    return {
      step: "milestone",
      at,
      threshold: text(threshold),
      reached:
        isThere && first
          ? { at: reckoner.time(first.sale.at), fact: first.sale.key, value: text(first.running) }
          : undefined,
      missing: isThere ? undefined : text(threshold - value),
      pays: paying.includes(step),
      amount: reckoner.moneyText(worth),
    };
  });
  const claims = paying.flatMap(({ first, worth }) =>
    first ? [{ at: first.sale.at, fact: first.sale.key, amount: worth }] : [],
  );
  const [next] = steps;
  const none: Numbers =
    there.length > 0 || !next
      ? { step: "nothing", reason: "pays-nothing" }
      : { step: "nothing", reason: "no-step", missing: text(next.threshold - value) };
  return { payee, amount, trace: [...trace, ...scale.told, ...told, ...(amount === 0n ? [none] : [])], claims };
}

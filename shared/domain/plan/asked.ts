import type { Multipliers } from "./parts.ts";
import type { Reward } from "./plan.ts";

/** What a reward asks of single facts, beyond what counts and measures ask of them; each with its place in the reward. */

export interface AskedOfFacts {
  readonly at: string;
  readonly text: string;
}

/** Conditions that a reward tests on each fact. */
export function conditionsAsked(reward: Reward): readonly AskedOfFacts[] {
  return (multipliersOf(reward)?.factors ?? []).flatMap(({ when }, index) =>
    when === undefined ? [] : [{ at: `multipliers/factors/${index}/when`, text: when }],
  );
}

/** Attributes that a reward looks up on each fact, such as the customer's id. */
export function labelsAsked(reward: Reward): readonly AskedOfFacts[] {
  switch (reward.kind) {
    default:
      return [];
  }
}

/** What a reward multiplies single facts by; undefined for kinds that cannot. */
export function multipliersOf(
  reward: Reward & { readonly multipliers?: Multipliers | undefined },
): Multipliers | undefined {
  return reward.multipliers;
}

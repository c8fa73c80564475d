import type { Reward } from "#domain/plan/plan.ts";
import type { Award, Deciding } from "../award.ts";
import type { Rules } from "../rules.ts";

/** The most a reward can cost, in minor units; or why no bound exists. */
export type Liability = { readonly amountMinor: number } | { readonly unboundedBecause: string };

/** A kind of reward: how it decides, and the most it can cost. One file a kind, registered in `index.ts`. */
export interface RewardKind<R extends Reward> {
  /** One award a subject in scope, in no promised order; amounts before any split. */
  award(deciding: Deciding, reward: R): Award[];
  liability(rules: Pick<Rules, "plan">, reward: R): Liability;
}

/** A kind that carries something from slice to slice (a balance, points, fails in a row): it decides all slices together. */
export interface CarryingKind<R extends Reward> {
  /** One list of awards a slice, in the order of the slices. */
  awardSlices(decidings: readonly Deciding[], reward: R): Award[][];
  liability(rules: Pick<Rules, "plan">, reward: R): Liability;
}

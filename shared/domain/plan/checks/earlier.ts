import type { Problem } from "../../problem.ts";
import type { Plan, Reward, RewardKindName } from "../plan.ts";

/** An earlier reward that another one names, and what it is asked for. */
interface Named {
  readonly id: string;
  /** JSON pointer to the name. */
  readonly at: string;
  readonly kind: RewardKindName;
  /** The level of whom it is asked about. */
  readonly level: string;
  /** What a reward of another kind does not have. */
  readonly lacks: string;
  /** What it says of each subject, as in "nobody would have a grade there". */
  readonly has: string;
}

/** What is wrong with naming an earlier reward of a kind: it must stand before, and judge the same subjects and slices. */
export function earlierProblems(
  { rewards }: Plan,
  reward: Reward,
  { id, at, kind, level, lacks, has }: Named,
): Problem[] {
  const before = rewards.slice(0, rewards.indexOf(reward));
  const named = before.find((other) => other.id === id);
  if (!named) {
    const message = `no reward ${id} stands before ${reward.id}; rewards are decided in the plan's order`;
    const allowed = before.map((other) => other.id).join(", ") || `a ${kind} that stands before it`;
    return [{ code: "unknown-reward", path: at, message, seen: id, allowed }];
  }
  if (named.kind !== kind) {
    const message = `${id} is no ${kind}, so it has ${lacks}`;
    return [{ code: `not-a-${kind}`, path: at, message, seen: named.kind, allowed: kind }];
  }
  if (named.level === level && JSON.stringify(named.per) === JSON.stringify(reward.per)) return [];
  const message = `${id} judges another level or other slices than ${reward.id}, so nobody would have ${has} there`;
  return [{ code: "slices-differ", path: at, message, seen: id, mend: "give both the same level and per" }];
}

import type { Reward } from "#domain/plan/plan.ts";
import { exact } from "../kinds/exact.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Rewards that pay nothing, whatever is sold: somebody forgot the amounts. */
export function nothingFindings({ plan }: LintContext): Finding[] {
  return plan.rewards.flatMap((reward, index): Finding[] => {
    const pays = payOf(reward);
    if (!pays || pays.texts.some((text) => exact(text).num !== 0n)) return [];
    return [
      {
        code: "pays-nothing",
        severity: "blocks",
        path: `/rewards/${index}/${pays.at}`,
        message: `${reward.id} pays ${pays.says}: nothing, whatever is sold`,
        seen: pays.texts.join(", "),
        mend: "give it an amount, or remove the reward",
      },
    ];
  });
}

/** Everything that a reward's pay is made of; undefined for kinds that other rules look at. */
function payOf(
  reward: Reward,
): { readonly at: string; readonly texts: readonly string[]; readonly says: string } | undefined {
  switch (reward.kind) {
    case "perUnit": {
      const each = reward.packages ? `package of ${reward.packages.size}` : "unit";
      return { at: "amount", texts: [reward.amount], says: `${reward.amount} for each ${each}` };
    }
    case "tiers":
      return {
        at: "bands",
        texts: reward.bands.flatMap(({ rate, perUnit, flat }) =>
          [rate, perUnit, flat].flatMap((text) => (text === undefined ? [] : [text])),
        ),
        says: `0 in each of its bands (it has ${reward.bands.length})`,
      };
    case "milestone":
      return {
        at: "steps",
        texts: reward.steps.map(({ amount }) => amount),
        says: `0 at each of its steps (it has ${reward.steps.length})`,
      };
    case "pool":
      return "amount" in reward.pot
        ? { at: "pot/amount", texts: [reward.pot.amount], says: `a pot of ${reward.pot.amount}` }
        : { at: "pot/rate", texts: [reward.pot.rate], says: `a pot of ${reward.pot.rate} of ${reward.pot.measure}` };
    case "override":
      return { at: "rate", texts: [reward.rate], says: `its leaders ${reward.rate}` };
    case "points":
      return { at: "rate", texts: [reward.rate], says: `${reward.rate} points for each unit` };
    case "rebate":
      return { at: "rate", texts: [reward.rate], says: `${reward.rate} of each order` };
    default:
      return undefined;
  }
}

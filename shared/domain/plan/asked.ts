import { furtherMeasures } from "./measures-asked.ts";
import type { Multipliers } from "./parts.ts";
import type { Reward } from "./plan.ts";
import { valueMeasure } from "./rewards/advance.ts";
import { payAmountsOf } from "./rewards/pay-plan.ts";

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
    case "advance":
      return [{ at: "contract", text: reward.contract }];
    case "gift":
      return reward.to === "payee" ? [] : [{ at: "to/attribute", text: reward.to.attribute }];
    case "rebate": {
      const { customer, evidence } = reward;
      return [
        ...(customer === undefined ? [] : [{ at: "customer", text: customer }]),
        ...(evidence === undefined || evidence.of === "payee"
          ? []
          : [{ at: "evidence/of/attribute", text: evidence.of.attribute }]),
      ];
    }
    default:
      return [];
  }
}

/** Measures that a reward looks at, whatever for. */
export function measuresAsked(reward: Reward): readonly string[] {
  const { gates, instalments = [] } = reward;
  return [
    ...("measure" in reward ? [reward.measure] : []),
    ...gates.map(({ measure }) => measure),
    ...instalments.flatMap(({ provided, inProportionTo }) => [provided?.measure, inProportionTo]),
    ...measuresOfKind(reward),
  ].filter((id) => id !== undefined);
}

/** Those that only this kind of reward names. */
function measuresOfKind(reward: Reward): readonly (string | undefined)[] {
  switch (reward.kind) {
    case "payPlan":
      return payAmountsOf(reward).map(([, amount]) => ("target" in amount ? amount.target.measure : undefined));
    case "advance":
      return [valueMeasure(reward), reward.payments, reward.lapses];
    case "rebate":
      return [reward.evidence?.measure];
    case "points":
      return [reward.redemption?.measure];
    default:
      return furtherMeasures(reward);
  }
}

/** What a reward multiplies single facts by; undefined for kinds that cannot. */
export function multipliersOf(
  reward: Reward & { readonly multipliers?: Multipliers | undefined },
): Multipliers | undefined {
  return reward.multipliers;
}

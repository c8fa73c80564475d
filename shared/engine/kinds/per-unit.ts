import type { Rational } from "#domain/decimal.ts";
import type { Step } from "#domain/line.ts";
import type { PerUnitReward } from "#domain/plan/rewards/per-unit.ts";
import type { Deciding } from "../award.ts";
import { entrantsOf } from "../entrants.ts";
import { ceiling, compare, exact, exactText, minus, over, plus, times, whole, ZERO } from "./exact.ts";
import type { RewardKind } from "./kind.ts";
import { awardPriced, type Price, type Priced } from "./pricing.ts";
import { GATE_NOT_PASSED, nothingFor } from "./scale.ts";

/** An amount for each unit or package, once the free units are used up. */
export const perUnit: RewardKind<PerUnitReward> = {
  award(deciding, reward) {
    const { entrants, excluded } = entrantsOf(deciding, reward);
    return [
      ...excluded,
      ...entrants.map((entrant) =>
        entrant.qualified
          ? awardPriced(
              deciding,
              reward,
              entrant,
              (units) => priceOf(reward, units),
              (priced) => [unitsStep(deciding, reward, priced)],
            )
          : nothingFor(reward, entrant, GATE_NOT_PASSED),
      ),
    ];
  },
  liability: (_rules, reward) => ({
    unboundedBecause: `${reward.id} pays ${reward.amount} for each ${reward.packages ? "package" : "unit"} of ${reward.measure}, and nothing limits how many are sold`,
  }),
};

interface Units {
  readonly units: Rational;
  readonly paid: Rational;
}

function priceOf({ amount, packages, freeUnits }: PerUnitReward, units: Rational): Price<Units> {
  const above = minus(units, exact(freeUnits));
  const paidUnits = compare(above, ZERO) > 0 ? above : ZERO;
  const paid = packages ? packagesIn(over(paidUnits, exact(packages.size)), packages.partial) : paidUnits;
  return { amount: times(exact(amount), paid), note: { units, paid } };
}

function packagesIn(packages: Rational, partial: "started" | "full"): Rational {
  return { num: partial === "started" ? ceiling(packages) : whole(packages), den: 1n };
}

function unitsStep(
  { rules }: Deciding,
  { amount, packages, freeUnits }: PerUnitReward,
  priced: readonly Priced<Units>[],
): Step {
  const sum = (of: (units: Units) => Rational) =>
    priced.reduce((total, { note, sign }) => plus(total, times(of(note), { num: sign, den: 1n })), ZERO);
  const paid = exactText(sum((units) => units.paid));
  const total = priced.reduce((all, price) => plus(all, price.amount), ZERO);
  return {
    step: "units",
    units: exactText(sum((units) => units.units)),
    free: freeUnits,
    ...(packages ? { packages: { ...packages, count: paid } } : {}),
    paid,
    price: amount,
    amount: exactText(total, rules.currencyDigits),
  };
}

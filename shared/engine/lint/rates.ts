import { parseRational } from "#domain/decimal.ts";
import { multiplyMoney, parseMoney } from "#domain/money.ts";
import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { moneyMinor } from "../award.ts";
import { type LintContext, moneyIn } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Rates, by what one sale pays. */
export function rateFindings(context: LintContext): Finding[] {
  return context.plan.rewards.flatMap((reward, index) =>
    reward.kind === "commission" ? commissionFindings(context, reward, `/rewards/${index}`) : [],
  );
}

function commissionFindings(context: LintContext, reward: CommissionReward, path: string): Finding[] {
  const rate = parseRational(reward.rate);
  if (!rate) return [];
  if (rate.num === 0n) {
    return [
      {
        code: "zero-rate",
        severity: "warns",
        path: `${path}/rate`,
        message: `${reward.id} pays ${reward.rate} of each sale: nothing`,
        seen: reward.rate,
        mend: "give it a rate, or remove the reward",
      },
    ];
  }
  const sale = typicalSale(context);
  const { mode, scope, unit } = reward.rounding;
  const unitMinor = moneyMinor(context, unit);
  const paid = multiplyMoney(sale, rate, mode, scope === "perFact" ? unitMinor : 1);
  const findings: Finding[] = [];
  if (rate.num > rate.den) {
    findings.push({
      code: "rate-above-whole",
      severity: "warns",
      path: `${path}/rate`,
      message: `a sale of ${moneyIn(context, sale)} pays ${moneyIn(context, paid)}: ${reward.rate} is more than the sale itself`,
      seen: reward.rate,
      mend: `write "${reward.rate}%" if a percentage is meant`,
    });
  }
  const isCoarse = BigInt(unitMinor) * rate.den > BigInt(sale) * rate.num;
  if (scope === "perFact" && unitMinor > 1 && isCoarse) {
    findings.push({
      code: "coarse-rounding",
      severity: "warns",
      path: `${path}/rounding/unit`,
      message: `each sale is rounded (${mode}) to ${unit}, more than it earns: a sale of ${moneyIn(context, sale)} earns ${reward.rate} of it and is paid ${moneyIn(context, paid)}`,
      seen: unit,
      mend: `use unit "${moneyIn(context, 1)}", or scope: perTotal`,
    });
  }
  return findings;
}

/** The middle one of the sample's sales, or one of a hundred. */
function typicalSale({ plan, facts = [] }: LintContext): number {
  const amounts = facts
    .flatMap((fact) =>
      fact.kind === "sale" && fact.currency === plan.currency ? [parseMoney(fact.amount, fact.currency) ?? 0] : [],
    )
    .filter((amount) => amount > 0)
    .sort((a, b) => a - b);
  return amounts[Math.floor(amounts.length / 2)] ?? parseMoney("100", plan.currency) ?? 0;
}

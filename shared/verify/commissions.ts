import type { CommissionReward } from "#domain/plan/rewards/commission.ts";
import { claimsOfEach, claimsOfValue } from "./claims.ts";
import { fraction, rounded } from "./exact.ts";
import { type Candidate, failing, type Reckoned, type Reckoner } from "./reckon.ts";

/** A rate of each sale or of the total. */
export function commission(reckoner: Reckoner, reward: CommissionReward, candidate: Candidate): Reckoned {
  if (!candidate.passes) return failing(candidate);
  const { payee, sales, value, trace } = candidate;
  const { over, under } = fraction(reward.rate);
  const { scope, mode } = reward.rounding;
  const unit = reckoner.money(reward.rounding.unit);
  const paid = (amount: bigint) => unit * rounded({ over: amount * over, under: under * unit }, mode);
  const each = sales.map((sale) => paid(sale.value));
  const amount = scope === "perTotal" ? paid(value) : each.reduce((sum, part) => sum + part, 0n);
  const shown = scope === "perTotal" ? trace : reckoner.withPay(reward.measure, sales, trace, each);
  const rate = {
    step: "rate",
    rate: reward.rate,
    value: reckoner.moneyText(value),
    rounding: { ...reward.rounding },
    amount: reckoner.moneyText(amount),
  };
  const nothing = amount === 0n ? [{ step: "nothing", reason: "rounds-to-zero" }] : [];
  const claims = scope === "perTotal" ? claimsOfValue(sales, paid) : claimsOfEach(sales, each);
  return { payee, amount, trace: [...shown, rate, ...nothing], claims };
}

import type { AdvanceReward } from "#domain/plan/rewards/advance.ts";
import type { PayPlanReward } from "#domain/plan/rewards/pay-plan.ts";
import { compare, exact, exactText, over, times } from "../kinds/exact.ts";
import type { LintContext } from "./context.ts";
import type { Finding } from "./finding.ts";

/** Pay plans that pay nothing or lend for ever, and advances that nothing brings back. */
export function payPlanFindings({ plan }: LintContext): Finding[] {
  return plan.rewards.flatMap((reward, index): Finding[] => {
    const path = `/rewards/${index}`;
    if (reward.kind === "payPlan") return [...empty(reward, path), ...neverRecovered(reward, path)];
    return reward.kind === "advance" ? endless(reward, path) : [];
  });
}

function empty({ id, base, allowances, components, minimum, draw }: PayPlanReward, path: string): Finding[] {
  if (base || allowances.length > 0 || components.length > 0 || minimum || draw) return [];
  return [
    {
      code: "empty-pay-plan",
      severity: "blocks",
      path,
      message: `${id} has no base pay, no allowance, no minimum, no draw and 0 components: it pays nothing`,
      mend: "name what it pays, or remove it",
    },
  ];
}

/** A draw that is recovered from above itself, of pay that can never be above it. */
function neverRecovered({ id, maximum, draw }: PayPlanReward, path: string): Finding[] {
  if (!maximum || draw?.recovery !== "aboveDraw" || draw.on !== maximum.on) return [];
  const amounts =
    "amount" in draw.amount ? [draw.amount.amount] : "byRole" in draw.amount ? Object.values(draw.amount.byRole) : [];
  const highest = amounts.find((amount) => compare(exact(amount), exact(maximum.amount)) >= 0);
  if (highest === undefined) return [];
  return [
    {
      code: "draw-never-recovered",
      severity: "warns",
      path: `${path}/draw`,
      message: `${id} recovers a draw of ${highest} from above it, and pays at most ${maximum.amount}: nothing is ever recovered`,
      mend: "raise the maximum, lower the draw, or say recovery: none",
    },
  ];
}

/** A contract's advance that stays paid whatever becomes of the contract. */
function endless({ id, months, advance, lapses }: AdvanceReward, path: string): Finding[] {
  if (lapses !== undefined) return [];
  const part =
    "part" in advance
      ? exact(advance.part)
      : over({ num: BigInt(advance.months), den: 1n }, { num: BigInt(months), den: 1n });
  const percent = exactText(times(part, { num: 100n, den: 1n }));
  return [
    {
      code: "advance-without-lapse",
      severity: "warns",
      path: `${path}/lapses`,
      message: `${id} advances ${percent} % of a contract, and no measure says when one lapses`,
      mend: "name a measure of lapses, or accept that only a cancelled issue takes an advance back",
    },
  ];
}

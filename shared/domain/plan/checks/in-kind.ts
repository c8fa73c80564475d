import { isBenefit } from "../../money.ts";
import type { Problem } from "../../problem.ts";
import { labelsAsked } from "../asked.ts";
import type { Measure, Plan, Reward } from "../plan.ts";
import { stockOf, unitOfPay } from "../unit-of-pay.ts";

/** What benefits in kind and penalties have in common: what is done to money is not done to them. */
export function inKindProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  const isMoney = reward.kind === "rebate" && !isBenefit(unitOfPay(plan, reward));
  return [
    ...(isMoney ? [] : [...moneyOnlyProblems(reward, path), ...budgetProblems(plan, reward)]),
    ...stockProblems(plan, reward, path),
    ...labelProblems(plan, reward, path),
  ];
}

function moneyOnlyProblems(reward: Reward, path: string): Problem[] {
  const said = (["cap", "deductions", "coefficient", "instalments", "component"] as const).filter(
    (field) => reward[field] !== undefined,
  );
  const fields = [
    ...said,
    ...(reward.pay === "self" ? [] : ["pay"]),
    ...(reward.accumulate === "toDate" ? ["accumulate"] : []),
  ];
  return fields.map((field) => ({
    code: "money-only",
    path: `${path}/${field}`,
    message: `${field} is for money, and ${reward.id} gives whole pieces, points, honours or fines`,
    mend: field === "pay" ? "use pay: self" : field === "accumulate" ? "use accumulate: slice" : `remove ${field}`,
  }));
}

function budgetProblems({ budgets }: Plan, { id, kind }: Reward): Problem[] {
  return budgets.flatMap(({ id: budget, rewards }, index) =>
    rewards.flatMap((named, place): Problem[] =>
      named === id
        ? [
            {
              code: "money-only",
              path: `/budgets/${index}/rewards/${place}`,
              message: `the budget ${budget} is money, and the ${kind} ${id} spends none of it`,
              seen: id,
              mend: "leave it out; a stock limits goods",
            },
          ]
        : [],
    ),
  );
}

function stockProblems(plan: Plan, reward: Reward, path: string): Problem[] {
  const stock = stockOf(reward);
  if (stock === undefined) return [];
  const at = reward.kind === "rebate" ? `${path}/in/stock` : `${path}/stock`;
  if (!plan.stocks.some(({ id }) => id === stock)) {
    const allowed = plan.stocks.map(({ id }) => id).join(", ") || "a stock under `stocks`";
    return [{ code: "unknown-stock", path: at, message: `there is no stock ${stock}`, seen: stock, allowed }];
  }
  const first = plan.rewards.find((other) => stockOf(other) === stock);
  if (!first || unitOfPay(plan, first) === unitOfPay(plan, reward)) return [];
  const message = `${first.id} takes ${unitOfPay(plan, first)} from the stock ${stock}, and ${reward.id} takes ${unitOfPay(plan, reward)}`;
  return [{ code: "stock-of-two", path: at, message, seen: stock, mend: "give each item its own stock" }];
}

function labelProblems({ attributes }: Plan, reward: Reward, path: string): Problem[] {
  return labelsAsked(reward).flatMap(({ at, text }): Problem[] => {
    if (Object.hasOwn(attributes, text)) return [];
    const allowed = Object.keys(attributes).join(", ") || "an attribute under `attributes`";
    const message = `facts have no attribute ${text}`;
    return [{ code: "unknown-attribute", path: `${path}/${at}`, message, seen: text, allowed }];
  });
}

/** A measure that a reward looks at fact by fact. */
export function factMeasureProblems(plan: Plan, id: string, path: string): Problem[] {
  const measure = plan.measures.find((one) => one.id === id);
  if (!measure) {
    const allowed = plan.measures.map((one) => one.id).join(", ");
    return [{ code: "unknown-measure", path, message: `there is no measure ${id}`, seen: id, allowed }];
  }
  if (isAddedUp(measure)) return [];
  return [
    {
      code: "not-added-up",
      path,
      message: `${id} is not a sum or a count, so single facts have no part in it`,
      seen: id,
      mend: "use a measure with aggregate sum or count",
    },
  ];
}

function isAddedUp({ aggregate }: Measure): boolean {
  return aggregate === "sum" || aggregate === "count";
}

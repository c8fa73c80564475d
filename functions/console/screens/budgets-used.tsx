import { useAnswer, useCaller } from "../api/hooks.ts";
import { spoken } from "../api/plan-names.ts";
import { BudgetBar } from "../simulate/budget-bar.tsx";

/** How much of a campaign's budgets its newest run uses; nothing before there is one, or where it has no budget. */
export function BudgetsUsed({ campaign }: { readonly campaign: string }) {
  const { may } = useCaller();
  const runs = useAnswer(
    "listRuns",
    { params: { campaign }, query: { order: "newestFirst", limit: 5 } },
    { enabled: may("listRuns") },
  );
  const budgets = runs.data?.items.find(({ totals }) => totals !== undefined)?.totals?.budgets ?? [];
  if (budgets.length === 0) return "–";
  return budgets.map(({ id, ...budget }) => <BudgetBar key={id} name={spoken(id)} budget={budget} />);
}

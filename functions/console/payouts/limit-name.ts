import type { PlanWords } from "../api/plan-names.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";

/** What the plan calls a stock or a budget. */
export function useLimitName({ plan, label }: PlanWords): (limit: { readonly id: string }) => string {
  const { language } = useLanguage();
  return ({ id }) => nameIn(language, plan?.stocks.find((one) => one.id === id)?.name, label(id));
}

import { isZero } from "../format/exact.ts";
import { moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";

/** With its sign and a word, so that more and less are not told by colour alone. */
export function Gap({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const { locale } = useLanguage();
  return (
    <strong className={isZero(amount) ? "" : amount.startsWith("-") ? "bad" : "good"}>
      {moneyDifference(amount, currency, locale)}
    </strong>
  );
}

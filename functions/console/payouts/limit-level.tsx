import { Progress } from "antd";
import type { Answer } from "../api/client.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { minorMoney } from "../format/minor-units.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useLimitName } from "./limit-name.ts";

export type Limit = Answer<"listLimits">["items"][number];

/** What is left of how much, what is held and what is given. */
export function Level({ limit, words }: { readonly limit: Limit; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const nameOf = useLimitName(words);
  const { capacity, reserved, committed, left } = limit;
  const amount = (value: number) => amountText(value, limit, words, locale);
  const share = capacity === 0 ? 100 : Math.min(100, Math.round(((reserved + committed) / capacity) * 100));
  return (
    <>
      <Progress percent={share} aria-label={t("limits.taken", { id: nameOf(limit) })} />
      <p>
        <strong>{t("limits.left", { left: amount(left), capacity: amount(capacity) })}</strong>
      </p>
      <p className="quiet">{t("limits.held", { reserved: amount(reserved), committed: amount(committed) })}</p>
    </>
  );
}

export function amountText(value: number, { unit }: Pick<Limit, "unit">, { currency = "" }: PlanWords, locale: string) {
  return unit === "pieces" ? count(value, locale) : minorMoney(value, currency, locale);
}

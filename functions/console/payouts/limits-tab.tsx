import { Card, Progress } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import type { TabProps } from "../campaign/tab-props.ts";
import { minorMoney } from "../format/minor-units.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { useLimitName } from "./limit-name.ts";
import { Reservations } from "./reservations.tsx";

export type Limit = Answer<"listLimits">["items"][number];

/** Stocks and budgets of which there is only so much; one with its reservations: `limits/<kind>/<id>`. */
export default function LimitsTab({ campaign, words, rest: [kind, id] }: TabProps) {
  const { t } = useLanguage();
  const nameOf = useLimitName(words);
  const limits = usePages("listLimits", { params: { campaign }, query: { limit: 200 } }, { every: 10_000 });
  return (
    <Listed query={limits}>
      {(items) => {
        const chosen = items.find((one) => one.kind === kind && one.id === id);
        if (chosen) return <Reservations campaign={campaign} limit={chosen} words={words} />;
        return items.length === 0 ? (
          <Card>
            <EmptyView title={t("limits.none")} next={t("limits.none.next")} />
          </Card>
        ) : (
          <div className="cards">
            {items.map((limit) => (
              <Card key={`${limit.kind} ${limit.id}`}>
                <h2>
                  <Link href={`/campaigns/${campaign}/limits/${limit.kind}/${limit.id}`}>
                    {nameOf(limit)} <small className="quiet">{t(`limits.${limit.kind}`)}</small>
                  </Link>
                </h2>
                <Level limit={limit} words={words} />
              </Card>
            ))}
          </div>
        );
      }}
    </Listed>
  );
}

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

import { Card } from "antd";
import { Link } from "wouter";
import { usePages } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import type { TabProps } from "../parts/tab-props.ts";
import { Level } from "./limit-level.tsx";
import { useLimitName } from "./limit-name.ts";
import { Reservations } from "./reservations.tsx";

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

import { Alert, Card, Statistic, Table } from "antd";
import { useContext } from "react";
import { date } from "../format/dates.ts";
import { count, money, moneyDifference } from "../format/numbers.ts";
import { ZoneContext } from "../format/zone.ts";
import { useLanguage } from "../i18n/language.ts";
import { ServerWords } from "../parts/server-words.tsx";
import { Gap } from "../runs/gap.tsx";
import { PayeeLink } from "../runs/payee-link.tsx";
import { usePayeeNames } from "../runs/payee-names.ts";
import type { ContentOf } from "./what-of.ts";

type Told = ContentOf<"activation"> | ContentOf<"lifecycle">;

/** What a change of a running campaign does to whom, on the facts of then. */
export function Impact({ content }: { readonly content: Told }) {
  const { t, locale } = useLanguage();
  const zone = useContext(ZoneContext);
  const { impact, impactNotTold } = content;
  if (impact === undefined) {
    return impactNotTold === undefined ? null : (
      <Alert
        type="warning"
        showIcon
        title={t("approval.impact.notTold")}
        description={<ServerWords>{impactNotTold}</ServerWords>}
      />
    );
  }
  const { currency, before, after, difference, winners, losers, posted, asOf } = impact;
  return (
    <Card title={<h2>{t("approval.impact")}</h2>}>
      <div className="stack">
        <p className="quiet">{t("approval.impact.asOf", { at: date(asOf, locale, "minute", zone) })}</p>
        <div className="figures">
          <Statistic title={t("approval.before")} value={money(before, currency, locale)} />
          <Statistic title={t("approval.after")} value={money(after, currency, locale)} />
          <Statistic title={t("runs.change")} value={moneyDifference(difference, currency, locale)} />
        </div>
        {posted.lines > 0 && (
          <p>
            {t("approval.impact.posted", {
              lines: count(posted.lines, locale),
              changed: count(posted.changed, locale),
              less: count(posted.less, locale),
              difference: moneyDifference(posted.difference, currency, locale),
            })}
          </p>
        )}
        <div className="columns">
          <Moved
            campaign={content.campaign}
            currency={currency}
            title={t("approval.winners", { count: count(winners.count, locale) })}
            moved={winners}
          />
          <Moved
            campaign={content.campaign}
            currency={currency}
            title={t("approval.losers", { count: count(losers.count, locale) })}
            moved={losers}
          />
        </div>
      </div>
    </Card>
  );
}

interface MovedProps {
  readonly campaign: string;
  readonly currency: string;
  readonly title: string;
  readonly moved: NonNullable<Told["impact"]>["winners"];
}

function Moved({ campaign, currency, title, moved }: MovedProps) {
  const { t, locale } = useLanguage();
  const nameOf = usePayeeNames();
  return (
    <div>
      <h3>
        {title} <Gap amount={moved.difference} currency={currency} />
      </h3>
      {moved.top.length > 0 && (
        <Table
          rowKey={({ payee }) => `${payee.kind} ${payee.id}`}
          size="small"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={moved.top}
          columns={[
            {
              title: t("runs.line.payee"),
              render: (_, { payee }) => <PayeeLink campaign={campaign} payee={payee} name={nameOf(payee)} />,
            },
            {
              title: t("approval.before"),
              align: "right",
              className: "figure",
              render: (_, row) => money(row.before, currency, locale),
            },
            {
              title: t("approval.after"),
              align: "right",
              className: "figure",
              render: (_, row) => money(row.after, currency, locale),
            },
            {
              title: t("runs.change"),
              align: "right",
              className: "figure",
              render: (_, row) => <Gap amount={row.difference} currency={currency} />,
            },
          ]}
        />
      )}
    </div>
  );
}

import { Card, Input, Slider, Statistic, Table } from "antd";
import { type ReactNode, useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import { type PlanWords, spoken } from "../api/plan-names.ts";
import { decimal, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly participantId: string;
  readonly isOwn: boolean;
}

const MOST_SALES = 50;

/** What more sales would bring, by the engine that settles. */
export function WhatIf({ campaign, words, participantId, isOwn }: Props) {
  const { t } = useLanguage();
  const trend = useAnswer("getTrend", { params: { campaign, participant: participantId } });
  const [sales, setSales] = useState(0);
  const [asked, setAsked] = useState(0);
  const [amount, setAmount] = useState("500.00");
  const [day, setDay] = useState<string>();
  // The last day on which something counted lies in the period for certain; today may not.
  const lastDay = trend.data?.measures
    .flatMap(({ days }) => days.map((one) => one.day))
    .sort()
    .at(-1);
  const chosen = day ?? lastDay ?? trend.data?.at.slice(0, 10);
  const body = { participantId, sales: asked, amount, at: `${chosen ?? ""}T12:00` };
  const isReady = asked > 0 && chosen !== undefined && /^\d+(\.\d+)?$/.test(amount);
  const answer = useAnswer("askWhatIf", { params: { campaign }, body }, { enabled: isReady, keeps: true });
  return (
    <Card title={<h2>{t(isOwn ? "whatIf.title" : "whatIf.title.other")}</h2>}>
      <div className="what-if">
        <div className="what-if-slider">
          <span aria-hidden="true">
            {t("whatIf.sales")}: <strong>{sales}</strong>
          </span>
          <Slider
            min={0}
            max={MOST_SALES}
            value={sales}
            onChange={setSales}
            onChangeComplete={setAsked}
            ariaLabelForHandle={t("whatIf.sales")}
          />
        </div>
        <Field label={t("whatIf.amount")}>
          <Input
            aria-label={t("whatIf.amount")}
            inputMode="decimal"
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
          />
        </Field>
        <Field label={t("whatIf.day")}>
          <Input
            aria-label={t("whatIf.day")}
            type="date"
            value={chosen ?? ""}
            onChange={({ target }) => setDay(target.value)}
          />
        </Field>
      </div>
      {isReady ? (
        <Answered query={answer}>{(data) => <Outcome data={data} words={words} />}</Answered>
      ) : (
        <p className="quiet">{t("whatIf.move")}</p>
      )}
    </Card>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

type WhatIfAnswer = Answer<"askWhatIf">;

function Outcome({ data, words }: { readonly data: WhatIfAnswer; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { total, currency, rewards, supposed } = data;
  const notCounted = Object.entries(supposed.notCounted);
  return (
    <>
      <div className="figures" aria-live="polite">
        <Statistic title={t("whatIf.total")} value={money(total.after, currency, locale)} />
        <Statistic title={t("whatIf.difference")} value={moneyDifference(total.difference, currency, locale)} />
      </div>
      {notCounted.map(([why, count]) => (
        <p key={why}>{t("whatIf.notCounted", { count, why: spoken(why) })}</p>
      ))}
      <Table
        rowKey="reward"
        size="small"
        pagination={false}
        dataSource={rewards}
        columns={[
          {
            title: t("whatIf.reward"),
            render: (_, { reward, after }) => (
              <>
                {words.reward(reward)}
                {after.next.slice(0, 1).map(({ missing, toward }) => (
                  <div key={toward} className="quiet">
                    {t("whatIf.next", { missing: decimal(missing, locale) })}
                  </div>
                ))}
              </>
            ),
          },
          {
            title: t("whatIf.before"),
            align: "right",
            className: "figure",
            render: (_, { amount }) => decimal(amount.before, locale),
          },
          {
            title: t("whatIf.after"),
            align: "right",
            className: "figure",
            render: (_, { amount }) => decimal(amount.after, locale),
          },
          {
            title: t("whatIf.place"),
            align: "right",
            render: (_, { before, after }) =>
              before.rank === after.rank ? (after.rank ?? "–") : `${before.rank ?? "–"} → ${after.rank ?? "–"}`,
          },
        ]}
      />
    </>
  );
}

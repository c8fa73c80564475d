import { Button, Card, Input, Slider, Statistic, Table } from "antd";
import { type ReactNode, useState } from "react";
import { type Answer, ApiProblem } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { money, moneyDifference } from "../format/numbers.ts";
import { isTextKey, type Translate, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { figure } from "./figures.ts";
import { lineAmount } from "./line-view.tsx";
import { namesOf } from "./names.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly participantId: string;
  readonly isOwn: boolean;
}

type WhatIfAnswer = Answer<"askWhatIf">;

const MOST_SALES = 50;
const A_FEW = 3;
const AMOUNT = /^\d+(\.\d+)?$/;

/** What more sales would bring, by the engine that settles. */
export function WhatIf({ campaign, words, participantId, isOwn }: Props) {
  const { t } = useLanguage();
  const trend = useAnswer("getTrend", { params: { campaign, participant: participantId } });
  const [sales, setSales] = useState(0);
  const [asked, setAsked] = useState(0);
  const [amount, setAmount] = useState("500.00");
  const [day, setDay] = useState<string>();
  const [sold, setSold] = useState({ product: "", channel: "" });
  // The last day on which something counted lies in the period for certain; today may not.
  const lastDay = trend.data?.measures
    .flatMap(({ days }) => days.map((one) => one.day))
    .sort()
    .at(-1);
  const chosen = day ?? lastDay ?? trend.data?.at.slice(0, 10);
  const isAmount = AMOUNT.test(amount);
  const said = Object.fromEntries(Object.entries(sold).filter(([, text]) => text.trim() !== ""));
  const body = { participantId, sales: asked, amount, at: `${chosen ?? ""}T12:00`, ...said };
  const isReady = asked > 0 && chosen !== undefined && chosen !== "" && isAmount;
  const answer = useAnswer("askWhatIf", { params: { campaign }, body }, { enabled: isReady, keeps: true });
  const isUnsaid = said.product !== undefined || said.channel !== undefined || lacksSales(answer.error);
  const ask = (count: number) => {
    setSales(count);
    setAsked(count);
  };
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
          <Button size="small" onClick={() => ask(A_FEW)}>
            {t("whatIf.three")}
          </Button>
        </div>
        <Field label={t("whatIf.amount")}>
          <Input
            aria-label={t("whatIf.amount")}
            inputMode="decimal"
            status={isAmount ? "" : "error"}
            value={amount}
            onChange={({ target }) => setAmount(target.value.trim())}
          />
          {!isAmount && <small role="alert">{t("whatIf.amount.bad")}</small>}
        </Field>
        <Field label={t("whatIf.day")}>
          <Input
            aria-label={t("whatIf.day")}
            type="date"
            value={chosen ?? ""}
            onChange={({ target }) => setDay(target.value)}
          />
        </Field>
        {isUnsaid &&
          (["product", "channel"] as const).map((field) => (
            <Field key={field} label={t(`whatIf.${field}`)}>
              <Input
                aria-label={t(`whatIf.${field}`)}
                autoComplete="off"
                value={sold[field]}
                onChange={({ target }) => setSold({ ...sold, [field]: target.value })}
              />
            </Field>
          ))}
      </div>
      {!isReady && <p className="quiet">{t("whatIf.move")}</p>}
      {isReady && lacksSales(answer.error) && <p role="status">{t("whatIf.unsaid")}</p>}
      {isReady && !lacksSales(answer.error) && (
        <Answered query={answer}>{(data) => <Outcome data={data} words={words} />}</Answered>
      )}
    </Card>
  );
}

/** Whoever has sold nothing yet has no sale from which product and channel could be taken. */
function lacksSales(error: Error | null): boolean {
  return error instanceof ApiProblem && (error.details.problems ?? []).some(({ code }) => code === "unsaid");
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

function Outcome({ data, words }: { readonly data: WhatIfAnswer; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { total, currency, supposed } = data;
  const names = namesOf(undefined, words);
  // Rewards that look at nobody of theirs say nothing.
  const rewards = data.rewards.filter(({ subject }) => subject !== undefined);
  const notCounted = Object.entries(supposed.notCounted);
  // The sums above say the currency; so it need not stand in every cell of a phone's width.
  const shown = (amount: string, unit: string | undefined) =>
    unit === undefined ? figure(amount, locale) : lineAmount(amount, unit, names, locale);
  return (
    <>
      <div className="figures" aria-live="polite">
        <Statistic title={t("whatIf.total")} value={money(total.after, currency, locale)} />
        <Statistic title={t("whatIf.difference")} value={moneyDifference(total.difference, currency, locale)} />
      </div>
      {notCounted.map(([why, count]) => (
        <p key={why}>{t("whatIf.notCounted", { count, why: whyNot(why, words, t) })}</p>
      ))}
      {rewards.length === 0 ? (
        <p>{t("whatIf.none")}</p>
      ) : (
        <Table
          rowKey={({ reward, slice = "" }) => `${reward} ${slice}`}
          size="small"
          pagination={false}
          dataSource={rewards}
          columns={[
            {
              title: t("whatIf.reward"),
              render: (_, { reward, slice, after }) => (
                <>
                  {words.reward(reward)} {slice !== undefined && <span className="quiet">{names.slice(slice)}</span>}
                  {after.next.slice(0, 1).map(({ missing, toward, measure }) => (
                    <div key={toward} className="quiet what-if-next">
                      {t("whatIf.next.of", { missing: figure(missing, locale), measure: words.measure(measure) })}
                    </div>
                  ))}
                </>
              ),
            },
            {
              title: t("whatIf.before"),
              align: "right",
              className: "figure",
              render: (_, { amount, unit }) => shown(amount.before, unit),
            },
            {
              title: t("whatIf.after"),
              align: "right",
              className: "figure",
              render: (_, { amount, unit }) => shown(amount.after, unit),
            },
            {
              title: t("whatIf.place"),
              align: "right",
              render: (_, { before, after }) =>
                before.rank === after.rank ? (after.rank ?? "–") : `${before.rank ?? "–"} → ${after.rank ?? "–"}`,
            },
          ]}
        />
      )}
    </>
  );
}

/** A reason of the engine, or the id of the plan's clause that left them out. */
function whyNot(why: string, words: PlanWords, t: Translate): string {
  const key = `runs.notCounted.${why}`;
  return isTextKey(key) ? t(key) : words.label(why);
}

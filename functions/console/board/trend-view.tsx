import { Segmented, Table } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAnswer } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import type { Boards, Subject } from "./standings.ts";
import { type MarkedTarget, TrendChart } from "./trend-chart.tsx";

type MeasureDays = Answer<"getTrend">["measures"][number];
type Day = MeasureDays["days"][number];

interface Props {
  readonly boards: Boards;
  readonly words: PlanWords;
  readonly subject: Subject;
}

export default function TrendView(props: Props) {
  return props.subject.kind === "unit" ? <OfUnit {...props} /> : <OfPerson {...props} />;
}

function OfUnit(props: Props) {
  const { t } = useLanguage();
  const { boards, subject } = props;
  const trend = useAnswer("getUnitTrend", { params: { campaign: boards.campaign, unit: subject.id } });
  return (
    <Answered query={trend}>
      {({ measures, by }) => (
        <>
          <Measures {...props} measures={measures} />
          <p className="quiet">{t(by === "days" ? "board.trend.byDays" : "board.trend.bySales")}</p>
        </>
      )}
    </Answered>
  );
}

function OfPerson(props: Props) {
  const { t } = useLanguage();
  const { boards, subject } = props;
  const trend = useAnswer("getTrend", { params: { campaign: boards.campaign, participant: subject.id } });
  return (
    <Answered query={trend}>
      {({ measures }) => (
        <>
          <Measures {...props} measures={measures} />
          <p className="quiet">{t("board.trend.bySales")}</p>
        </>
      )}
    </Answered>
  );
}

function Measures({ boards, words, subject, measures }: Props & { readonly measures: readonly MeasureDays[] }) {
  const { t, locale } = useLanguage();
  const told = measures.filter(({ days }) => days.length > 0);
  const [chosen, setChosen] = useState<string>();
  const measure = told.find((one) => one.measure === chosen) ?? told[0];
  if (measure === undefined) return <EmptyView title={t("board.trend.none")} next={t("board.none.next")} />;
  const name = words.measure(measure.measure);
  const targets = targetsOf(boards, words, subject, measure.measure);
  return (
    <div className="stack">
      {told.length > 1 && (
        <Segmented
          aria-label={t("board.trend.measure")}
          value={measure.measure}
          onChange={setChosen}
          options={told.map((one) => ({ value: one.measure, label: words.measure(one.measure) }))}
        />
      )}
      <figure>
        <figcaption className="quiet">{name}</figcaption>
        <TrendChart days={measure.days} name={name} targets={targets} />
      </figure>
      <details>
        <summary>{t("board.trend.table")}</summary>
        <Table<Day>
          rowKey="day"
          size="small"
          pagination={false}
          dataSource={measure.days.toReversed()}
          columns={[
            { title: t("board.trend.day"), render: (_, { day }) => date(day, locale, "day") },
            { title: name, align: "right", className: "figure", render: (_, { value }) => decimal(value, locale) },
            {
              title: t("board.trend.facts"),
              align: "right",
              className: "figure",
              render: (_, { facts }) => count(facts, locale),
            },
          ]}
        />
      </details>
    </div>
  );
}

/** Drawn as lines that the way leads to. */
function targetsOf({ progress }: Boards, words: PlanWords, subject: Subject, measure: string): MarkedTarget[] {
  const row = progress.find((one) => subject.kind === "unit" && one.unit === subject.id && one.measure === measure);
  return (row?.targets ?? []).map(({ label, value }) => ({ name: words.label(label), value: Number(value) }));
}

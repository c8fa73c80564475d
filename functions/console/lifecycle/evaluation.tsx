import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Card, Segmented, Statistic, Table } from "antd";
import { useMemo, useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal, money, moneyDifference } from "../format/numbers.ts";
import { nameIn, useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { useLevel } from "../parts/level-name.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { FigureView } from "../picture/figure-view.tsx";
import type { Figure } from "../picture/figures.ts";
import { drawn } from "../picture/half.ts";
import { REACHED } from "../runs/scrolled-table.tsx";

type Evaluated = Answer<"getEvaluation">;
type Kept = "now" | "pilot" | "end";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** What a campaign, or its pilot, cost and brought: as of now, and as it was kept when its time had come. */
export function Evaluation({ campaign, words }: Props) {
  const { t } = useLanguage();
  const made = (words.campaign?.evaluations ?? []).flatMap(({ of, hash }) => (hash === undefined ? [] : [of]));
  const [kept, setKept] = useState<Kept>("now");
  const isInForce = words.campaign?.activeVersion !== undefined;
  const query = kept === "now" ? {} : { kept };
  const answer = useAnswer("getEvaluation", { params: { campaign }, query }, { enabled: isInForce });
  const options = (["now", "pilot", "end"] as const)
    .filter((one) => one === "now" || made.includes(one))
    .map((value) => ({ value, label: t(`lifecycle.evaluation.${value}`) }));
  return (
    <Card
      title={<h2>{t("lifecycle.evaluation")}</h2>}
      extra={isInForce ? <Files campaign={campaign} kept={kept} /> : undefined}
    >
      {options.length > 1 && (
        <Segmented aria-label={t("lifecycle.evaluation.which")} value={kept} options={options} onChange={setKept} />
      )}
      {isInForce ? (
        <Answered query={answer}>{(data) => <Shown evaluated={data} words={words} />}</Answered>
      ) : (
        <EmptyView title={t("lifecycle.evaluation.none")} next={t("lifecycle.evaluation.none.next")} />
      )}
    </Card>
  );
}

function Files({ campaign, kept }: { readonly campaign: string; readonly kept: Kept }) {
  const { t, language } = useLanguage();
  const { api } = useCaller();
  const fetched = useMutation({
    mutationFn: (format: "csv" | "xlsx") => {
      const query = { format, lang: language, ...(kept === "now" ? {} : { kept }) };
      return api.file("getEvaluation", { params: { campaign }, query });
    },
    onSuccess: ({ name, content }) => saveFile(name, content),
  });
  return (
    <div className="row">
      {(["csv", "xlsx"] as const).map((format) => (
        <Button
          key={format}
          icon={<DownloadOutlined />}
          loading={fetched.isPending}
          onClick={() => fetched.mutate(format)}
        >
          {t(`lifecycle.evaluation.${format}`)}
        </Button>
      ))}
      {fetched.error && <ProblemView error={fetched.error} />}
    </div>
  );
}

function Shown({ evaluated, words }: { readonly evaluated: Evaluated; readonly words: PlanWords }) {
  const { t, locale, language } = useLanguage();
  const { cost, approved, currency, results } = evaluated;
  const measure = (id: string) => nameIn(language, evaluated.measures[id], words.measure(id));
  const units = useMemo(
    () =>
      unitFigure(
        evaluated,
        t("lifecycle.evaluation.units"),
        t("lifecycle.evaluation.unit"),
        t("lifecycle.evaluation.cost"),
        locale,
      ),
    [evaluated, t, locale],
  );
  return (
    <div className="stack">
      <p className="quiet">
        {t("lifecycle.evaluation.asOf", { at: date(evaluated.asOf, locale, "minute", words.zone) })}
      </p>
      <div className="try-figures">
        <Statistic title={t("lifecycle.evaluation.cost")} value={money(cost.computed, currency, locale)} />
        <Statistic title={t("lifecycle.evaluation.posted")} value={money(cost.posted, currency, locale)} />
        <Statistic
          title={t("lifecycle.evaluation.maximum")}
          value={
            cost.maximum === undefined ? t("lifecycle.evaluation.maximum.none") : money(cost.maximum, currency, locale)
          }
        />
        {approved?.expected !== undefined && (
          <Statistic title={t("lifecycle.evaluation.expected")} value={money(approved.expected, currency, locale)} />
        )}
      </div>
      {approved?.difference !== undefined && (
        <p>{t("lifecycle.evaluation.than", { difference: moneyDifference(approved.difference, currency, locale) })}</p>
      )}
      <h3>{t("lifecycle.evaluation.results")}</h3>
      <Table
        rowKey="measure"
        size="small"
        pagination={false}
        scroll={{ x: "max-content" }}
        components={REACHED}
        dataSource={results}
        columns={[
          { title: t("lifecycle.evaluation.measure"), render: (_, row) => measure(row.measure) },
          {
            title: t("lifecycle.evaluation.value"),
            align: "right",
            className: "figure",
            render: (_, { value }) => decimal(value, locale),
          },
          {
            title: t("lifecycle.evaluation.perUnit"),
            align: "right",
            className: "figure",
            render: (_, { costPerUnit }) => ratioText(costPerUnit, locale),
          },
        ]}
      />
      {units !== undefined && <FigureView figure={units} currency={currency} />}
      <h3>{t("lifecycle.evaluation.units")}</h3>
      <ByUnit evaluated={evaluated} words={words} measure={measure} />
      <h3>{t("lifecycle.evaluation.products")}</h3>
      <Table
        rowKey="product"
        size="small"
        pagination={{ defaultPageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: "max-content" }}
        components={REACHED}
        dataSource={evaluated.byProduct}
        columns={[
          { title: t("lifecycle.evaluation.product"), render: (_, { product }) => product },
          {
            title: t("lifecycle.evaluation.sales"),
            align: "right",
            className: "figure",
            render: (_, { facts }) => count(facts, locale),
          },
          ...results.map(({ measure: id }) => ({
            title: measure(id),
            align: "right" as const,
            className: "figure",
            render: (_: unknown, row: Evaluated["byProduct"][number]) =>
              decimal(row.results.find((one) => one.measure === id)?.value ?? "–", locale),
          })),
        ]}
      />
    </div>
  );
}

function ByUnit({
  evaluated,
  words,
  measure,
}: {
  readonly evaluated: Evaluated;
  readonly words: PlanWords;
  readonly measure: (id: string) => string;
}) {
  const { t, locale } = useLanguage();
  const levelName = useLevel();
  return (
    <Table
      rowKey="unit"
      size="small"
      pagination={{ defaultPageSize: 20, hideOnSinglePage: true }}
      scroll={{ x: "max-content" }}
      components={REACHED}
      dataSource={evaluated.byUnit}
      columns={[
        {
          title: t("lifecycle.evaluation.unit"),
          render: (_, { name, level }) => (
            <>
              {name} <span className="quiet">{levelName(level)}</span>
            </>
          ),
        },
        {
          title: t("lifecycle.evaluation.cost"),
          align: "right",
          className: "figure",
          render: (_, { cost }) => decimal(cost, locale),
        },
        {
          title: t("lifecycle.evaluation.value"),
          render: (_, { results }) =>
            results.map((one) => (
              <div key={one.measure}>{`${measure(one.measure)}: ${decimal(one.value, locale)}`}</div>
            )),
        },
        {
          title: t("lifecycle.evaluation.attained"),
          render: (_, { targets }) =>
            targets.map(({ label, measure: id, attained }) => (
              <div key={`${id} ${label}`}>{`${words.label(label)}: ${partText(attained, locale)}`}</div>
            )),
        },
      ]}
    />
  );
}

/** An exact ratio with four digits at most; as it stands in a file. */
function ratioText(ratio: string | undefined, locale: string): string {
  const value = drawn(ratio);
  return value === undefined ? "–" : new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
}

function partText(ratio: string | undefined, locale: string): string {
  const value = drawn(ratio);
  return value === undefined
    ? "–"
    : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value);
}

/** Cost by unit of the lowest level that has several. */
function unitFigure(
  { byUnit, currency }: Evaluated,
  title: string,
  unit: string,
  cost: string,
  locale: string,
): Figure | undefined {
  const counts = new Map<string, number>();
  for (const { level } of byUnit) counts.set(level, (counts.get(level) ?? 0) + 1);
  const [level] = [...counts].filter(([, many]) => many > 1).sort((a, b) => b[1] - a[1])[0] ?? [];
  const shown = byUnit
    .filter((one) => one.level === level && Number(one.cost) !== 0)
    .sort((a, b) => Number(b.cost) - Number(a.cost))
    .slice(0, 20);
  if (shown.length === 0) return undefined;
  return {
    title,
    chart: {
      kind: "bars",
      y: cost,
      unit: "money",
      items: shown.map(({ name, cost: amount }) => ({ name, value: Number(amount) })),
    },
    table: {
      columns: [unit, cost],
      rows: shown.map(({ name, cost: amount }) => [name, money(amount, currency, locale)]),
    },
  };
}

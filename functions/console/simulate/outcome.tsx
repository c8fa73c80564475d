import { Alert, Card, Descriptions, Statistic, Table } from "antd";
import type { ReactNode } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count, decimal, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { REACHED } from "../runs/scrolled-table.tsx";
import { BudgetBar } from "./budget-bar.tsx";
import type { Simulation } from "./choice.ts";
import { Distribution } from "./distribution-view.tsx";
import { PeopleTable } from "./people-table.tsx";

interface Props {
  readonly simulation: Simulation;
  readonly words: PlanWords;
  /** Compared with nothing. */
  readonly isAlone: boolean;
  readonly children: ReactNode;
}

/** What a plan would cost, whom it would give more or less, and what stands out. */
export function Outcome({ simulation, words, isAlone, children }: Props) {
  const { t } = useLanguage();
  const rows = simulation.everyone?.rows ?? [];
  return (
    <div className="stack">
      <Cost simulation={simulation} words={words} isAlone={isAlone}>
        {children}
      </Cost>
      <Warnings simulation={simulation} words={words} />
      <div className="columns">
        <Budgets simulation={simulation} words={words} />
        <Card title={<h2>{t(isAlone ? "simulate.distribution.alone" : "simulate.distribution")}</h2>}>
          <Distribution differences={rows.map(({ difference }) => difference)} isAlone={isAlone} />
        </Card>
      </div>
      <Rewards simulation={simulation} words={words} isAlone={isAlone} />
      <PeopleTable simulation={simulation} isAlone={isAlone} />
    </div>
  );
}

function Cost({ simulation, words, isAlone, children }: Props) {
  const { t, locale } = useLanguage();
  const { cost, currency, draft, shift, lines } = simulation;
  const { before, after, difference } = cost.all;
  const { total, bounded } = cost.maximumLiability.after;
  const changed = lines.appear.count + lines.disappear.count + lines.changed.count;
  return (
    <Card title={<h2>{t("simulate.cost")}</h2>}>
      <div className="try-figures">
        {!isAlone && <Statistic title={t("simulate.cost.before")} value={money(before, currency, locale)} />}
        <Statistic title={t("simulate.cost.after")} value={money(after, currency, locale)} />
        {!isAlone && (
          <Statistic title={t("simulate.difference")} value={moneyDifference(difference, currency, locale)} />
        )}
        <Statistic
          title={t("simulate.liability")}
          value={total === undefined ? t("simulate.liability.none") : money(total, currency, locale)}
        />
      </div>
      {total === undefined && (
        <p className="quiet">{t("simulate.liability.bounded", { amount: money(bounded, currency, locale) })}</p>
      )}
      {changed === 0 && !isAlone && <Alert type="info" showIcon title={t("simulate.same")} />}
      <p className="quiet">
        {t("simulate.known", { counted: count(draft.facts.counted, locale), known: count(draft.facts.known, locale) })}
        {shift === undefined ? "" : ` · ${t("simulate.shift", { days: count(shift.days, locale) })}`}
      </p>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: "plan", label: t("simulate.planHash"), children: <code className="hash">{draft.planHash}</code> },
          {
            key: "hash",
            label: t("simulate.hash"),
            children: <code className="hash">{simulation.simulationHash}</code>,
          },
          { key: "asOf", label: t("runs.asOf"), children: date(draft.asOf, locale, "minute", words.zone) },
        ]}
      />
      {children}
    </Card>
  );
}

function Warnings({ simulation, words }: Pick<Props, "simulation" | "words">) {
  const { t } = useLanguage();
  const server = useServerWords();
  const { warnings } = simulation.draft;
  return (
    <Card title={<h2>{t("simulate.warnings")}</h2>}>
      <div className="field-stack">
        {warnings.length === 0 && <p>{t("simulate.warnings.none")}</p>}
        {warnings.map(({ code, message, reward, subject, blocks }) => (
          <Alert
            key={`${code} ${reward ?? ""} ${subject ?? ""} ${message}`}
            type={blocks ? "error" : "warning"}
            showIcon
            title={server.say(message).text}
            description={[
              ...(reward ? [words.reward(reward)] : []),
              ...(blocks ? [t("simulate.warnings.blocks")] : []),
            ].join(" · ")}
          />
        ))}
      </div>
    </Card>
  );
}

function Budgets({ simulation, words }: Pick<Props, "simulation" | "words">) {
  const { t } = useLanguage();
  const budgets = simulation.cost.budgets.flatMap(({ id, after }) => (after ? [{ id, after }] : []));
  return (
    <Card title={<h2>{t("simulate.budgets")}</h2>}>
      {budgets.length === 0 && <EmptyView title={t("simulate.budgets.none")} next={t("simulate.budgets.none.next")} />}
      <div className="field-stack">
        {budgets.map(({ id, after }) => (
          <BudgetBar key={id} name={words.label(id)} budget={after} />
        ))}
      </div>
    </Card>
  );
}

function Rewards({ simulation, words, isAlone }: Pick<Props, "simulation" | "words" | "isAlone">) {
  const { t, locale } = useLanguage();
  const shown = (text: string | undefined, unit: string | undefined) =>
    text === undefined
      ? t("simulate.reward.none")
      : `${decimal(text, locale)}${unit === undefined ? "" : ` ${words.label(unit.replace(/^\w+:/, ""))}`}`;
  return (
    <Card title={<h2>{t("simulate.rewards")}</h2>}>
      <Table
        rowKey={({ reward, unit }) => `${reward} ${unit ?? ""}`}
        size="small"
        pagination={false}
        scroll={{ x: "max-content" }}
        components={REACHED}
        dataSource={simulation.cost.byReward}
        columns={[
          { title: t("simulate.reward"), render: (_, { reward }) => words.reward(reward) },
          ...(isAlone
            ? []
            : [
                {
                  title: t("simulate.cost.before"),
                  align: "right" as const,
                  className: "figure",
                  render: (_: unknown, { before, unit }: Simulation["cost"]["byReward"][number]) => shown(before, unit),
                },
              ]),
          {
            title: t("simulate.cost.after"),
            align: "right",
            className: "figure",
            render: (_, { after, unit }) => shown(after, unit),
          },
          ...(isAlone
            ? []
            : [
                {
                  title: t("simulate.difference"),
                  align: "right" as const,
                  className: "figure",
                  render: (_: unknown, { difference, unit }: Simulation["cost"]["byReward"][number]) =>
                    shown(difference, unit),
                },
              ]),
        ]}
      />
    </Card>
  );
}

import { Alert, Card, Collapse, Descriptions, Statistic, Table } from "antd";
import type { Answer } from "../api/client.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { Decide } from "../approvals/decide.tsx";
import { date } from "../format/dates.ts";
import { count, decimal, difference, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { RUN_TONES, StateMark } from "../parts/state-mark.tsx";

export type Run = Answer<"listRuns">["items"][number];

interface Props {
  readonly run: Run;
  /** What was posted last before it. */
  readonly before: Run | undefined;
  readonly words: PlanWords;
  readonly mayDecide: boolean;
}

export function RunCard({ run, before, words, mayDecide }: Props) {
  const { t, locale } = useLanguage();
  const { runId, campaign, kind, state, totals, resultHash, progress, reason } = run;
  const currency = words.currency ?? "";
  const isWaiting = state === "awaitingApproval";
  const change = totals && difference(totals.all, before?.totals?.all ?? "0");
  return (
    <Card
      title={
        <h2 className="run-title">
          {t(`runs.kind.${kind}`)} <small className="quiet">{runId}</small>
        </h2>
      }
      extra={<StateMark tone={RUN_TONES[state]}>{t(`runs.state.${state}`)}</StateMark>}
    >
      <div className="figures">
        {totals && <Statistic title={t("runs.total")} value={money(totals.all, currency, locale)} />}
        {change !== undefined && (
          <Statistic
            title={t("runs.difference")}
            value={before === undefined ? t("runs.difference.first") : moneyDifference(change, currency, locale)}
          />
        )}
        {run.postedTotal !== undefined && (
          <Statistic title={t("runs.postedTotal")} value={moneyDifference(run.postedTotal, currency, locale)} />
        )}
        {run.lineCount !== undefined && <Statistic title={t("runs.lines")} value={count(run.lineCount, locale)} />}
      </div>
      {progress && state === "computing" && (
        <p>
          {t("runs.progress", {
            read: count(progress.factsRead, locale),
            expected: count(progress.factsExpected, locale),
          })}
        </p>
      )}
      {reason !== undefined && (
        <p>
          {t("runs.reason")}: {reason}
        </p>
      )}
      <Warnings run={run} words={words} />
      {isWaiting && mayDecide && resultHash !== undefined && (
        <Decide
          what={t("approval.run", { id: runId })}
          hash={resultHash}
          approve={{ operation: "approveRun", campaign, runId }}
          disabled={run.warnings.some(({ blocks }) => blocks)}
          {...(change === undefined ? {} : { amount: moneyDifference(change, currency, locale) })}
        />
      )}
      <Collapse
        ghost
        defaultActiveKey={isWaiting ? ["rewards"] : []}
        items={[
          ...(totals
            ? [
                {
                  key: "rewards",
                  label: t("runs.byReward"),
                  children: <ByReward run={run} before={before} words={words} />,
                },
              ]
            : []),
          { key: "more", label: t("runs.details"), children: <More run={run} words={words} /> },
        ]}
      />
    </Card>
  );
}

function Warnings({ run, words }: { readonly run: Run; readonly words: PlanWords }) {
  const { t } = useLanguage();
  if (run.warnings.length === 0) return null;
  return (
    <div className="stack">
      {run.warnings.map(({ code, message, reward, subject, blocks }) => (
        <Alert
          key={`${code} ${reward ?? ""} ${subject ?? ""} ${message}`}
          type={blocks ? "error" : "warning"}
          showIcon
          title={message}
          description={[...(reward ? [words.reward(reward)] : []), ...(blocks ? [t("runs.warning.blocks")] : [])].join(
            " · ",
          )}
        />
      ))}
    </div>
  );
}

function ByReward({
  run,
  before,
  words,
}: {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
}) {
  const { t, locale } = useLanguage();
  const now = run.totals?.byReward ?? {};
  const old = before?.totals?.byReward ?? {};
  const ids = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  const amount = (text: string | undefined) => (text === undefined ? "–" : decimal(text, locale));
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={ids.map((id) => ({ id, now: now[id], old: old[id] }))}
        columns={[
          { title: t("runs.reward"), render: (_, { id }) => words.reward(id) },
          { title: t("runs.before"), align: "right", className: "figure", render: (_, row) => amount(row.old) },
          { title: t("runs.now"), align: "right", className: "figure", render: (_, row) => amount(row.now) },
          {
            title: t("runs.change"),
            align: "right",
            className: "figure",
            render: (_, row) => amount(difference(row.now ?? "0", row.old ?? "0")),
          },
        ]}
      />
      {run.totals?.budgets.map(({ id, amount: whole, used, left }) => (
        <p key={id} className="quiet">
          {t("runs.budgets")} {id}:{" "}
          {t("runs.budget.used", {
            used: decimal(used, locale),
            amount: decimal(whole, locale),
            left: decimal(left, locale),
          })}
        </p>
      ))}
    </>
  );
}

function More({ run, words }: { readonly run: Run; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { facts } = run.totals ?? {};
  const sum = (counts: Readonly<Record<string, number>>) =>
    count(
      Object.values(counts).reduce((all, one) => all + one, 0),
      locale,
    );
  const items = [
    { key: "hash", label: t("runs.hash"), children: <code className="hash">{run.resultHash ?? "–"}</code> },
    { key: "asOf", label: t("runs.asOf"), children: date(run.asOf, locale, "minute", words.zone) },
    { key: "started", label: t("runs.started"), children: date(run.startedAt, locale, "minute", words.zone) },
    { key: "by", label: t("runs.submittedBy"), children: run.submittedBy },
    ...(run.decidedBy === undefined
      ? []
      : [
          {
            key: "decided",
            label: t("runs.decidedBy"),
            children: `${run.decidedBy}${run.decidedAt ? `, ${date(run.decidedAt, locale, "minute", words.zone)}` : ""}`,
          },
        ]),
    ...(facts === undefined
      ? []
      : [
          {
            key: "facts",
            label: t("runs.facts"),
            children: t("runs.facts.text", {
              known: count(facts.known, locale),
              counted: count(facts.counted, locale),
              cancelled: count(facts.cancelled, locale),
              notCounted: sum(facts.notCounted),
              held: sum(facts.held),
            }),
          },
        ]),
  ];
  return <Descriptions column={1} size="small" items={items} />;
}

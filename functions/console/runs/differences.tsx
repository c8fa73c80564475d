import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Input, Progress, Segmented, Select, Table } from "antd";
import { useMemo, useState } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { csvFile } from "../format/csv.ts";
import { compareDecimals, isZero } from "../format/exact.ts";
import { count, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { Causes } from "./causes-view.tsx";
import type { LineChange, PayeeChange } from "./compare.ts";
import { PayeeLink } from "./payee-link.tsx";
import { type PayeeName, usePayeeNames } from "./payee-names.ts";
import type { Run } from "./types.ts";
import { type Compared, useComparison } from "./use-comparison.ts";

interface Props {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
}

const DIRECTIONS = ["all", "more", "less"] as const;
type Direction = (typeof DIRECTIONS)[number];

interface Wanted {
  readonly direction: Direction;
  readonly reward: string | undefined;
  readonly text: string;
}

/** Who gets more or less than was posted last, and why: the lines of both runs side by side. */
export function Differences({ run, before, words }: Props) {
  const { t } = useLanguage();
  const compared = useComparison(run, before);
  const nameOf = usePayeeNames();
  const [wanted, setWanted] = useState<Wanted>({ direction: "all", reward: undefined, text: "" });
  const rows = useMemo(
    () => compared.payees.filter((row) => isWanted(row, wanted, nameOf(row.payee))),
    [compared.payees, wanted, nameOf],
  );
  return (
    <div className="stack">
      <p className="quiet">{before ? t("differences.text", { run: before.runId }) : t("differences.text.first")}</p>
      {before && before.planVersion !== run.planVersion && (
        <Alert
          type="info"
          showIcon
          title={t("differences.plan", { before: before.planVersion, after: run.planVersion })}
        />
      )}
      <Reading compared={compared} />
      {compared.state === "done" && compared.payees.length === 0 ? (
        <EmptyView title={t("differences.none")} next={t("differences.none.next")} />
      ) : (
        compared.payees.length > 0 && (
          <>
            <Filters wanted={wanted} setWanted={setWanted} payees={compared.payees} words={words}>
              <Download run={run} rows={rows} words={words} nameOf={nameOf} />
            </Filters>
            <p className="quiet" role="status">
              {t("differences.shown", { shown: rows.length, of: compared.payees.length })}
            </p>
            <Rows rows={rows} campaign={run.campaign} words={words} nameOf={nameOf} />
          </>
        )
      )}
    </div>
  );
}

function isWanted(
  { payee, difference, lines }: PayeeChange,
  { direction, reward, text }: Wanted,
  name: string,
): boolean {
  const isLess = difference.startsWith("-");
  if (direction !== "all" && isLess !== (direction === "less")) return false;
  if (reward !== undefined && !lines.some((line) => line.reward === reward)) return false;
  const typed = text.trim().toLowerCase();
  return typed === "" || `${name} ${payee.id}`.toLowerCase().includes(typed);
}

/** How far the comparison is: many lines are only read when somebody wants to know. */
function Reading({ compared }: { readonly compared: Compared }) {
  const { t, locale } = useLanguage();
  const { state, read, of, start, stop, error } = compared;
  if (state === "done") return null;
  if (state === "failed" && error) return <ProblemView error={error} onRetry={start} />;
  const lines = { read: count(read, locale), of: count(of, locale) };
  if (state === "reading") {
    return (
      <div className="row" role="status">
        <Progress
          className="reading"
          percent={of === 0 ? 0 : Math.min(99, Math.floor((read / of) * 100))}
          aria-label={t("differences.reading", lines)}
        />
        <span>{t("differences.reading", lines)}</span>
        <Button size="small" onClick={stop}>
          {t("differences.stop")}
        </Button>
      </div>
    );
  }
  return (
    <Alert
      type={state === "stopped" ? "warning" : "info"}
      showIcon
      title={t(state === "stopped" ? "differences.stopped" : "differences.asks", lines)}
      action={<Button onClick={start}>{t("differences.start")}</Button>}
    />
  );
}

interface FilterProps {
  readonly wanted: Wanted;
  readonly setWanted: (wanted: Wanted) => void;
  readonly payees: readonly PayeeChange[];
  readonly words: PlanWords;
  readonly children: React.ReactNode;
}

function Filters({ wanted, setWanted, payees, words, children }: FilterProps) {
  const { t } = useLanguage();
  const rewards = [...new Set(payees.flatMap(({ lines }) => lines.map(({ reward }) => reward)))].sort();
  const directions = DIRECTIONS.map((value) => ({ value, label: t(`differences.${value}`) }));
  return (
    <div className="row table-tools">
      <Input.Search
        allowClear
        placeholder={t("differences.search")}
        aria-label={t("differences.search")}
        value={wanted.text}
        onChange={({ target }) => setWanted({ ...wanted, text: target.value })}
      />
      <Segmented
        options={directions}
        value={wanted.direction}
        onChange={(direction) => setWanted({ ...wanted, direction })}
        aria-label={t("differences.direction")}
      />
      <Select
        allowClear
        placeholder={t("differences.everyReward")}
        aria-label={t("runs.reward")}
        options={rewards.map((value) => ({ value, label: words.reward(value) }))}
        value={wanted.reward}
        onChange={(reward) => setWanted({ ...wanted, reward })}
        className="tool-select"
      />
      {children}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly PayeeChange[];
  readonly campaign: string;
  readonly words: PlanWords;
  readonly nameOf: PayeeName;
}

function Rows({ rows, campaign, words, nameOf }: RowsProps) {
  const { t, locale } = useLanguage();
  const amount = (text: string, currency: string) => (isZero(text) ? "–" : money(text, currency, locale));
  return (
    <Table
      rowKey="key"
      size="small"
      scroll={{ x: "max-content" }}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={rows}
      expandable={{ expandedRowRender: ({ lines }) => <Lines lines={lines} words={words} /> }}
      columns={[
        {
          title: t("runs.line.payee"),
          sorter: (a, b) => nameOf(a.payee).localeCompare(nameOf(b.payee), locale),
          render: (_, { payee }) => <PayeeLink campaign={campaign} payee={payee} name={nameOf(payee)} />,
        },
        {
          title: t("runs.before"),
          align: "right",
          className: "figure",
          sorter: (a, b) => compareDecimals(a.before, b.before),
          render: (_, { before, currency }) => amount(before, currency),
        },
        {
          title: t("runs.now"),
          align: "right",
          className: "figure",
          sorter: (a, b) => compareDecimals(a.after, b.after),
          render: (_, { after, currency }) => amount(after, currency),
        },
        {
          title: t("runs.change"),
          align: "right",
          className: "figure",
          sorter: (a, b) => compareDecimals(a.difference, b.difference),
          render: (_, row) => <Gap amount={row.difference} currency={row.currency} />,
        },
        {
          title: t("differences.rewards"),
          render: (_, { lines }) => [...new Set(lines.map(({ reward }) => words.reward(reward)))].join(", "),
        },
      ]}
    />
  );
}

/** With its sign and a word, so that more and less are not told by colour alone. */
export function Gap({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  const { locale } = useLanguage();
  return (
    <strong className={isZero(amount) ? "" : amount.startsWith("-") ? "bad" : "good"}>
      {moneyDifference(amount, currency, locale)}
    </strong>
  );
}

function Lines({ lines, words }: { readonly lines: readonly LineChange[]; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const side = (amount: string | undefined, currency: string) =>
    amount === undefined ? t("differences.nothing") : money(amount, currency, locale);
  return (
    <ul className="plain-list stack">
      {lines.map((line) => (
        <li key={line.lineId}>
          <p>
            <strong>{words.reward(line.reward)}</strong>{" "}
            <span className="quiet">{[line.slice, line.part].filter((part) => part !== undefined).join(" · ")}</span>{" "}
            {side(line.before, line.currency)} → {side(line.after, line.currency)}{" "}
            <Gap amount={line.difference} currency={line.currency} />
          </p>
          <Causes line={line} words={words} />
        </li>
      ))}
    </ul>
  );
}

interface DownloadProps {
  readonly run: Run;
  readonly rows: readonly PayeeChange[];
  readonly words: PlanWords;
  readonly nameOf: PayeeName;
}

/** What is shown, a row a line; texts that begin like a formula cannot run. */
function Download({ run, rows, words, nameOf }: DownloadProps) {
  const { t } = useLanguage();
  const save = () => {
    const head = [
      "runs.line.payee.kind",
      "runs.line.payee.id",
      "runs.line.payee.name",
      "runs.reward",
      "runs.line.slice",
      "runs.line.currency",
      "runs.before",
      "runs.now",
      "runs.change",
    ] as const;
    const lines = rows.flatMap((row) =>
      row.lines.map((line) => [
        t(`statement.${row.payee.kind}`),
        row.payee.id,
        nameOf(row.payee),
        words.reward(line.reward),
        [line.slice, line.part].filter(Boolean).join(" "),
        line.currency,
        line.before ?? "",
        line.after ?? "",
        line.difference,
      ]),
    );
    saveFile(`differences-${run.runId}.csv`, csvFile([head.map((key) => t(key)), ...lines]));
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t("runs.file.csv")}
    </Button>
  );
}

import { DownloadOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { csvFile } from "../format/csv.ts";
import { compareDecimals, isZero } from "../format/exact.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { saveFile } from "../parts/save-file.ts";
import { type PayeeChange, payeeKey } from "./compare.ts";
import { Gap } from "./gap.tsx";
import { PayeeLines } from "./payee-lines.tsx";
import { PayeeLink } from "./payee-link.tsx";
import type { PayeeName } from "./payee-names.ts";
import type { Run } from "./types.ts";

interface Props {
  readonly rows: readonly PayeeChange[];
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
  readonly nameOf: PayeeName;
}

/** A row a payee and currency, the largest differences first; it opens to the lines. */
export function DifferenceRows({ rows, run, before, words, nameOf }: Props) {
  const { t, locale } = useLanguage();
  const amount = (text: string, currency: string) => (isZero(text) ? "–" : money(text, currency, locale));
  return (
    <Table
      rowKey={(row) => `${payeeKey(row)} ${row.currency}`}
      size="small"
      scroll={{ x: "max-content" }}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={rows}
      expandable={{
        expandedRowRender: ({ payee, currency }) => (
          <PayeeLines run={run} before={before} payee={payee} currency={currency} words={words} />
        ),
      }}
      columns={[
        {
          title: t("runs.line.payee"),
          sorter: (a, b) => nameOf(a.payee).localeCompare(nameOf(b.payee), locale),
          render: (_, { payee }) => <PayeeLink campaign={run.campaign} payee={payee} name={nameOf(payee)} />,
        },
        {
          title: t("runs.before"),
          align: "right",
          className: "figure",
          sorter: (a, b) => compareDecimals(a.before, b.before),
          render: (_, { before: was, currency }) => amount(was, currency),
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
          render: (_, { rewards }) => rewards.map(({ reward }) => words.reward(reward)).join(", "),
        },
      ]}
    />
  );
}

/** What is listed, a row a payee and reward; texts that begin like a formula cannot run. */
export function DifferencesDownload({ run, rows, words, nameOf }: Omit<Props, "before">) {
  const { t } = useLanguage();
  const save = () => {
    const head = [
      "runs.line.payee.kind",
      "runs.line.payee.id",
      "runs.line.payee.name",
      "runs.reward",
      "runs.line.currency",
      "runs.before",
      "runs.now",
      "runs.change",
    ] as const;
    const lines = rows.flatMap(({ payee, currency, rewards }) =>
      rewards.map(({ reward, before, after, difference }) => [
        t(`statement.${payee.kind}`),
        payee.id,
        nameOf(payee),
        words.reward(reward),
        currency,
        before,
        after,
        difference,
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

import { Card, Select, Table } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { date } from "../format/dates.ts";
import { minorMoney } from "../format/minor-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { FileButtons } from "../runs/file-buttons.tsx";
import { PayeeLink } from "../runs/payee-link.tsx";
import { usePayeeNames } from "../runs/payee-names.ts";
import { PayeeSearch } from "../runs/payee-search.tsx";

type Posting = Answer<"listPostings">["items"][number];

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** By themselves as many pages are read; more on demand. */
const READ_PAGES = 10;

/** The ledger: each difference that was posted, never changed and never removed. */
export function Postings({ campaign, words }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [run, setRun] = useState<string>();
  const runs = usePages(
    "listRuns",
    { params: { campaign }, query: { order: "newestFirst", limit: 200 } },
    { enabled: may("listRuns") },
  );
  const posted = runs.data?.pages.flatMap(({ items }) => items).filter(({ state }) => state === "posted") ?? [];
  const postings = usePages("listPostings", {
    params: { campaign },
    query: { limit: 200, ...(run === undefined ? {} : { run }) },
  });
  useAllPages(postings, READ_PAGES);
  return (
    <div className="stack">
      <div className="row table-tools">
        {posted.length > 0 && (
          <Select
            allowClear
            className="tool-select"
            placeholder={t("payouts.everyRun")}
            aria-label={t("payouts.run")}
            options={posted.map(({ runId, kind }) => ({ value: runId, label: `${t(`runs.kind.${kind}`)} ${runId}` }))}
            value={run}
            onChange={setRun}
          />
        )}
        <FileButtons operation="listPostings" campaign={campaign} run={run} />
      </div>
      <Listed query={postings}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("payouts.postings.none")} next={t("payouts.postings.none.next")} />
            </Card>
          ) : (
            <Rows postings={items} campaign={campaign} words={words} />
          )
        }
      </Listed>
    </div>
  );
}

interface RowsProps extends Props {
  readonly postings: readonly Posting[];
}

function Rows({ postings, campaign, words }: RowsProps) {
  const { t, locale } = useLanguage();
  const nameOf = usePayeeNames();
  const [text, setText] = useState("");
  const [reward, setReward] = useState<string>();
  const typed = text.trim().toLowerCase();
  const rows = postings.filter(
    (one) =>
      (reward === undefined || one.reward === reward) &&
      `${nameOf(one.payee)} ${one.payee.id} ${one.lineId}`.toLowerCase().includes(typed),
  );
  const rewards = [...new Set(postings.map((one) => one.reward))].sort();
  return (
    <>
      <div className="row table-tools">
        <PayeeSearch text={text} onType={setText} />
        <Select
          allowClear
          className="tool-select"
          placeholder={t("differences.everyReward")}
          aria-label={t("runs.reward")}
          options={rewards.map((value) => ({ value, label: words.reward(value) }))}
          value={reward}
          onChange={setReward}
        />
      </div>
      <Table
        rowKey={({ lineId, seq }) => `${lineId} ${seq}`}
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t("payouts.shown.none") }}
        dataSource={rows}
        columns={[
          {
            title: t("runs.line.payee"),
            sorter: (a, b) => nameOf(a.payee).localeCompare(nameOf(b.payee), locale),
            render: (_, { payee }) => <PayeeLink campaign={campaign} payee={payee} name={nameOf(payee)} />,
          },
          { title: t("runs.reward"), render: (_, one) => words.reward(one.reward) },
          { title: t("payouts.run"), dataIndex: "runId" },
          { title: t("payouts.seq"), align: "right", dataIndex: "seq" },
          {
            title: t("payouts.difference"),
            align: "right",
            className: "figure",
            sorter: (a, b) => a.amountMinor - b.amountMinor,
            render: (_, { amountMinor, currency }) => (
              <strong className={amountMinor < 0 ? "bad" : ""}>{minorMoney(amountMinor, currency, locale)}</strong>
            ),
          },
          {
            title: t("payouts.balance"),
            align: "right",
            className: "figure",
            render: (_, { balanceMinor, currency }) => minorMoney(balanceMinor, currency, locale),
          },
          {
            title: t("runs.postedAt"),
            sorter: (a, b) => Date.parse(a.postedAt) - Date.parse(b.postedAt),
            render: (_, { postedAt }) => date(postedAt, locale, "minute", words.zone),
          },
        ]}
      />
    </>
  );
}

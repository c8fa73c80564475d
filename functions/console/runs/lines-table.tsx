import { Input, Table } from "antd";
import { useState } from "react";
import { usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { compareDecimals } from "../format/exact.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { PayeeLink } from "./payee-link.tsx";
import { usePayeeNames } from "./payee-names.ts";
import type { SectionContent } from "./section-content.ts";
import { Trace, useSteps } from "./steps.tsx";
import type { Line } from "./types.ts";

const PAGE = 100;

/** A run's lines, each with its steps. */
export function Lines({ run, words }: SectionContent) {
  const { campaign, runId } = run;
  const lines = usePages("listLines", { params: { campaign, runId }, query: { limit: PAGE } });
  return (
    <div className="stack">
      <FileButtons operation="listLines" campaign={campaign} runId={runId} />
      <Listed query={lines}>{(items) => <LinesTable lines={items} campaign={campaign} words={words} />}</Listed>
    </div>
  );
}

/** What is earned and not due yet. */
export function Held({ run, words }: SectionContent) {
  const { t } = useLanguage();
  const { campaign, runId } = run;
  const lines = usePages("listHeld", { params: { campaign, runId }, query: { limit: PAGE } });
  return (
    <div className="stack">
      <p className="quiet">{t("runs.held.text")}</p>
      <Listed query={lines}>{(items) => <LinesTable lines={items} campaign={campaign} words={words} withDue />}</Listed>
    </div>
  );
}

/** Awards that other rewards count. */
export function Components({ run, words }: SectionContent) {
  const { t } = useLanguage();
  const { campaign, runId } = run;
  const lines = usePages("listComponents", { params: { campaign, runId }, query: { limit: PAGE } });
  return (
    <div className="stack">
      <p className="quiet">{t("runs.components.text")}</p>
      <Listed query={lines}>{(items) => <LinesTable lines={items} campaign={campaign} words={words} />}</Listed>
    </div>
  );
}

interface TableProps {
  readonly lines: readonly (Line & { readonly due?: string | undefined })[];
  readonly campaign: string;
  readonly words: PlanWords;
  readonly withDue?: boolean;
}

function LinesTable({ lines, campaign, words, withDue = false }: TableProps) {
  const { t, locale } = useLanguage();
  const nameOf = usePayeeNames();
  const steps = useSteps(words, nameOf);
  const [text, setText] = useState("");
  if (lines.length === 0) return <EmptyView title={t("runs.line.none")} next={t("runs.line.none.next")} />;
  const typed = text.trim().toLowerCase();
  const shown = lines.filter(({ payee, reward }) =>
    `${nameOf(payee)} ${payee.id} ${words.reward(reward)}`.toLowerCase().includes(typed),
  );
  const part = ({ slice, part: of }: Line) => [slice, of].filter((one) => one !== undefined).join(" · ");
  const due = {
    title: t("runs.line.due"),
    render: (_: unknown, { due: at }: TableProps["lines"][number]) =>
      at === undefined ? t("runs.line.dueLater") : date(at, locale, "day"),
  };
  return (
    <>
      <Input.Search
        allowClear
        className="table-search"
        placeholder={t("runs.line.search")}
        aria-label={t("runs.line.search")}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Table
        rowKey="lineId"
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={shown}
        expandable={{ expandedRowRender: (line) => <Trace line={line} words={steps} /> }}
        columns={[
          { title: t("runs.reward"), render: (_, { reward }) => words.reward(reward) },
          {
            title: t("runs.line.payee"),
            render: (_, { payee }) => <PayeeLink campaign={campaign} payee={payee} name={nameOf(payee)} />,
          },
          { title: t("runs.line.slice"), render: (_, line) => part(line) },
          { title: t("runs.line.rank"), align: "right", dataIndex: "rank" },
          ...(withDue ? [due] : []),
          {
            title: t("runs.line.amount"),
            align: "right",
            className: "figure",
            sorter: (a, b) => compareDecimals(a.amount, b.amount),
            render: (_, { amount, currency }) => money(amount, currency, locale),
          },
        ]}
      />
    </>
  );
}

import { Card, Table } from "antd";
import { Link } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { ApprovalState } from "../approvals/approval-card.tsx";
import { type Approval, hrefOf } from "../approvals/what-of.ts";
import { date } from "../format/dates.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { PayeeLink } from "../runs/payee-link.tsx";
import { usePayeeNames } from "../runs/payee-names.ts";
import { RequestAdjustment } from "./request-adjustment.tsx";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** Amounts by hand, whatever became of them, and a form that asks for one. */
export function Adjustments({ campaign, words }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const asked = usePages("listAdjustments", { params: { campaign }, query: { limit: 200 } }, { every: 15_000 });
  return (
    <div className="stack">
      <p className="quiet">{t("adjustments.text")}</p>
      {may("requestAdjustment") && <RequestAdjustment campaign={campaign} words={words} />}
      <Listed query={asked}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView
                title={t("adjustments.none")}
                next={t(may("requestAdjustment") ? "adjustments.none.next" : "adjustments.none.reader")}
              />
            </Card>
          ) : (
            <Rows items={items} campaign={campaign} words={words} />
          )
        }
      </Listed>
    </div>
  );
}

interface RowsProps extends Props {
  readonly items: readonly Approval[];
}

function Rows({ items, campaign, words }: RowsProps) {
  const { t, locale } = useLanguage();
  const server = useServerWords();
  const nameOf = usePayeeNames();
  const rows = items.flatMap((approval) =>
    approval.content.kind === "manual-adjustment" ? [{ approval, content: approval.content }] : [],
  );
  return (
    <Table
      rowKey={({ approval }) => approval.id}
      size="small"
      scroll={{ x: "max-content" }}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={[...rows].sort((a, b) => Date.parse(b.approval.requestedAt) - Date.parse(a.approval.requestedAt))}
      columns={[
        {
          title: t("adjustments.number"),
          render: (_, { approval, content }) => <Link href={hrefOf(approval)}>{content.number}</Link>,
        },
        { title: t("adjustments.state"), render: (_, { approval }) => <ApprovalState approval={approval} /> },
        {
          title: t("runs.line.payee"),
          render: (_, { content }) => (
            <PayeeLink campaign={campaign} payee={content.payee} name={nameOf(content.payee)} />
          ),
        },
        { title: t("runs.reward"), render: (_, { content }) => words.reward(content.reward) },
        {
          title: t("runs.line.amount"),
          align: "right",
          className: "figure",
          render: (_, { content }) => money(content.amount, content.currency, locale),
        },
        {
          title: t("runs.reason"),
          className: "wraps",
          render: (_, { approval }) => approval.reason && server.say(approval.reason).text,
        },
        {
          title: t("approval.requestedBy"),
          render: (_, { approval }) =>
            `${approval.requestedBy}, ${date(approval.requestedAt, locale, "minute", words.zone)}`,
        },
      ]}
    />
  );
}

import { Card, Segmented, Table } from "antd";
import { useMemo, useState } from "react";
import type { Answer } from "../api/client.ts";
import { usePages } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { minorMoney } from "../format/minor-units.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { FileButtons } from "../runs/file-buttons.tsx";
import { PayeeLink } from "../runs/payee-link.tsx";
import { PayeeSearch } from "../runs/payee-search.tsx";
import { REACHED } from "../runs/scrolled-table.tsx";

type Payout = Answer<"listPayouts">["items"][number];

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
}

/** A payee's payouts in their order, and what stays open after the last. */
interface Chain {
  readonly key: string;
  readonly last: Payout;
  readonly paidMinor: number;
  readonly payouts: readonly Payout[];
}

const SHOWN = ["all", "open", "owed"] as const;
type Shown = (typeof SHOWN)[number];
/** By themselves as many are read; more on demand. */
const READ_PAGES = 10;

/** What was paid to whom, run after run: what was brought forward, posted, paid and carried forward. */
export function PayoutChains({ campaign }: Props) {
  const { t } = useLanguage();
  const payouts = usePages("listPayouts", { params: { campaign }, query: { limit: 200 } });
  useAllPages(payouts, READ_PAGES);
  return (
    <div className="stack">
      <p className="quiet">{t("payouts.payees.text")}</p>
      <FileButtons operation="listPayouts" campaign={campaign} />
      <Listed query={payouts}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyView title={t("payouts.payees.none")} next={t("payouts.payees.none.next")} />
            </Card>
          ) : (
            <Chains payouts={items} campaign={campaign} />
          )
        }
      </Listed>
    </div>
  );
}

function Chains({ payouts, campaign }: { readonly payouts: readonly Payout[]; readonly campaign: string }) {
  const { t, locale } = useLanguage();
  const [text, setText] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const chains = useMemo(() => chainsOf(payouts), [payouts]);
  const typed = text.trim().toLowerCase();
  const rows = chains.filter(
    ({ last }) => isShown(last, shown) && `${last.name} ${last.payee.id} ${last.unit}`.toLowerCase().includes(typed),
  );
  const amount = (minor: number, { currency }: Payout) => minorMoney(minor, currency, locale);
  return (
    <>
      <div className="row table-tools">
        <PayeeSearch text={text} onType={setText} />
        <Segmented
          options={SHOWN.map((value) => ({ value, label: t(`payouts.shown.${value}`) }))}
          value={shown}
          onChange={setShown}
          aria-label={t("payouts.carried")}
        />
      </div>
      <Table
        rowKey="key"
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t("payouts.shown.none") }}
        dataSource={rows}
        expandable={{ expandedRowRender: ({ payouts: chain }) => <Chain payouts={chain} /> }}
        columns={[
          {
            title: t("runs.line.payee"),
            sorter: (a, b) => a.last.name.localeCompare(b.last.name, locale),
            render: (_, { last }) => <PayeeLink campaign={campaign} payee={last.payee} name={last.name} />,
          },
          { title: t("payouts.unit"), render: (_, { last }) => last.unit },
          { title: t("payouts.times"), align: "right", render: (_, { payouts: chain }) => chain.length },
          {
            title: t("payouts.paid"),
            align: "right",
            className: "figure",
            sorter: (a, b) => a.paidMinor - b.paidMinor,
            render: (_, { paidMinor, last }) => amount(paidMinor, last),
          },
          {
            title: t("payouts.carried"),
            align: "right",
            className: "figure",
            sorter: (a, b) => a.last.carriedForwardMinor - b.last.carriedForwardMinor,
            render: (_, { last }) => <Open payout={last} />,
          },
        ]}
      />
    </>
  );
}

function isShown({ carriedForwardMinor }: Payout, shown: Shown): boolean {
  return shown === "all" || (shown === "open" ? carriedForwardMinor > 0 : carriedForwardMinor < 0);
}

function chainsOf(payouts: readonly Payout[]): Chain[] {
  const groups = Map.groupBy(payouts, ({ payee, currency }) => `${payee.kind} ${payee.id} ${currency}`);
  return [...groups].flatMap(([key, group]) => {
    const chain = [...group].sort((a, b) => a.seq - b.seq);
    const last = chain.at(-1);
    if (last === undefined) return [];
    return [{ key, last, payouts: chain, paidMinor: chain.reduce((sum, { paidMinor }) => sum + paidMinor, 0) }];
  });
}

/** What stays open, and which way. */
function Open({ payout: { carriedForwardMinor, currency } }: { readonly payout: Payout }) {
  const { t, locale } = useLanguage();
  if (carriedForwardMinor === 0) return "–";
  return (
    <>
      <strong className={carriedForwardMinor < 0 ? "bad" : ""}>
        {minorMoney(carriedForwardMinor, currency, locale)}
      </strong>{" "}
      <small className="quiet">{t(carriedForwardMinor < 0 ? "payouts.toRecover" : "payouts.belowMinimum")}</small>
    </>
  );
}

function Chain({ payouts }: { readonly payouts: readonly Payout[] }) {
  const { t, locale } = useLanguage();
  const amount = (minor: number, { currency }: Payout) => minorMoney(minor, currency, locale);
  const column = (title: string, of: (payout: Payout) => number) => ({
    title,
    align: "right" as const,
    className: "figure",
    render: (_: unknown, payout: Payout) => amount(of(payout), payout),
  });
  return (
    <Table
      rowKey={({ runId, seq }) => `${runId} ${seq}`}
      size="small"
      pagination={false}
      scroll={{ x: "max-content" }}
      components={REACHED}
      dataSource={payouts}
      columns={[
        { title: "#", dataIndex: "seq" },
        { title: t("payouts.run"), dataIndex: "runId" },
        column(t("payouts.brought"), ({ broughtForwardMinor }) => broughtForwardMinor),
        column(t("payouts.posted"), ({ postedMinor }) => postedMinor),
        column(t("payouts.paid"), ({ paidMinor }) => paidMinor),
        column(t("payouts.carried"), ({ carriedForwardMinor }) => carriedForwardMinor),
        {
          title: t("payouts.benefits"),
          render: (_, { benefits = [] }) =>
            benefits.map(({ unit, quantity }) => `${quantity} × ${unit.replace(/^\w+:/, "")}`).join(", "),
        },
      ]}
    />
  );
}

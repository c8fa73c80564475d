import { DownloadOutlined } from "@ant-design/icons";
import { Button, Card, Input, Segmented, Table } from "antd";
import { useMemo, useState } from "react";
import { csvFile } from "../format/csv.ts";
import { count, decimal, difference as minus, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { REACHED } from "../runs/scrolled-table.tsx";
import type { Simulation } from "./choice.ts";

export type PayeeRow = NonNullable<Simulation["everyone"]>["rows"][number];
type Shown = "all" | "winners" | "losers" | "same";

/** Which group a row is in, by its sign; a text of zeros has none. */
export function groupOf({ difference }: Pick<PayeeRow, "difference">): Exclude<Shown, "all"> {
  if (/^-?0*(\.0*)?$/.test(difference)) return "same";
  return difference.startsWith("-") ? "losers" : "winners";
}

/** Amounts in their order, exactly. */
export function byAmount(a: string, b: string): number {
  const apart = minus(a, b);
  if (/^-?0*(\.0*)?$/.test(apart)) return 0;
  return apart.startsWith("-") ? -1 : 1;
}

/** Everybody with their amounts before and after: sorted, searched, downloaded. */
export function PeopleTable({ simulation, isAlone }: { readonly simulation: Simulation; readonly isAlone: boolean }) {
  const { t, locale } = useLanguage();
  const [shown, setShown] = useState<Shown>("all");
  const [search, setSearch] = useState("");
  const { rows, more } = simulation.everyone ?? { rows: [], more: 0 };
  const { winners, losers, unchanged } = simulation.payees;
  const found = useMemo(() => {
    const asked = search.trim().toLowerCase();
    return rows.filter(
      (row) =>
        (shown === "all" || groupOf(row) === shown) &&
        (asked === "" || row.name.toLowerCase().includes(asked) || row.payee.id.includes(asked)),
    );
  }, [rows, shown, search]);
  const amount = (title: string, key: "before" | "after" | "difference") => ({
    title,
    align: "right" as const,
    className: "figure",
    sorter: (a: PayeeRow, b: PayeeRow) => byAmount(a[key], b[key]),
    render: (_: unknown, row: PayeeRow) =>
      key === "difference" ? signed(row[key], simulation.currency, locale) : decimal(row[key], locale),
  });
  const save = () => {
    const head = [
      "simulate.people.kind",
      "simulate.people.id",
      "simulate.people.who",
      "simulate.cost.before",
      "simulate.cost.after",
      "simulate.difference",
    ] as const;
    const lines = found.map(({ payee, name, before, after, difference }) => [
      payee.kind,
      payee.id,
      name,
      before,
      after,
      difference,
    ]);
    saveFile(`simulation-${simulation.draft.plan}.csv`, csvFile([head.map((key) => t(key)), ...lines]));
  };
  const options = [
    {
      value: "all" as const,
      label: t("simulate.people.all", { count: winners.count + losers.count + unchanged.count }),
    },
    { value: "winners" as const, label: t("simulate.people.winners", { count: winners.count }) },
    { value: "losers" as const, label: t("simulate.people.losers", { count: losers.count }) },
    { value: "same" as const, label: t("simulate.people.same", { count: unchanged.count }) },
  ];
  return (
    <Card
      title={<h2>{t(isAlone ? "simulate.people.alone" : "simulate.people")}</h2>}
      extra={
        <Button icon={<DownloadOutlined />} disabled={found.length === 0} onClick={save}>
          {t("simulate.download")}
        </Button>
      }
    >
      <div className="row filters">
        <Input
          allowClear
          aria-label={t("simulate.people.search")}
          placeholder={t("simulate.people.search")}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {!isAlone && (
          <Segmented aria-label={t("simulate.people.filter")} value={shown} options={options} onChange={setShown} />
        )}
      </div>
      <Table
        rowKey={({ payee }) => `${payee.kind} ${payee.id}`}
        size="small"
        dataSource={found}
        scroll={{ x: "max-content" }}
        components={REACHED}
        pagination={{ defaultPageSize: 20, hideOnSinglePage: true }}
        locale={{ emptyText: <EmptyView title={t("simulate.people.none")} next={t("simulate.people.none.next")} /> }}
        columns={[
          {
            title: t("simulate.people.who"),
            sorter: (a: PayeeRow, b: PayeeRow) => a.name.localeCompare(b.name, locale),
            render: (_: unknown, { name, payee }: PayeeRow) => (
              <>
                {name} <span className="quiet">{payee.id}</span>
              </>
            ),
          },
          {
            title: t("simulate.people.kind"),
            render: (_: unknown, { payee }: PayeeRow) => t(`simulate.people.kind.${payee.kind}`),
          },
          ...(isAlone ? [] : [amount(t("simulate.cost.before"), "before")]),
          amount(t("simulate.cost.after"), "after"),
          ...(isAlone ? [] : [amount(t("simulate.difference"), "difference")]),
        ]}
      />
      {more > 0 && <p className="quiet">{t("simulate.people.more", { count: count(more, locale) })}</p>}
    </Card>
  );
}

function signed(text: string, currency: string, locale: string) {
  const group = groupOf({ difference: text });
  const look = group === "winners" ? "good" : group === "losers" ? "bad" : "quiet";
  return <span className={look}>{moneyDifference(text, currency, locale)}</span>;
}

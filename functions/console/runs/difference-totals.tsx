import { Table } from "antd";
import { count, money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { CurrencyChange } from "./compare.ts";
import { Gap } from "./gap.tsx";
import { REACHED } from "./scrolled-table.tsx";

const COUNTED = ["more", "less", "new", "gone", "same"] as const;

/** Both runs as a whole, in each currency and benefit: the sums, and how many payees get more, less or the same. */
export function DifferenceTotals({ totals }: { readonly totals: readonly CurrencyChange[] }) {
  const { t, locale } = useLanguage();
  return (
    <Table
      rowKey="currency"
      size="small"
      pagination={false}
      scroll={{ x: "max-content" }}
      components={REACHED}
      dataSource={totals}
      columns={[
        { title: t("runs.line.currency"), render: (_, { currency }) => currency.replace(/^\w+:/, "") },
        {
          title: t("runs.before"),
          align: "right",
          className: "figure",
          render: (_, { before, currency }) => money(before, currency, locale),
        },
        {
          title: t("runs.now"),
          align: "right",
          className: "figure",
          render: (_, { after, currency }) => money(after, currency, locale),
        },
        {
          title: t("runs.change"),
          align: "right",
          className: "figure",
          render: (_, { difference, currency }) => <Gap amount={difference} currency={currency} />,
        },
        ...COUNTED.map((change) => ({
          title: t(`differences.count.${change}`),
          align: "right" as const,
          className: "figure",
          render: (_: unknown, { payees }: CurrencyChange) => count(payees[change], locale),
        })),
      ]}
    />
  );
}

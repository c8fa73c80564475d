import { Table } from "antd";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import type { ShownApproval } from "./what-of.ts";

interface Props {
  readonly liability: ShownApproval["maximumLiability"];
  readonly currency: string | undefined;
}

/** The most the plan can ever pay, before and after. */
export function Liability({ liability, currency = "" }: Props) {
  const { t, locale } = useLanguage();
  if (liability === undefined) return null;
  const { before, after } = liability;
  const told = (most: typeof before) =>
    most === undefined
      ? "–"
      : most.total === undefined
        ? t("approval.most.unbounded", { bounded: money(most.bounded, currency, locale) })
        : money(most.total, currency, locale);
  return (
    <Table
      rowKey="what"
      size="small"
      pagination={false}
      dataSource={[{ what: t("approval.most"), before: told(before), after: told(after) }]}
      columns={[
        { title: "", dataIndex: "what" },
        { title: t("approval.before"), dataIndex: "before" },
        { title: t("approval.after"), dataIndex: "after" },
      ]}
    />
  );
}

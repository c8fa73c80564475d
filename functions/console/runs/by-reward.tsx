import { Table } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { decimal, difference, money, moneyDifference } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { REACHED } from "./scrolled-table.tsx";
import type { Run } from "./types.ts";

interface Props {
  readonly run: Run;
  readonly before: Run | undefined;
  readonly words: PlanWords;
}

/** What each reward costs in this run and in the one that posted last, and the budgets. */
export function ByReward({ run, before, words }: Props) {
  const { t, locale } = useLanguage();
  const now = run.totals?.byReward ?? {};
  const old = before?.totals?.byReward ?? {};
  const ids = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  const amount = (text: string | undefined) => (text === undefined ? "–" : decimal(text, locale));
  const currency = words.currency ?? "";
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        pagination={false}
        scroll={{ x: "max-content" }}
        components={REACHED}
        dataSource={ids.map((id) => ({ id, now: now[id], old: old[id] }))}
        columns={[
          { title: t("runs.reward"), render: (_, { id }) => words.reward(id) },
          { title: t("runs.before"), align: "right", className: "figure", render: (_, row) => amount(row.old) },
          { title: t("runs.now"), align: "right", className: "figure", render: (_, row) => amount(row.now) },
          {
            title: t("runs.change"),
            align: "right",
            className: "figure",
            render: (_, row) => signed(difference(row.now ?? "0", row.old ?? "0"), locale),
          },
        ]}
        summary={() =>
          run.totals && (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0}>
                <strong>{t("runs.total.money")}</strong>
              </Table.Summary.Cell>
              <Table.Summary.Cell index={1} align="right" className="figure">
                {before?.totals ? money(before.totals.all, currency, locale) : "–"}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={2} align="right" className="figure">
                <strong>{money(run.totals.all, currency, locale)}</strong>
              </Table.Summary.Cell>
              <Table.Summary.Cell index={3} align="right" className="figure">
                {moneyDifference(difference(run.totals.all, before?.totals?.all ?? "0"), currency, locale)}
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )
        }
      />
      {run.totals?.budgets.map(({ id, amount: whole, used, left }) => (
        <p key={id} className="quiet">
          {t("runs.budgets")} {words.label(id)}:{" "}
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

export function signed(text: string, locale: string): string {
  const shown = decimal(text, locale);
  return text.startsWith("-") || /^0*(\.0*)?$/.test(text) ? shown : `+${shown}`;
}

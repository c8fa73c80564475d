import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Checkbox, Table } from "antd";
import { useState } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { cameIn, type Day, OUTCOMES, outcomesOf } from "./accounted.ts";
import type { Reconciliation } from "./types.ts";

const DAYS_SHOWN = 31;

interface Props {
  readonly report: Reconciliation;
  readonly words: PlanWords;
}

/** Day by day: what came in, what became of it, and whether both sides say the same. */
export function ReconciledDays({ report, words }: Props) {
  const { t, locale } = useLanguage();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const days = onlyOpen ? report.days.filter((day) => !isWell(day)) : report.days;
  const number = (value: number) => (value === 0 ? "–" : count(value, locale));
  const total = (of: (day: Day) => number) =>
    count(
      report.days.reduce((all, day) => all + of(day), 0),
      locale,
    );
  return (
    <>
      <div>
        <Checkbox checked={onlyOpen} onChange={({ target }) => setOnlyOpen(target.checked)}>
          {t("runs.checks.onlyOpen")}
        </Checkbox>
      </div>
      <Table
        rowKey="day"
        size="small"
        scroll={{ x: "max-content" }}
        pagination={{ pageSize: DAYS_SHOWN, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={days}
        locale={{ emptyText: t("runs.checks.noDays") }}
        expandable={{ expandedRowRender: (day) => <Sides day={day} words={words} /> }}
        columns={[
          { title: t("runs.checks.day"), render: (_, { day }) => date(day, locale, "day") },
          {
            title: t("runs.checks.came"),
            align: "right",
            className: "figure",
            render: (_, day) => <strong>{count(cameIn(day), locale)}</strong>,
          },
          ...OUTCOMES.map((outcome) => ({
            title: t(`runs.checks.${outcome}`),
            align: "right" as const,
            className: "figure",
            render: (_: unknown, day: Day) => number(day[outcome]),
          })),
          { title: t("runs.checks.verdict"), render: (_, day) => <DayVerdict day={day} /> },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} />
            <Table.Summary.Cell index={1}>
              <strong>{t("runs.checks.all")}</strong>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={2} align="right" className="figure">
              <strong>{total(cameIn)}</strong>
            </Table.Summary.Cell>
            {OUTCOMES.map((outcome, index) => (
              <Table.Summary.Cell key={outcome} index={index + 3} align="right" className="figure">
                {total((day) => day[outcome])}
              </Table.Summary.Cell>
            ))}
            <Table.Summary.Cell index={OUTCOMES.length + 3} />
          </Table.Summary.Row>
        )}
      />
      <p className="quiet">{t("runs.checks.companyWide")}</p>
    </>
  );
}

/** Every message has one outcome, and credits are what the facts say. */
export function isWell(day: Day): boolean {
  const sums = [day.credits, ...Object.values(day.sums)].every(({ facts, derived }) => facts === derived);
  return outcomesOf(day) === cameIn(day) && day.differing === 0 && (sums || day.changing);
}

function DayVerdict({ day }: { readonly day: Day }) {
  const { t } = useLanguage();
  if (!isWell(day)) {
    return (
      <span className="bad">
        <CloseCircleFilled aria-hidden /> {t("runs.checks.day.differs", { count: day.differing })}
      </span>
    );
  }
  return (
    <span className="good">
      <CheckCircleFilled aria-hidden /> {t(day.changing ? "runs.checks.day.changing" : "runs.checks.day.agrees")}
    </span>
  );
}

/** Both sides of a day: how many credits there are, and their sums at the scale that is stored. */
function Sides({ day, words }: { readonly day: Day; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const rows = [
    { key: "credits", what: t("runs.checks.credits"), ...day.credits },
    ...Object.entries(day.sums).map(([id, sums]) => ({
      key: `sum ${id}`,
      what: t("runs.checks.sumOf", { measure: words.measure(id) }),
      ...sums,
    })),
  ];
  return (
    <Table
      rowKey="key"
      size="small"
      pagination={false}
      dataSource={rows}
      columns={[
        { title: "", dataIndex: "what" },
        {
          title: t("runs.checks.byFacts"),
          align: "right",
          className: "figure",
          render: (_, { facts }) => count(facts, locale),
        },
        {
          title: t("runs.checks.byCredits"),
          align: "right",
          className: "figure",
          render: (_, { derived }) => count(derived, locale),
        },
      ]}
    />
  );
}

import { Descriptions, Table } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { isTextKey, nameIn, useLanguage } from "../i18n/language.ts";
import type { Run } from "./types.ts";

interface Props {
  readonly run: Run;
  readonly words: PlanWords;
}

/** What a run was made of, and who decided it. */
export function RunDetails({ run, words }: Props) {
  const { t, locale } = useLanguage();
  const at = (text: string) => date(text, locale, "minute", words.zone);
  const said: readonly (readonly [label: string, value: string | undefined])[] = [
    [t("runs.hash"), run.resultHash],
    [t("runs.inputHash"), run.inputHash],
    [t("runs.asOf"), at(run.asOf)],
    [t("runs.started"), at(run.startedAt)],
    [t("runs.submittedBy"), run.submittedBy],
    [t("runs.planVersion"), String(run.planVersion)],
    [t("runs.decidedBy"), run.decidedBy && `${run.decidedBy}${run.decidedAt ? `, ${at(run.decidedAt)}` : ""}`],
    [t("runs.postedAt"), run.postedAt && at(run.postedAt)],
    [t("runs.nextDue"), run.nextDue && at(run.nextDue)],
    [t("runs.adjustments"), run.adjustments === undefined ? undefined : String(run.adjustments)],
  ];
  const items = said.flatMap(([label, value]) =>
    value === undefined ? [] : [{ key: label, label, children: <span className="hash">{value}</span> }],
  );
  return (
    <div className="stack">
      <Descriptions column={1} size="small" items={items} />
      <Facts run={run} words={words} />
    </div>
  );
}

/** Every known fact in exactly one place. */
function Facts({ run, words }: Props) {
  const { t, locale, language } = useLanguage();
  const facts = run.totals?.facts;
  if (facts === undefined) return null;
  const reason = (id: string) => {
    const key = `runs.notCounted.${id}`;
    const rule = words.plan?.counts.find((one) => one.id === id);
    return rule ? nameIn(language, rule.name, words.label(id)) : isTextKey(key) ? t(key) : words.label(id);
  };
  const rows = [
    { key: "known", what: t("runs.facts.known"), number: facts.known },
    { key: "counted", what: t("runs.facts.counted"), number: facts.counted },
    { key: "cancelled", what: t("runs.facts.cancelled"), number: facts.cancelled },
    ...Object.entries(facts.notCounted).map(([id, number]) => ({
      key: `not ${id}`,
      what: `${t("runs.facts.notCounted")}: ${reason(id)}`,
      number,
    })),
    ...Object.entries(facts.held).map(([id, number]) => ({
      key: `held ${id}`,
      what: `${t("runs.facts.held")}: ${reason(id)}`,
      number,
    })),
  ];
  return (
    <Table
      rowKey="key"
      size="small"
      pagination={false}
      dataSource={rows}
      columns={[
        { title: t("runs.facts"), dataIndex: "what" },
        {
          title: t("runs.facts.number"),
          align: "right",
          className: "figure",
          render: (_, { number }) => count(number, locale),
        },
      ]}
    />
  );
}

import { Table } from "antd";
import { usePages } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { PayeeLink } from "./payee-link.tsx";
import { usePayeeNames } from "./payee-names.ts";
import type { SectionContent } from "./section-content.ts";
import { Trace, titleOf, useSteps } from "./steps.tsx";

/** Who won nothing, and the step that decided it. */
export function NotAwardedList({ run, words }: SectionContent) {
  const { t } = useLanguage();
  const nameOf = usePayeeNames();
  const { campaign, runId } = run;
  const missed = usePages("listNotAwarded", { params: { campaign, runId }, query: { limit: 100 } });
  const steps = useSteps(words, nameOf);
  return (
    <Listed query={missed}>
      {(items) =>
        items.length === 0 ? (
          <EmptyView title={t("runs.notAwarded.none")} next={t("runs.notAwarded.none.next")} />
        ) : (
          <Table
            rowKey={({ reward, subject, slice, part }) =>
              `${reward} ${subject.kind} ${subject.id} ${slice ?? ""} ${part ?? ""}`
            }
            size="small"
            scroll={{ x: "max-content" }}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={items}
            expandable={{ expandedRowRender: (item) => <Trace line={item} words={steps} /> }}
            columns={[
              { title: t("runs.reward"), render: (_, { reward }) => words.reward(reward) },
              {
                title: t("runs.line.payee"),
                render: (_, { subject }) => <PayeeLink campaign={campaign} payee={subject} name={nameOf(subject)} />,
              },
              { title: t("runs.line.slice"), render: (_, { slice }) => slice ?? "" },
              {
                title: t("runs.notAwarded.why"),
                render: (_, { trace }) =>
                  trace.map((step) => titleOf(step, steps)).find(({ outcome }) => outcome === "bad")?.title ?? "",
              },
            ]}
          />
        )
      }
    </Listed>
  );
}

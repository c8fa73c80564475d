import { Card, Tree } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { type TraceWords, traceNode } from "./trace.ts";
import { stepNodes } from "./trace-tree.tsx";
import type { Statement } from "./types.ts";

type Missed = Statement["notAwarded"][number];

/** Each reward that gave nothing, with the step that decided it. */
export function NotAwarded({ statement, words }: { readonly statement: Statement; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const context: TraceWords = { t, locale, words };
  return (
    <Card title={<h2>{t("statement.not")}</h2>}>
      {statement.notAwarded.length === 0 && <p className="quiet">{t("statement.not.none")}</p>}
      {statement.notAwarded.map((missed) => (
        <Missing
          key={`${missed.reward} ${missed.slice ?? ""} ${missed.part ?? ""}`}
          missed={missed}
          context={context}
        />
      ))}
    </Card>
  );
}

function Missing({ missed, context }: { readonly missed: Missed; readonly context: TraceWords }) {
  const { words } = context;
  const steps = missed.trace.map((step) => traceNode(step, context));
  // A step that failed by a number says more than the sentence at the end.
  const why = steps.find(({ outcome }) => outcome === "bad")?.title ?? "";
  const key = `${missed.reward} ${missed.slice ?? ""}`;
  const title = (
    <span>
      <strong>{words.reward(missed.reward)}</strong> {missed.slice} <span className="quiet">{why}</span>
    </span>
  );
  return (
    <Tree
      className="trace"
      selectable={false}
      showLine
      virtual={false}
      aria-label={words.reward(missed.reward)}
      treeData={[{ key, title, children: stepNodes(missed.trace, key, context) }]}
    />
  );
}

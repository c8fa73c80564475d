import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Button, Tree, type TreeDataNode } from "antd";
import { useMemo, useState } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { type TraceNode, type TraceWords, traceNode } from "./trace.ts";
import type { Statement } from "./types.ts";

type Line = Statement["lines"][number];

/** How each amount came about: a line, its steps in order, and what each says. */
export function TraceTree({ statement, words }: { readonly statement: Statement; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const data = useMemo(() => {
    const context: TraceWords = { t, locale, words };
    return statement.lines.map((line) => lineNode(line, context));
  }, [statement, t, locale, words]);
  const firsts = data.map(({ key }) => key);
  const [opened, setOpened] = useState<React.Key[]>(firsts);
  if (data.length === 0) return <EmptyView title={t("statement.lines.none")} next={t("statement.lines.none.next")} />;
  const all = data.flatMap(keysOf);
  const isOpen = opened.length >= all.length;
  return (
    <>
      <Button size="small" onClick={() => setOpened(isOpen ? [] : all)}>
        {t(isOpen ? "statement.collapse" : "statement.expand")}
      </Button>
      <Tree
        className="trace"
        treeData={data}
        expandedKeys={opened}
        onExpand={(keys) => setOpened([...keys])}
        selectable={false}
        showLine
        virtual={false}
        aria-label={t("statement.tree")}
      />
    </>
  );
}

function lineNode(line: Line, context: TraceWords): TreeDataNode {
  const { lineId, reward, amount, currency, rank, slice, trace } = line;
  const { t, locale, words } = context;
  return {
    key: lineId,
    title: (
      <span className="trace-line">
        <strong>{words.reward(reward)}</strong>
        {slice !== undefined && <span className="quiet">{slice}</span>}
        {rank !== undefined && <span className="quiet">{t("statement.rank", { rank })}</span>}
        <strong className="figure">{money(amount, currency, locale)}</strong>
      </span>
    ),
    children: stepNodes(trace, lineId, context),
  };
}

export function stepNodes(trace: Line["trace"], base: string, context: TraceWords): TreeDataNode[] {
  return trace.map((step, at) => treeNode(traceNode(step, context), `${base}/${at}`));
}

function treeNode({ title, outcome, children }: TraceNode, key: string): TreeDataNode {
  return {
    key,
    title: (
      <span>
        {outcome === "good" && <CheckCircleOutlined className="good" aria-hidden />}
        {outcome === "bad" && <CloseCircleOutlined className="bad" aria-hidden />} {title}
      </span>
    ),
    isLeaf: children.length === 0,
    children: children.map((child, at) => treeNode(child, `${key}/${at}`)),
  };
}

function keysOf({ key, children = [] }: TreeDataNode): React.Key[] {
  return children.length === 0 ? [] : [key, ...children.flatMap(keysOf)];
}

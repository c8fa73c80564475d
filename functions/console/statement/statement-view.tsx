import { useQuery } from "@tanstack/react-query";
import { Card, Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered, Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { useLineDisputes } from "./line-disputes.ts";
import { HeldLines, OtherLines, StatementLines } from "./lines.tsx";
import { namesOf } from "./names.ts";
import { NotAwarded } from "./not-awarded.tsx";
import { Payment } from "./payment.tsx";
import { StatementHead } from "./statement-head.tsx";
import { StatementPrint } from "./statement-print.tsx";
import type { Payee, Statement } from "./types.ts";
import { WhatIf } from "./what-if.tsx";

const Trend = lazy(() => import("./trend.tsx"));

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly payee: Payee;
  readonly isOwn: boolean;
  /** An earlier statement; without it the newest. */
  readonly run: string | undefined;
}

export function StatementView({ campaign, words, payee, isOwn, run }: Props) {
  const { t, language } = useLanguage();
  const { may } = useCaller();
  const params = { campaign, payeeKind: payee.kind, payeeId: payee.id };
  const query = { told: "true", lang: language, ...(run === undefined ? {} : { run }) } as const;
  const statement = useAnswer("getStatement", { params, query }, { keeps: true });
  const isPerson = payee.kind === "participant";
  const none = (
    <Card>
      <EmptyView title={t("statement.none")} next={t("statement.none.next")} />
    </Card>
  );
  return (
    <div className="stack statement">
      <Answered query={statement} missing={none}>
        {(data) => <Told statement={data} words={words} payee={payee} isOwn={isOwn} />}
      </Answered>
      {isPerson && may("askWhatIf") && (
        <WhatIf campaign={campaign} words={words} participantId={payee.id} isOwn={isOwn} />
      )}
      {isPerson && may("getTrend") && (
        <Suspense fallback={<Loading />}>
          <Trend campaign={campaign} words={words} participantId={payee.id} />
        </Suspense>
      )}
    </div>
  );
}

interface ToldProps extends Pick<Props, "words" | "payee" | "isOwn"> {
  readonly statement: Statement;
}

function Told({ statement, words, payee, isOwn }: ToldProps) {
  const { t } = useLanguage();
  const names = namesOf(statement.names, words);
  const disputes = useLineDisputes(statement);
  const shown = { statement, names, disputes };
  return (
    <>
      <StatementHead statement={statement} payee={payee} isOwn={isOwn} />
      <Card title={<h2>{t("statement.how")}</h2>}>
        <Tabs
          items={[
            { key: "tree", label: t("statement.tree"), children: <StatementLines {...shown} /> },
            { key: "words", label: t("statement.words"), children: <Sentences statement={statement} /> },
          ]}
        />
      </Card>
      <NotAwarded {...shown} />
      <HeldLines statement={statement} names={names} />
      <Payment statement={statement} names={names} />
      <OtherLines statement={statement} names={names} />
      <StatementPrint statement={statement} names={names} />
    </>
  );
}

/** The statement as a person would read it aloud, by the API itself. */
function Sentences({ statement }: { readonly statement: Statement }) {
  const { language } = useLanguage();
  const { api } = useCaller();
  const { campaign, runId, payee } = statement;
  const text = useQuery({
    queryKey: ["statementText", campaign, runId, payee, language],
    queryFn: () =>
      api.text("getStatement", {
        params: { campaign, payeeKind: payee.kind, payeeId: payee.id },
        query: { run: runId, format: "text", lang: language },
      }),
  });
  return <Answered query={text}>{(told) => <div className="sentences">{told}</div>}</Answered>;
}

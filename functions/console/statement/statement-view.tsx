import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Statistic, Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { minorMoney } from "../format/minor-units.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered, Loading } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { NotAwarded } from "./not-awarded.tsx";
import { TraceTree } from "./trace-tree.tsx";
import type { Statement } from "./types.ts";
import { WhatIf } from "./what-if.tsx";

const Trend = lazy(() => import("./trend.tsx"));

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly payee: { readonly kind: "participant" | "unit"; readonly id: string };
  readonly isOwn: boolean;
}

export function StatementView({ campaign, words, payee, isOwn }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const params = { campaign, payeeKind: payee.kind, payeeId: payee.id };
  const statement = useAnswer("getStatement", { params });
  const isPerson = payee.kind === "participant";
  const none = (
    <Card>
      <EmptyView title={t("statement.none")} next={t("statement.none.next")} />
    </Card>
  );
  return (
    <div className="stack">
      <Answered query={statement} missing={none}>
        {(data) => (
          <>
            <Head statement={data} isOwn={isOwn} />
            <How statement={data} words={words} payee={payee} />
            <NotAwarded statement={data} words={words} />
          </>
        )}
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

function Head({ statement, isOwn }: { readonly statement: Statement; readonly isOwn: boolean }) {
  const { t, locale } = useLanguage();
  const { name, total, currency, provisional, runId, asOf, payout } = statement;
  return (
    <Card>
      <div className="title">
        <h2>{t("statement.of", { name })}</h2>
        <StateMark tone={provisional ? "waiting" : "good"}>
          {t(provisional ? "board.provisional" : "statement.final")}
        </StateMark>
      </div>
      <div className="figures">
        <Statistic
          className="amount"
          title={t(isOwn ? "statement.amount" : "statement.total")}
          value={money(total, currency, locale)}
        />
        {payout && (
          <Statistic title={t("statement.payout")} value={minorMoney(payout.paidMinor, payout.currency, locale)} />
        )}
        {payout !== undefined && payout.carriedForwardMinor !== 0 && (
          <Statistic
            title={t("statement.forward")}
            value={minorMoney(payout.carriedForwardMinor, payout.currency, locale)}
          />
        )}
      </div>
      <p className="quiet">{t("statement.computed", { run: runId, at: date(asOf, locale) })}</p>
      {provisional && <Alert type="warning" showIcon title={t("board.provisional.text")} />}
    </Card>
  );
}

function How({
  statement,
  words,
  payee,
}: {
  readonly statement: Statement;
  readonly words: PlanWords;
  readonly payee: Props["payee"];
}) {
  const { t } = useLanguage();
  return (
    <Card title={<h2>{t("statement.how")}</h2>}>
      <Tabs
        items={[
          { key: "tree", label: t("statement.tree"), children: <TraceTree statement={statement} words={words} /> },
          { key: "words", label: t("statement.words"), children: <Sentences statement={statement} payee={payee} /> },
        ]}
      />
    </Card>
  );
}

/** The statement as a person would read it aloud, by the API itself. */
function Sentences({ statement, payee }: { readonly statement: Statement; readonly payee: Props["payee"] }) {
  const { language } = useLanguage();
  const { api } = useCaller();
  const { campaign, runId } = statement;
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

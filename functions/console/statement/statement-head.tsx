import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Select, Statistic } from "antd";
import { useLocation } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { minorMoney } from "../format/minor-units.ts";
import { money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";
import { StateMark } from "../parts/state-mark.tsx";
import type { Payee, Statement } from "./types.ts";

interface Props {
  readonly statement: Statement;
  readonly payee: Payee;
  readonly isOwn: boolean;
}

/** The amount, by which run, until when it can be questioned, and what can be taken away: on paper or as a text. */
export function StatementHead({ statement, payee, isOwn }: Props) {
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
      <Questions statement={statement} />
      {provisional && <Alert type="warning" showIcon title={t("board.provisional.text")} />}
      <div className="row no-print">
        <Earlier statement={statement} payee={payee} />
        <Take statement={statement} />
      </div>
    </Card>
  );
}

/** The last moment for questions. The API tells it of each line; most often it is one. */
function Questions({ statement }: { readonly statement: Statement }) {
  const { t, locale } = useLanguage();
  const until = [...statement.lines, ...statement.notAwarded]
    .flatMap(({ disputableUntil }) => (disputableUntil === undefined ? [] : [disputableUntil]))
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  if (until === undefined) return statement.provisional ? <p>{t("statement.questions.provisional")}</p> : null;
  return <p>{t("statement.questions", { until: date(until, locale) })}</p>;
}

function Earlier({ statement, payee }: Pick<Props, "statement" | "payee">) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const { campaign, runId } = statement;
  const params = { campaign, payeeKind: payee.kind, payeeId: payee.id };
  const listed = usePages("listStatements", { params }, { enabled: may("listStatements") });
  const statements = listed.data?.pages.flatMap(({ items }) => items) ?? [];
  if (statements.length < 2 && !listed.hasNextPage) return null;
  const label = (one: (typeof statements)[number]) => {
    const kind = one.kind === undefined ? "" : ` · ${t(`runs.kind.${one.kind}`)}`;
    return `${date(one.asOf, locale, "day")}${kind} · ${money(one.total, one.currency, locale)}`;
  };
  return (
    <>
      <Select
        aria-label={t("statement.earlier")}
        className="earlier"
        value={runId}
        options={statements.map((one) => ({ value: one.runId, label: label(one) }))}
        onChange={(run: string) =>
          go(
            `/campaigns/${campaign}/statement/${payee.kind}/${encodeURIComponent(payee.id)}/${encodeURIComponent(run)}`,
          )
        }
      />
      {listed.hasNextPage && (
        <Button loading={listed.isFetchingNextPage} onClick={() => listed.fetchNextPage()}>
          {t("page.more")}
        </Button>
      )}
    </>
  );
}

function Take({ statement }: { readonly statement: Statement }) {
  const { t, language } = useLanguage();
  const { api } = useCaller();
  const { campaign, runId, payee } = statement;
  const text = useMutation({
    mutationFn: () =>
      api.text("getStatement", {
        params: { campaign, payeeKind: payee.kind, payeeId: payee.id },
        query: { run: runId, format: "text", lang: language },
      }),
    onSuccess: (told) => saveFile(`${campaign}-${payee.id}-${runId}.txt`, new Blob([told], { type: "text/plain" })),
  });
  return (
    <>
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t("statement.print")}
      </Button>
      <Button icon={<DownloadOutlined />} loading={text.isPending} onClick={() => text.mutate()}>
        {t("statement.download")}
      </Button>
      {text.error && <ProblemView error={text.error} />}
    </>
  );
}

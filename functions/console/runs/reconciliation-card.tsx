import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Progress } from "antd";
import { useLocation } from "wouter";
import { useAction, useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { count } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { AccountedBar } from "./accounted-bar.tsx";
import { ReconciledDays } from "./reconciled-days.tsx";
import type { Reconciliation } from "./types.ts";

const LOOKING_MS = 3_000;
const RESTING_MS = 60_000;

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly look: string | undefined;
}

/** The latest look at facts and boards: the verdict first, then day by day. A look under way has its id in the address. */
export function ReconciliationCard({ campaign, words, look }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const latest = useAnswer(
    "getReconciliation",
    { params: { campaign } },
    { every: look === undefined ? RESTING_MS : LOOKING_MS },
  );
  const ask = useAction("requestReconciliation", ({ id }) => go(`/campaigns/${campaign}/runs/checks/${id}`));
  const isLooking = look !== undefined && latest.data?.id !== look;
  return (
    <Card
      title={<h2>{t("runs.checks.title")}</h2>}
      extra={
        may("requestReconciliation") && (
          <Button
            icon={<SafetyCertificateOutlined />}
            loading={ask.isPending || isLooking}
            onClick={() => ask.mutate({ params: { campaign } })}
          >
            {t("runs.checks.ask")}
          </Button>
        )
      }
    >
      <div className="stack">
        <p className="quiet">{t("runs.checks.text")}</p>
        {isLooking && (
          <div role="status">
            <Progress percent={100} status="active" showInfo={false} aria-label={t("runs.checks.looking")} />
            <p>{t("runs.checks.looking")}</p>
          </div>
        )}
        {ask.error && <ProblemView error={ask.error} />}
        <Answered
          query={latest}
          missing={<EmptyView title={t("runs.checks.none")} next={t("runs.checks.none.next")} />}
        >
          {(report) => (
            <>
              <Verdict report={report} words={words} />
              <AccountedBar report={report} />
              <Findings report={report} />
              <ReconciledDays report={report} words={words} />
            </>
          )}
        </Answered>
      </div>
    </Card>
  );
}

const VERDICTS = { agrees: "success", differs: "error", superseded: "warning" } as const;

function Verdict({ report, words }: { readonly report: Reconciliation; readonly words: PlanWords }) {
  const { t, locale } = useLanguage();
  const { state, differences, finishedAt, settledUntil } = report;
  const at = (text: string) => date(text, locale, "minute", words.zone);
  return (
    <Alert
      type={VERDICTS[state]}
      showIcon
      title={t(`runs.checks.${state}`, { count: count(differences, locale) })}
      description={
        <>
          <p>{t(`runs.checks.${state}.next`)}</p>
          <p className="quiet">{t("runs.checks.at", { at: at(finishedAt), until: at(settledUntil) })}</p>
        </>
      }
    />
  );
}

function Findings({ report }: { readonly report: Reconciliation }) {
  const { t, locale } = useLanguage();
  if (report.findings.length === 0) return null;
  return (
    <ul>
      {report.findings.map(({ kind, day, place, participantId, count: number, facts }) => (
        <li key={`${kind} ${day ?? ""} ${place ?? ""} ${participantId ?? ""}`}>
          <strong>{t(`runs.finding.${kind}`)}</strong> {[day, place, participantId].filter(Boolean).join(" · ")}:{" "}
          {count(number, locale)}
          {facts.length > 0 && <span className="quiet"> ({facts.join(", ")})</span>}
        </li>
      ))}
    </ul>
  );
}

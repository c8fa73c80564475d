import { Alert } from "antd";
import { Link } from "wouter";
import { useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { type Translate, useLanguage } from "../i18n/language.ts";
import { type ServerWords, useServerWords } from "../i18n/server/use-server-words.ts";
import { AskForRun } from "./ask-for-run.tsx";
import type { Run } from "./types.ts";

/** How a run ended, and what to do next. */
export function RunStory({ run, words }: { readonly run: Run; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const server = useServerWords();
  const { campaign, kind, state, reason } = run;
  switch (state) {
    case "failed":
    case "rejected":
      return (
        <Alert
          type={state === "failed" ? "error" : "warning"}
          showIcon
          title={t(state === "failed" ? "runs.failed" : "runs.rejected", { who: run.decidedBy ?? "–" })}
          description={
            <div className="stack">
              {reason !== undefined && <Reasons reasons={reasonsOf(state, reason, t, server)} />}
              <p>
                <strong>{t(state === "failed" ? "runs.failed.next" : "runs.rejected.next")}</strong>
              </p>
              <div>
                <AskForRun campaign={campaign} words={words} kind={kind} />
              </div>
            </div>
          }
        />
      );
    case "computed":
      return <p className="quiet">{t("runs.computed.text")}</p>;
    case "unchanged":
      return <Alert type="info" showIcon title={t("runs.unchanged.text")} />;
    case "approved":
      return <p>{t("runs.approved.text")}</p>;
    case "posted":
      return may("listPayouts") ? (
        <p>
          <Link href={`/campaigns/${campaign}/payouts`}>{t("runs.posted.next")}</Link>
        </p>
      ) : null;
    default:
      return null;
  }
}

function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 1) return <p>{reasons[0]}</p>;
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}

/**
 * What the machine itself says is told in the reader's language, sentence by sentence: it puts what is wrong behind what cannot be. What a
 * person wrote stays.
 */
function reasonsOf(state: "failed" | "rejected", reason: string, t: Translate, server: ServerWords): readonly string[] {
  if (state === "failed") {
    return reason.split("; ").map((one) => server.say(one).text);
  }
  const [, days] = /^nobody decided within (\d+) days$/.exec(reason) ?? [];
  return [days === undefined ? server.say(reason).text : t("runs.rejected.expired", { days })];
}

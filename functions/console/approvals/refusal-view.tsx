import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { ApiProblem } from "../api/client.ts";
import type { TextKey } from "../i18n/en.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { knownDetail } from "./known-details.ts";

const TITLES: Readonly<Record<number, TextKey>> = {
  403: "refusal.403",
  404: "refusal.404",
  409: "refusal.409",
  412: "refusal.412",
  422: "refusal.422",
};
/** Something has changed since it was shown: looking again may be all that is needed. */
const LOOK_AGAIN = [409, 412];

type Problem = NonNullable<ApiProblem["details"]["problems"]>[number];

interface Props {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** Called when everything is asked anew, as to close a dialog that shows what was. */
  readonly onLookAgain?: () => void;
}

/** Why the server refused: in the reader's language by the code, then in its own words with the numbers, then what to do. */
export function RefusalView({ error, onRetry, onLookAgain }: Props) {
  const { t, language } = useLanguage();
  const queries = useQueryClient();
  const title = error instanceof ApiProblem ? TITLES[error.status] : undefined;
  if (!(error instanceof ApiProblem) || title === undefined) {
    return <ProblemView error={error} {...(onRetry ? { onRetry } : {})} />;
  }
  const { status, details } = error;
  const { detail, problems = [], requestId } = details;
  const lookAgain = () => {
    queries.invalidateQueries();
    onLookAgain?.();
  };
  const known = detail === undefined ? undefined : knownDetail(detail);
  const next = `problem.${status}.next`;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(title)}
      description={
        <div className="problem">
          {known !== undefined && <p>{t(known.told, known.values)}</p>}
          <ul className="plain-list">
            {problems.map((problem) => (
              <OneProblem key={`${problem.code} ${problem.path} ${problem.message}`} problem={problem} />
            ))}
          </ul>
          {detail !== undefined && (known === undefined || language !== "en") && <InEnglish>{detail}</InEnglish>}
          {isTextKey(next) && (
            <p>
              <strong>{t(next)}</strong>
            </p>
          )}
          {requestId !== undefined && <small>{t("problem.request", { id: requestId })}</small>}
        </div>
      }
      {...(LOOK_AGAIN.includes(status)
        ? {
            action: (
              <Button size="small" onClick={lookAgain}>
                {t("refusal.lookAgain")}
              </Button>
            ),
          }
        : {})}
    />
  );
}

function OneProblem({ problem: { code, message, mend } }: { readonly problem: Problem }) {
  const { t, language } = useLanguage();
  const told = `refusal.code.${code}`;
  return (
    <li>
      {isTextKey(told) ? t(told) : <InEnglish>{message}</InEnglish>}
      {mend !== undefined && language === "en" && <div>{t("problem.mend", { mend })}</div>}
    </li>
  );
}

/** The server's own words, which step back where the reader has another language. */
function InEnglish({ children }: { readonly children: string }) {
  const { language } = useLanguage();
  return (
    <p className={language === "en" ? "" : "quiet"} lang="en">
      {children}
    </p>
  );
}

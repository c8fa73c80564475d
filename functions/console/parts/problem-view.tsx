import { Alert, Button } from "antd";
import { ApiProblem } from "../api/client.ts";
import type { TextKey } from "../i18n/en.ts";
import { useLanguage } from "../i18n/language.ts";

const NEXT: Readonly<Record<number, TextKey>> = {
  0: "problem.offline.next",
  401: "problem.401.next",
  403: "problem.403.next",
  404: "problem.404.next",
  409: "problem.409.next",
  412: "problem.412.next",
  422: "problem.422.next",
  429: "problem.429.next",
};

/** What went wrong, what can be done about it, and what the server named. */
export function ProblemView({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const { t } = useLanguage();
  const { status, details } = error instanceof ApiProblem ? error : new ApiProblem(500, { detail: error.message });
  const problems = details.problems ?? [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={status === 0 ? t("problem.offline") : (details.title ?? t("problem.title"))}
      description={
        <div className="problem">
          {details.detail !== undefined && <p>{details.detail}</p>}
          <p>
            <strong>{t(NEXT[status] ?? "problem.5xx.next")}</strong>
          </p>
          {problems.length > 0 && (
            <ul>
              {problems.map(({ code, path, message, mend }) => (
                <li key={`${code} ${path} ${message}`}>
                  {path !== "" && <code>{path}</code>} {message}
                  {mend !== undefined && <div>{t("problem.mend", { mend })}</div>}
                </li>
              ))}
            </ul>
          )}
          {details.requestId !== undefined && <small>{t("problem.request", { id: details.requestId })}</small>}
        </div>
      }
      {...(onRetry ? { action: <Button onClick={onRetry}>{t("problem.again")}</Button> } : {})}
    />
  );
}

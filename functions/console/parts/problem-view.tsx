import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { ApiProblem } from "../api/client.ts";
import type { TextKey } from "../i18n/en.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { knownDetail } from "./known-details.ts";
import { ServerWords } from "./server-words.tsx";

interface Told {
  readonly title: TextKey;
  readonly next: TextKey;
  /** Something has changed since it was shown: looking again may be all that is needed. */
  readonly looksAgain?: true;
}

const TOLD: Readonly<Record<number, Told>> = {
  0: { title: "problem.offline", next: "problem.offline.next" },
  401: { title: "problem.title", next: "problem.401.next" },
  403: { title: "refusal.403", next: "problem.403.next" },
  404: { title: "refusal.404", next: "problem.404.next" },
  409: { title: "refusal.409", next: "problem.409.next", looksAgain: true },
  412: { title: "refusal.412", next: "problem.412.next", looksAgain: true },
  422: { title: "refusal.422", next: "problem.422.next" },
  429: { title: "problem.title", next: "problem.429.next" },
};
const ELSE: Told = { title: "problem.title", next: "problem.5xx.next" };

type Problem = NonNullable<ApiProblem["details"]["problems"]>[number];

interface Props {
  readonly error: Error;
  readonly onRetry?: () => void;
  /** Called when everything is asked anew, as to close a dialog that shows what was. */
  readonly onLookAgain?: () => void;
}

/** What went wrong: in the reader's language where it is known, then in the server's own words with the numbers, then what to do. */
export function ProblemView({ error, onRetry, onLookAgain }: Props) {
  const { t } = useLanguage();
  const words = useServerWords();
  const queries = useQueryClient();
  const { status, details } = error instanceof ApiProblem ? error : new ApiProblem(500, { detail: error.message });
  const { detail, problems = [], requestId } = details;
  const { title, next, looksAgain } = TOLD[status] ?? ELSE;
  const said = detail === undefined ? undefined : words.say(detail);
  const known = detail !== undefined && (words.isEnglish || said?.isForeign) ? knownDetail(detail) : undefined;
  const lookAgain = () => {
    queries.invalidateQueries();
    onLookAgain?.();
  };
  const again = onRetry ?? (looksAgain ? lookAgain : undefined);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(title)}
      description={
        <div className="problem">
          {known !== undefined && <p>{t(known.told, known.values)}</p>}
          {problems.length > 0 && (
            <ul>
              {problems.map((problem) => (
                <OneProblem key={`${problem.code} ${problem.path} ${problem.message}`} problem={problem} />
              ))}
            </ul>
          )}
          {detail !== undefined && (known === undefined || !words.isEnglish) && <ServerWords>{detail}</ServerWords>}
          <p>
            <strong>{t(next)}</strong>
          </p>
          {requestId !== undefined && <small>{t("problem.request", { id: requestId })}</small>}
        </div>
      }
      {...(again
        ? { action: <Button onClick={again}>{t(onRetry ? "problem.again" : "refusal.lookAgain")}</Button> }
        : {})}
    />
  );
}

function OneProblem({ problem }: { readonly problem: Problem }) {
  const { t } = useLanguage();
  const words = useServerWords();
  const { code, path, message, mend } = problem;
  const told = `refusal.code.${code}`;
  const said = words.sayWrong(problem);
  const isByCode = isTextKey(told) && (words.isEnglish || said.isForeign);
  return (
    <li>
      {path !== "" && <code>{path}</code>}{" "}
      {isByCode ? t(told) : said.isForeign ? <ServerWords>{message}</ServerWords> : said.text}
      {mend !== undefined && <div>{t("problem.mend", { mend: words.say(mend).text })}</div>}
    </li>
  );
}

import { Alert } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { ServerWords } from "../parts/server-words.tsx";
import type { Run } from "./types.ts";

type Warning = Run["warnings"][number];

/** Shown at once; of very many the rest on demand. */
const SHOWN = 20;

/** What a person should look at before anybody approves: the sentence by its code, what the server says, and what to do. */
export function Warnings({ run, words }: { readonly run: Run; readonly words: PlanWords }) {
  const { t } = useLanguage();
  if (run.warnings.length === 0) return null;
  const sorted = [...run.warnings].sort((a, b) => Number(b.blocks) - Number(a.blocks));
  const [first, rest] = [sorted.slice(0, SHOWN), sorted.slice(SHOWN)];
  return (
    <section className="stack" aria-label={t("runs.warnings")}>
      {first.map((warning) => (
        <OneWarning key={keyOf(warning)} warning={warning} words={words} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{t("runs.warnings.rest", { count: rest.length })}</summary>
          <div className="stack">
            {rest.map((warning) => (
              <OneWarning key={keyOf(warning)} warning={warning} words={words} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function keyOf({ code, reward, subject, message }: Warning): string {
  return `${code} ${reward ?? ""} ${subject ?? ""} ${message}`;
}

function OneWarning({ warning, words }: { readonly warning: Warning; readonly words: PlanWords }) {
  const { t } = useLanguage();
  const server = useServerWords();
  const { code, message, reward, subject, blocks } = warning;
  const values = {
    subject: subject ?? t("warning.somebody"),
    reward: reward === undefined ? t("warning.aReward") : words.reward(reward),
  };
  const [told, next] = [`warning.${code}`, `warning.${code}.next`];
  const isKnown = isTextKey(told);
  const said = server.say(message);
  // The server names numbers; what it says can be of a version that the catalogue does not know yet.
  const title = said.isForeign && isKnown ? t(told, values) : said.text;
  return (
    <Alert
      type={blocks ? "error" : "warning"}
      showIcon
      title={title}
      description={
        <>
          {reward !== undefined && <p>{words.reward(reward)}</p>}
          {isTextKey(next) && (
            <p>
              <strong>{t(next, values)}</strong>
            </p>
          )}
          {blocks && <p>{t("runs.warning.blocks")}</p>}
          {said.isForeign && isKnown && (
            <p>
              <ServerWords>{message}</ServerWords>
            </p>
          )}
        </>
      }
    />
  );
}

import { Alert } from "antd";
import type { PlanWords } from "../api/plan-names.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
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
  const { t, language } = useLanguage();
  const { code, message, reward, subject, blocks } = warning;
  const values = {
    subject: subject ?? t("warning.somebody"),
    reward: reward === undefined ? t("warning.aReward") : words.reward(reward),
  };
  const [told, next] = [`warning.${code}`, `warning.${code}.next`];
  const isKnown = isTextKey(told);
  // The server speaks English and names numbers; elsewhere the sentence by its code comes first.
  const title = language !== "en" && isKnown ? t(told, values) : message;
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
          {title !== message && (
            <p className="quiet" lang="en">
              {message}
            </p>
          )}
        </>
      }
    />
  );
}

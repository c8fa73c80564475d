import { Alert, Progress as Bar, Button } from "antd";
import { Link } from "wouter";
import { ApiProblem } from "../api/client.ts";
import { type Translate, useLanguage } from "../i18n/language.ts";
import { type ServerWords, useServerWords } from "../i18n/server/use-server-words.ts";
import { factHref, factOfKey } from "./items.ts";
import type { Progress, Replayed } from "./replay.ts";
import { sentence } from "./told.ts";

interface Props {
  readonly progress: Progress;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

/** How far a replay of several is, and what came of each: those that are still wrong stand first. */
export function ReplayProgress({ progress: { all, done, isRunning }, onStop, onClose }: Props) {
  const { t } = useLanguage();
  const taken = done.filter(({ state }) => state === "taken");
  const others = done.filter(({ state }) => state !== "taken");
  const facts = [...new Set(taken.flatMap((one) => one.facts))];
  return (
    <Alert
      type={isRunning ? "warning" : others.length > 0 ? "warning" : "success"}
      role="status"
      title={t("inbox.replay.progress", { done: done.length, all })}
      description={
        <div className="stack-tight">
          <Bar
            showInfo={false}
            percent={all === 0 ? 100 : Math.round((done.length / all) * 100)}
            aria-label={t("inbox.replay.progress", { done: done.length, all })}
          />
          <p>{t("inbox.replay.result", { taken: taken.length, others: others.length })}</p>
          {others.length > 0 && (
            <ul>
              {others.map((one) => (
                <StillWrong key={one.item.key} replayed={one} />
              ))}
            </ul>
          )}
          {facts.length > 0 && (
            <p>
              {t("inbox.replay.follow")}{" "}
              {facts.slice(0, 10).map((key) => {
                const { source, externalId } = factOfKey(key);
                return (
                  <Link key={key} href={factHref(source, externalId)} className="facts-link">
                    {externalId}
                  </Link>
                );
              })}
            </p>
          )}
          <div className="row">
            {isRunning ? (
              <Button onClick={onStop}>{t("inbox.replay.stop")}</Button>
            ) : (
              <Button onClick={onClose}>{t("inbox.replay.close")}</Button>
            )}
          </div>
        </div>
      }
    />
  );
}

function StillWrong({ replayed: { item, state, error } }: { readonly replayed: Replayed }) {
  const { t } = useLanguage();
  const words = useServerWords();
  return (
    <li>
      <code>{item.name}</code> {t(state === "still" ? "inbox.replay.still" : "inbox.replay.failed")}
      {error !== undefined && <> {whyOf(error, t, words).join(" ")}</>}
    </li>
  );
}

/** Why it was not taken: each problem that the server named, in the reader's language where it is known. */
function whyOf(error: Error, t: Translate, words: ServerWords): string[] {
  const problems = error instanceof ApiProblem ? (error.details.problems ?? []) : [];
  return problems.length === 0
    ? [words.say(error.message).text]
    : problems.map(({ message }) => sentence(message, t, words).text);
}

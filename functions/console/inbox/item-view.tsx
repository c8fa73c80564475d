import { Alert, Button } from "antd";
import { Link } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { Answered } from "../parts/answered.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { Follow } from "./follow.tsx";
import { HERE } from "./here.ts";
import { factHref, factOf, factOfKey, type InboxItem } from "./items.ts";
import { MessageView } from "./message-view.tsx";
import { isReplayable, useReplays } from "./replay.ts";
import { ReplayProgress } from "./replay-progress.tsx";
import { adviceKey, toldOf } from "./told.ts";
import { Versions } from "./versions.tsx";

/** One item: what is wrong, what it said, what to do, and then how it fares until it counts. */
export function ItemView({ item }: { readonly item: InboxItem }) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const { progress, start, stop, close } = useReplays();
  const mayReplay = may("replayFact") && isReplayable(item);
  const fact = factOf(item) ?? replayedFact(progress?.done[0]?.facts[0]);
  return (
    <div className="stack">
      <p className="quiet">
        {t(`inbox.kind.${item.kind}`)} · {item.source} · {date(item.at, locale, "second", HERE)}
      </p>
      {item.isDone && <StateMark tone="good">{t("inbox.done")}</StateMark>}
      <section className="stack-tight">
        <h3>{t("facts.wrong")}</h3>
        <Wrong item={item} />
      </section>
      <section className="stack-tight">
        <h3>{t("facts.todo")}</h3>
        <p>{t(adviceKey(item), { next: item.kind === "conflict" ? nextVersion(item.conflict) : 0 })}</p>
        <MendLinks item={item} />
        {mayReplay && (
          <div className="row">
            <Button type="primary" loading={progress?.isRunning === true} onClick={() => start([item])}>
              {t("inbox.replay.one")}
            </Button>
          </div>
        )}
        {progress !== undefined && <ReplayProgress progress={progress} onStop={stop} onClose={close} />}
      </section>
      <section className="stack-tight">
        <h3>{t("facts.said")}</h3>
        <Said item={item} />
      </section>
      {fact !== undefined && (
        <section className="stack-tight">
          <h3>{t("facts.where")}</h3>
          <Follow {...fact} />
          <p>
            <Link href={factHref(fact.source, fact.externalId)}>{t("facts.page")}</Link>
          </p>
        </section>
      )}
    </div>
  );
}

function replayedFact(key: string | undefined) {
  return key === undefined ? undefined : factOfKey(key);
}

function nextVersion({
  fact,
  newest = fact.version,
}: {
  fact: { version: number };
  newest?: number | undefined;
}): number {
  return Math.max(fact.version, newest) + 1;
}

function Wrong({ item }: { readonly item: InboxItem }) {
  const { t } = useLanguage();
  const words = useServerWords();
  return (
    <Alert
      type={item.isDone ? "success" : "warning"}
      title={
        <ul className="facts-told">
          {toldOf(item, t, words).map(({ text, field, original }) => (
            <li key={`${field} ${text} ${original}`}>
              {field !== undefined && <code>{field}</code>} {text}
              {original !== undefined && original !== text && <small className="facts-original">{original}</small>}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function MendLinks({ item }: { readonly item: InboxItem }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const isPerson = item.kind === "held" && item.held.reason === "unknown-participant";
  const hasMapping = item.kind === "unreadable" && may("changeSource");
  return (
    <p className="facts-links">
      {isPerson && may("startImport") && <Link href="/imports?kind=people">{t("facts.mend.import")}</Link>}
      {isPerson && may("listPeople") && <Link href="/people">{t("facts.mend.people")}</Link>}
      {hasMapping && <Link href={`/sources/${item.source}/mapping`}>{t("facts.mend.mapping")}</Link>}
      <Link href={`/sources/${item.source}`}>{t("facts.mend.source", { source: item.source })}</Link>
    </p>
  );
}

function Said({ item }: { readonly item: InboxItem }) {
  const { t } = useLanguage();
  switch (item.kind) {
    case "conflict": {
      const { fact, stored } = item.conflict;
      const { recordedAt: _, ...message } = fact;
      const next = { ...message, version: nextVersion(item.conflict) };
      return (
        <div className="stack">
          <Versions
            columns={[
              ...(stored === undefined
                ? []
                : [{ title: t("facts.stored", { version: stored.version }), message: stored }]),
              { title: t("facts.contradicts", { version: fact.version }), message: fact },
            ]}
          />
          {!item.isDone && <MessageView title={t("facts.higher")} text={JSON.stringify({ facts: [next] })} />}
        </div>
      );
    }
    case "rejected":
      return <MessageView title={t("facts.message")} text={item.rejected.message} />;
    case "unreadable":
      return <MessageView title={item.unreadable.event ?? t("facts.body")} text={item.unreadable.body} />;
    case "held":
      return <HeldSaid source={item.source} externalId={item.held.externalId} />;
  }
}

function HeldSaid(fact: { readonly source: string; readonly externalId: string }) {
  const { t } = useLanguage();
  const query = useAnswer("getFact", { params: fact });
  return (
    <Answered query={query}>
      {({ versions }) => (
        <Versions
          columns={versions.slice(-2).map((version) => ({
            title: t("facts.version.short", { version: version.version }),
            message: version,
          }))}
        />
      )}
    </Answered>
  );
}

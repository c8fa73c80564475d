import { useState } from "react";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { StateMark } from "../parts/state-mark.tsx";
import { type Entry, PHASE_TONES, type Told, useTold } from "./told.ts";

/** One deed as a sentence; opened, all that the chain holds of it. */
export function EntryView({ told: { entry, intent } }: { readonly told: Told }) {
  const { t, locale } = useLanguage();
  const told = useTold();
  const server = useServerWords();
  const [open, setOpen] = useState(false);
  const { reason } = entry.detail;
  return (
    <li>
      <button type="button" className="audit-line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <time dateTime={entry.at} className="quiet figure">
          {date(entry.at, locale, "second", "UTC")}
        </time>
        <span className="audit-sentence">
          {told.sentence(entry)}
          {reason !== undefined && (
            <span className="quiet"> {t("audit.reason", { reason: server.say(reason).text })}</span>
          )}
        </span>
        <StateMark tone={PHASE_TONES[entry.phase]}>{t(`audit.phase.${entry.phase}`)}</StateMark>
      </button>
      {open && (
        <div className="audit-details">
          <Details entry={entry} />
          {intent && (
            <>
              <h3>{t("audit.before")}</h3>
              <Details entry={intent} />
            </>
          )}
        </div>
      )}
    </li>
  );
}

function Details({ entry }: { readonly entry: Entry }) {
  const { t } = useLanguage();
  const told = useTold();
  const { chain, seq, intent, actor, role, client, request, action, subject, shown, detail, previous, hash } = entry;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    [t("audit.chain"), `${told.chain(chain)} (${chain})`],
    [t("audit.number"), seq],
    [t("audit.intent"), intent],
    [t("audit.who"), actor],
    [t("audit.as"), role],
    [t("audit.client"), client],
    [t("audit.request"), request],
    [t("audit.what"), `${told.action(action)} (${action})`],
    [t("audit.subject"), subject],
    ...Object.entries(detail).map(([name, value]) => [name, value] as const),
    [t("audit.shown"), shown],
    [t("audit.previous"), previous],
    [t("audit.hash"), hash],
  ];
  return (
    <dl>
      {facts.flatMap(([name, value]) =>
        value === undefined
          ? []
          : [
              <dt key={`${name} name`}>{name}</dt>,
              <dd key={name}>
                {/^[0-9a-f]{64}$/.test(String(value)) ? <code className="hash">{value}</code> : value}
              </dd>,
            ],
      )}
    </dl>
  );
}

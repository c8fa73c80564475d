import { App, Button, Card, Input, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { HERE } from "../inbox/here.ts";
import { factHref, factOfKey } from "../inbox/items.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { StateMark, type Tone } from "../parts/state-mark.tsx";

type Minute = Answer<"listDeliveries">["items"][number];
type Entry = Minute["entries"][number];

const TONES: Readonly<Record<Entry["outcome"], Tone>> = {
  stored: "good",
  duplicate: "quiet",
  held: "waiting",
  conflict: "bad",
  rejected: "bad",
  ignored: "quiet",
  waiting: "waiting",
  unauthenticated: "bad",
};
const OUTCOMES = Object.entries(TONES).map(([outcome]) => outcome);

/** What came and what became of it, newest first; of very busy minutes the last deliveries by name. */
export function Deliveries({ source }: { readonly source: string }) {
  const { t } = useLanguage();
  const minutes = usePages("listDeliveries", { params: { source }, query: { limit: 100 } }, { every: 30_000 });
  const [outcome, setOutcome] = useState("");
  const [search, setSearch] = useState("");
  const fits = (entry: Entry) =>
    (outcome === "" || entry.outcome === outcome) &&
    JSON.stringify(entry).toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Card>
      <div className="row filters">
        <Input.Search
          allowClear
          aria-label={t("deliveries.search")}
          placeholder={t("deliveries.search")}
          onChange={({ target }) => setSearch(target.value)}
        />
        <Select
          aria-label={t("deliveries.outcome")}
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: "", label: t("deliveries.all") },
            ...OUTCOMES.filter(isOutcome).map((one) => ({ value: one, label: t(`outcome.${one}`) })),
          ]}
        />
      </div>
      <Listed query={minutes}>
        {(items) => (
          <Entries source={source} entries={items.flatMap(({ entries }) => entries.toReversed()).filter(fits)} />
        )}
      </Listed>
    </Card>
  );
}

function isOutcome(text: string): text is Entry["outcome"] {
  return text in TONES;
}

function Entries({ source, entries }: { readonly source: string; readonly entries: readonly Entry[] }) {
  const { t, locale } = useLanguage();
  const server = useServerWords();
  return (
    <div className="facts-wide">
      <Table<Entry>
        rowKey={({ at, deliveryId, outcome }) => `${at} ${deliveryId} ${outcome}`}
        dataSource={[...entries]}
        pagination={entries.length > 50 ? { pageSize: 50 } : false}
        locale={{ emptyText: <EmptyView title={t("deliveries.none")} next={t("deliveries.none.next")} /> }}
        columns={[
          { title: t("deliveries.at"), render: (_, { at }) => date(at, locale, "second", HERE) },
          {
            title: t("deliveries.outcome"),
            render: (_, { outcome, message }) => (
              <>
                <StateMark tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StateMark>
                {message !== undefined && <small className="facts-original">{server.say(message).text}</small>}
              </>
            ),
          },
          {
            title: t("deliveries.what"),
            render: (_, { event, deliveryId }) => (
              <div className="facts-brief">
                {event}
                <small className="facts-original">{deliveryId}</small>
              </div>
            ),
          },
          { title: t("deliveries.facts"), render: (_, entry) => <Facts entry={entry} /> },
          { title: t("deliveries.replay"), render: (_, entry) => <Replay source={source} entry={entry} /> },
        ]}
      />
    </div>
  );
}

function Facts({ entry: { facts, count } }: { readonly entry: Entry }) {
  const { t } = useLanguage();
  return (
    <div className="facts-brief">
      {facts.map((key) => {
        const { source, externalId } = factOfKey(key);
        return (
          <Link key={key} href={factHref(source, externalId)} className="facts-link">
            {externalId}
          </Link>
        );
      })}
      {count > facts.length && <span className="quiet">{t("inbox.others", { count: count - facts.length })}</span>}
    </div>
  );
}

function Replay({ source, entry: { deliveryId, kept } }: { readonly source: string; readonly entry: Entry }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { message } = App.useApp();
  const replay = useAction("replaySourceDelivery", ({ receipts }) => {
    const isTaken = receipts.every(({ outcome, held }) => outcome === "stored" && held === undefined);
    message[isTaken ? "success" : "warning"](t(isTaken ? "deliveries.taken" : "deliveries.still"));
  });
  if (!kept) return <span className="quiet">{t("deliveries.notKept")}</span>;
  if (!may("replaySourceDelivery")) return <span className="quiet">{t("deliveries.kept")}</span>;
  return (
    <>
      <Button size="small" loading={replay.isPending} onClick={() => replay.mutate({ params: { source, deliveryId } })}>
        {t("inbox.replay.one")}
      </Button>
      {replay.error && <ProblemView error={replay.error} />}
    </>
  );
}

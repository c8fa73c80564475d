import { App, Button, Card, Select, Table } from "antd";
import { useState } from "react";
import type { Answer } from "../api/client.ts";
import { useAction, useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { useServerWords } from "../i18n/server/use-server-words.ts";
import { HERE } from "../inbox/here.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";

type Message = Answer<"listChannelDeliveries">["items"][number];

const TONES = { waiting: "waiting", sent: "good", dead: "bad" } as const;
const STATES = ["waiting", "sent", "dead"] as const;

/** What a channel was told, newest first, with every attempt. What a message says is not shown: it can hold figures. */
export function Messages({ channel }: { readonly channel: string }) {
  const { t } = useLanguage();
  const [state, setState] = useState("");
  const messages = usePages("listChannelDeliveries", { params: { channel }, query: { limit: 100 } }, { every: 15_000 });
  return (
    <Card>
      <div className="row filters">
        <Select
          aria-label={t("channels.message.state")}
          value={state}
          onChange={setState}
          options={[
            { value: "", label: t("channels.message.all") },
            ...STATES.map((one) => ({ value: one, label: t(`channels.message.${one}`) })),
          ]}
        />
      </div>
      <Listed query={messages}>
        {(items) => (
          <MessageTable channel={channel} items={items.filter((one) => state === "" || one.state === state)} />
        )}
      </Listed>
    </Card>
  );
}

function MessageTable({ channel, items }: { readonly channel: string; readonly items: readonly Message[] }) {
  const { t, locale } = useLanguage();
  return (
    <div className="facts-wide">
      <Table<Message>
        rowKey="id"
        dataSource={[...items]}
        pagination={items.length > 50 ? { pageSize: 50 } : false}
        locale={{ emptyText: <EmptyView title={t("channels.message.none")} next={t("channels.message.none.next")} /> }}
        columns={[
          { title: t("channels.message.at"), render: (_, { createdAt }) => date(createdAt, locale, "minute", HERE) },
          { title: t("channels.message.event"), render: (_, { type }) => t(`channels.event.${type}`) },
          {
            title: t("channels.message.state"),
            render: (_, { state, nextAt }) => (
              <>
                <StateMark tone={TONES[state]}>{t(`channels.message.${state}`)}</StateMark>
                {nextAt !== undefined && (
                  <small className="facts-original">
                    {t("channels.message.next", { at: date(nextAt, locale, "minute", HERE) })}
                  </small>
                )}
              </>
            ),
          },
          { title: t("channels.message.attempts"), render: (_, message) => <Attempts message={message} /> },
          { title: t("channels.message.again"), render: (_, { id }) => <Again channel={channel} delivery={id} /> },
        ]}
      />
    </div>
  );
}

function Attempts({ message: { attempts } }: { readonly message: Message }) {
  const { t, locale } = useLanguage();
  const server = useServerWords();
  return (
    <ul className="facts-told facts-brief">
      {attempts.map(({ at, outcome, status, reason }) => (
        <li key={at}>
          {date(at, locale, "second", HERE)}:{" "}
          {t(outcome === "sent" ? "channels.message.sent" : "channels.message.failed")}
          {status !== undefined && ` (${status})`}
          {reason !== undefined && <small className="facts-original">{server.say(reason).text}</small>}
        </li>
      ))}
    </ul>
  );
}

function Again({ channel, delivery }: { readonly channel: string; readonly delivery: string }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const { message } = App.useApp();
  const replay = useAction("replayChannelDelivery", () => message.success(t("channels.message.again.done")));
  if (!may("replayChannelDelivery")) return null;
  return (
    <>
      <Button size="small" loading={replay.isPending} onClick={() => replay.mutate({ params: { channel, delivery } })}>
        {t("channels.message.again.do")}
      </Button>
      {replay.error && <ProblemView error={replay.error} />}
    </>
  );
}

import { Button, Card, Table } from "antd";
import { Link, useLocation } from "wouter";
import { useCaller, usePages } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import type { Channel } from "./kinds.ts";

/** Who is told what happens, and by which way. */
export default function ChannelsPage() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const channels = usePages("listChannels", { query: { limit: 100 } });
  return (
    <div className="page">
      <div className="title">
        <h1>{t("channels.title")}</h1>
        {may("setChannel") && (
          <Button type="primary" onClick={() => go("/channels/new")}>
            {t("channels.new")}
          </Button>
        )}
      </div>
      <p className="quiet">{t("channels.text")}</p>
      <Card>
        <Listed query={channels}>
          {(items) =>
            items.length === 0 ? (
              <EmptyView title={t("channels.none")} next={t("channels.none.next")} />
            ) : (
              <ChannelTable items={items} />
            )
          }
        </Listed>
      </Card>
    </div>
  );
}

function ChannelTable({ items }: { readonly items: readonly Channel[] }) {
  const { t } = useLanguage();
  return (
    <div className="facts-wide">
      <Table<Channel>
        rowKey="channel"
        dataSource={[...items]}
        pagination={items.length > 50 ? { pageSize: 50 } : false}
        columns={[
          {
            title: t("channels.col.name"),
            render: (_, { channel, name }) => (
              <Link href={`/channels/${channel}`}>
                <strong>{name}</strong>
                <div className="quiet">{channel}</div>
              </Link>
            ),
          },
          { title: t("channels.kind"), render: (_, { kind }) => t(`channels.kind.${kind}`) },
          {
            title: t("channels.events"),
            render: (_, { events }) => (
              <div className="facts-brief">{events.map((event) => t(`channels.event.${event}`)).join(" · ")}</div>
            ),
          },
          {
            title: t("channels.state"),
            render: (_, { enabled }) => (
              <StateMark tone={enabled ? "good" : "quiet"}>{t(enabled ? "channels.on" : "channels.off")}</StateMark>
            ),
          },
        ]}
      />
    </div>
  );
}

import { Tabs } from "antd";
import { Link, useLocation, useRoute } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { ChannelForm } from "./channel-form.tsx";
import type { Channel } from "./kinds.ts";
import { Messages } from "./messages.tsx";

/** A channel: what it was told, and its settings; or the form for a new one: `/channels/new`. */
export default function ChannelPage() {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, params] = useRoute("/channels/*");
  const [channel = "", tab = "messages"] = (params?.["*"] ?? "").split("/");
  const isNew = channel === "new";
  const query = useAnswer("getChannel", { params: { channel } }, { enabled: !isNew });
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/channels">{t("channels.title")}</Link>
      </p>
      {isNew ? (
        <>
          <h1>{t("channels.new")}</h1>
          {may("setChannel") && <ChannelForm />}
        </>
      ) : (
        <Answered
          query={query}
          missing={<EmptyView title={t("channels.missing", { channel })} next={t("channels.missing.next")} />}
        >
          {(found) => <OneChannel channel={found} tab={tab} />}
        </Answered>
      )}
    </div>
  );
}

function OneChannel({ channel, tab }: { readonly channel: Channel; readonly tab: string }) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const tabs = [
    { key: "messages", label: t("channels.tab.messages"), children: <Messages channel={channel.channel} /> },
  ];
  if (may("setChannel")) {
    const children = <ChannelForm key={channel.revision} channel={channel} />;
    tabs.push({ key: "settings", label: t("channels.tab.settings"), children });
  }
  return (
    <>
      <div className="title">
        <h1>{channel.name}</h1>
        <StateMark tone={channel.enabled ? "good" : "quiet"}>
          {t(channel.enabled ? "channels.on" : "channels.off")}
        </StateMark>
        <span className="quiet">
          {channel.channel} · {t(`channels.kind.${channel.kind}`)}
        </span>
      </div>
      <Tabs
        activeKey={tabs.some(({ key }) => key === tab) ? tab : "messages"}
        items={tabs}
        destroyOnHidden
        onChange={(key) => go(`/channels/${channel.channel}/${key}`)}
      />
    </>
  );
}

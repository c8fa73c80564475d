import { Tabs } from "antd";
import { Suspense } from "react";
import { Link, useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { usePlanWords } from "../api/plan-names.ts";
import { periodText } from "../format/dates.ts";
import { ZoneContext } from "../format/zone.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import { CAMPAIGN_TABS } from "./tabs.tsx";

interface Props {
  readonly campaign: string;
  readonly tab: string | undefined;
  readonly rest: readonly string[];
}

export default function CampaignPage({ campaign, tab, rest }: Props) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const words = usePlanWords(campaign);
  const open = CAMPAIGN_TABS.filter(({ needs, has }) => may(needs) && (has?.(words) ?? true));
  const shown = open.find(({ key }) => key === tab)?.key ?? open[0]?.key;
  const tabs = open.map(({ key, label, content: Content }) => ({
    key,
    label: t(label),
    children: (
      <Suspense fallback={<Loading />}>
        <ZoneContext value={words.zone}>
          <Content campaign={campaign} words={words} rest={key === shown ? rest : []} />
        </ZoneContext>
      </Suspense>
    ),
  }));
  return (
    <div className="page">
      {may("listCampaigns") && (
        <p className="crumbs">
          <Link href="/campaigns">{t("nav.campaigns")}</Link>
        </p>
      )}
      <div className="title">
        <h1>{words.name}</h1>
        {words.state && <StateMark tone={CAMPAIGN_TONES[words.state]}>{t(`state.${words.state}`)}</StateMark>}
        {words.period && <span className="quiet">{periodText(words.period, locale)}</span>}
      </div>
      {words.error ? (
        <ProblemView error={words.error} />
      ) : (
        <Tabs
          {...(shown === undefined ? {} : { activeKey: shown })}
          items={tabs}
          destroyOnHidden
          onChange={(key) => go(`/campaigns/${campaign}/${key}`)}
        />
      )}
    </div>
  );
}

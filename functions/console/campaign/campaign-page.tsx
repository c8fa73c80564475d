import { Tabs } from "antd";
import { Link, useLocation } from "wouter";
import { useCaller } from "../api/hooks.ts";
import { usePlanWords } from "../api/plan-names.ts";
import { periodText } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { CAMPAIGN_TONES, StateMark } from "../parts/state-mark.tsx";
import { StatementTab } from "../statement/statement-tab.tsx";
import { LiveBoard } from "./live-board.tsx";
import { Runs } from "./runs.tsx";

interface Props {
  readonly campaign: string;
  readonly tab: string | undefined;
  readonly payeeKind: string | undefined;
  readonly payeeId: string | undefined;
}

export default function CampaignPage({ campaign, tab, payeeKind, payeeId }: Props) {
  const { t, locale } = useLanguage();
  const { may } = useCaller();
  const [, go] = useLocation();
  const words = usePlanWords(campaign);
  const tabs = [
    ...(may("getBoards")
      ? [{ key: "board", label: t("tab.board"), children: <LiveBoard campaign={campaign} words={words} /> }]
      : []),
    ...(may("listRuns")
      ? [{ key: "runs", label: t("tab.runs"), children: <Runs campaign={campaign} words={words} /> }]
      : []),
    ...(may("getStatement")
      ? [
          {
            key: "statement",
            label: t("tab.statement"),
            children: <StatementTab campaign={campaign} words={words} payeeKind={payeeKind} payeeId={payeeId} />,
          },
        ]
      : []),
  ];
  const shown = tabs.some(({ key }) => key === tab) ? tab : tabs[0]?.key;
  return (
    <div className="page">
      {may("listCampaigns") && (
        <p className="crumbs">
          <Link href="/campaigns">{t("nav.campaigns")}</Link>
        </p>
      )}
      <div className="title">
        <h1>{words.name}</h1>
        {words.campaign && (
          <StateMark tone={CAMPAIGN_TONES[words.campaign.state]}>{t(`state.${words.campaign.state}`)}</StateMark>
        )}
        {words.plan && <span className="quiet">{periodText(words.plan.period, locale)}</span>}
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

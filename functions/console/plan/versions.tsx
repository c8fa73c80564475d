import { useMutation } from "@tanstack/react-query";
import { App, Button, Card, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { Answer } from "../api/client.ts";
import { useAnswer, useCaller, usePages } from "../api/hooks.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { EmptyView } from "../parts/empty-view.tsx";
import { Listed } from "../parts/listed.tsx";
import { ProblemView } from "../parts/problem-view.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { DiffView } from "./diff-view.tsx";
import { keepDraft, keptDraft } from "./drafts.ts";
import { saysPlan, textOf, writtenOf } from "./plan-source.ts";
import type { Shape } from "./shape.ts";

type Campaign = Answer<"getCampaign">;
type Version = Answer<"listVersions">["items"][number];

interface Props {
  readonly campaign: Campaign;
  readonly shape: Shape;
}

/** What was published, and what changed from one to another. */
export function Versions({ campaign, shape }: Props) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const isOpen = may("editDraft") && (campaign.state === "draft" || campaign.state === "active");
  const versions = usePages("listVersions", { params: { campaign: campaign.id } });
  return (
    <Listed query={versions}>
      {(items) =>
        items.length === 0 ? (
          <Card>
            <EmptyView title={t("plan.versions.none")} next={t("plan.versions.none.next")} />
          </Card>
        ) : (
          <div className="stack">
            <Card>
              <ul className="plan-list">
                {items
                  .toSorted((a, b) => b.version - a.version)
                  .map((version) => (
                    <VersionLine
                      key={version.version}
                      version={version}
                      zone={campaign.draft.period.zone}
                      isInForce={version.version === campaign.activeVersion}
                      again={isOpen ? <EditAgain campaign={campaign} shape={shape} version={version.version} /> : null}
                    />
                  ))}
              </ul>
            </Card>
            <Compare campaign={campaign} shape={shape} />
          </div>
        )
      }
    </Listed>
  );
}

/** An earlier version's text as an unsaved draft, to be looked at and saved. */
function EditAgain({ campaign, shape, version }: Props & { readonly version: number }) {
  const { t } = useLanguage();
  const { api, me } = useCaller();
  const { modal } = App.useApp();
  const [, go] = useLocation();
  const take = useMutation({
    mutationFn: () => api.json("getVersion", { params: { campaign: campaign.id, version }, query: { text: "true" } }),
    onSuccess: ({ plan, text }) => {
      const at = new Date().toISOString();
      const taken = { text: writtenOf(shape, plan, text), revision: campaign.revision, at, isSaved: false };
      keepDraft(localStorage, me.subject, campaign.id, taken);
      go(`/campaigns/${campaign.id}/plan`);
    },
  });
  const ask = () => {
    const kept = keptDraft(localStorage, me.subject, campaign.id);
    if (kept === undefined || saysPlan(shape, kept.text, campaign.draft)) return take.mutate();
    modal.confirm({
      title: t("plan.drop.ask"),
      content: t("plan.drop.text"),
      okText: t("plan.drop"),
      okButtonProps: { danger: true },
      cancelText: t("plan.cancel"),
      onOk: () => take.mutate(),
    });
  };
  return (
    <>
      <Button size="small" loading={take.isPending} onClick={ask}>
        {t("plan.versions.edit")}
      </Button>
      {take.error !== null && <ProblemView error={take.error} />}
    </>
  );
}

function VersionLine({
  version,
  isInForce,
  again,
  zone,
}: {
  readonly version: Version;
  readonly isInForce: boolean;
  readonly again: ReactNode;
  readonly zone: string;
}) {
  const { t, locale } = useLanguage();
  return (
    <li>
      <strong>{t("plan.versions.version", { version: version.version })}</strong>
      {isInForce && <StateMark tone="good">{t("plan.versions.inForce")}</StateMark>}
      <span className="quiet">
        {t("plan.versions.by", { who: version.publishedBy, at: date(version.publishedAt, locale, "minute", zone) })}
      </span>
      <code className="plan-hash" title={version.planHash}>
        {version.planHash.slice(0, 12)}
      </code>
      {again}
    </li>
  );
}

/** 0 is the draft. */
function Compare({ campaign, shape }: Props) {
  const { t } = useLanguage();
  const { latestVersion } = campaign;
  const [from, setFrom] = useState(Math.max(1, latestVersion - 1));
  const [to, setTo] = useState(latestVersion > 1 ? latestVersion : 0);
  const all = [0, ...Array.from({ length: latestVersion }, (_, at) => latestVersion - at)];
  const options = all.map((version) => ({
    value: version,
    label: version === 0 ? t("plan.versions.draft") : t("plan.versions.version", { version }),
  }));
  return (
    <Card>
      <div className="row">
        <label htmlFor="compare-from">{t("plan.versions.from")}</label>
        <Select id="compare-from" value={from} options={options} onChange={setFrom} />
        <label htmlFor="compare-to">{t("plan.versions.to")}</label>
        <Select id="compare-to" value={to} options={options} onChange={setTo} />
      </div>
      <OneText campaign={campaign} shape={shape} version={from}>
        {(before) => (
          <OneText campaign={campaign} shape={shape} version={to}>
            {(after) => <DiffView before={before} after={after} />}
          </OneText>
        )}
      </OneText>
    </Card>
  );
}

function OneText({
  campaign,
  shape,
  version,
  children,
}: Props & { readonly version: number; readonly children: (text: string) => ReactNode }) {
  const isDraft = version === 0;
  const read = useAnswer("getVersion", { params: { campaign: campaign.id, version } }, { enabled: !isDraft });
  if (isDraft) return children(textOf(shape, campaign.draft));
  return <Answered query={read}>{({ plan }) => children(textOf(shape, plan))}</Answered>;
}

import { Alert, Card, Descriptions } from "antd";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { usePlanWords } from "../api/plan-names.ts";
import { useUnitName } from "../api/use-units.ts";
import { date } from "../format/dates.ts";
import { count, decimal, money } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";
import { ServerWords } from "../parts/server-words.tsx";
import { Impact } from "./impact.tsx";
import { Liability } from "./liability.tsx";
import type { ContentOf, ShownApproval } from "./what-of.ts";

type Said = readonly (readonly [label: string, value: ReactNode])[];

/** What is asked for, in words. */
export function Content({ approval }: { readonly approval: ShownApproval }) {
  const { content } = approval;
  switch (content.kind) {
    case "activation":
      return <Activation approval={approval} content={content} />;
    case "lifecycle":
      return <Lifecycle content={content} />;
    case "people":
    case "targets":
      return <Rows content={content} />;
    case "manual-adjustment":
      return <Adjustment content={content} />;
    case "fact-correction":
      return <Correction content={content} />;
    case "run":
      return null;
  }
}

function Words({
  title,
  said,
  children,
}: {
  readonly title: string;
  readonly said: Said;
  readonly children?: ReactNode;
}) {
  const items = said.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [{ key: label, label, children: value }],
  );
  return (
    <Card title={<h2>{title}</h2>}>
      <div className="stack">
        <Descriptions column={1} size="small" items={items} />
        {children}
      </div>
    </Card>
  );
}

function CampaignLink({ campaign }: { readonly campaign: string }) {
  const words = usePlanWords(campaign);
  return <Link href={`/campaigns/${campaign}`}>{words.name}</Link>;
}

interface ActivationProps {
  readonly approval: ShownApproval;
  readonly content: ContentOf<"activation">;
}

function Activation({ approval, content }: ActivationProps) {
  const { t, locale } = useLanguage();
  const { campaign, version, inForce, pilot, effectiveFrom, findings, planHash, simulationHash } = content;
  const { zone, currency } = usePlanWords(campaign);
  const unitName = useUnitName(pilot !== undefined);
  const said: Said = [
    [t("approval.campaign"), <CampaignLink key="campaign" campaign={campaign} />],
    [t("approval.version"), t("approval.version.text", { version })],
    [
      t("approval.inForce"),
      inForce === undefined ? t("approval.inForce.none") : t("approval.version.text", { version: inForce }),
    ],
    [
      t("approval.pilot"),
      pilot &&
        t("approval.pilot.text", {
          units: pilot.units.map(unitName).join(", "),
          until: date(pilot.until, locale, "minute", zone),
        }),
    ],
    [t("approval.from"), effectiveFrom && date(effectiveFrom, locale, "minute", zone)],
    [
      t("approval.planHash"),
      <code key="plan" className="hash">
        {planHash}
      </code>,
    ],
    [t("approval.simulation"), simulationHash && <code className="hash">{simulationHash}</code>],
  ];
  return (
    <>
      <Words title={t("approval.content")} said={said}>
        {findings.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t("approval.findings", { count: findings.length })}
            description={
              <ul className="causes">
                {findings.map(({ code, path, message, mend }) => (
                  <li key={`${code} ${path} ${message}`}>
                    <ServerWords>{message}</ServerWords> <code>{path}</code>
                    {mend !== undefined && (
                      <div className="quiet">
                        <ServerWords>{mend}</ServerWords>
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            }
          />
        )}
        <Liability liability={approval.maximumLiability} currency={currency} />
      </Words>
      <Impact content={content} />
    </>
  );
}

function Lifecycle({ content }: { readonly content: ContentOf<"lifecycle"> }) {
  const { t, locale } = useLanguage();
  const { campaign, change, version } = content;
  const said: Said = [
    [t("approval.campaign"), <CampaignLink key="campaign" campaign={campaign} />],
    [
      t("approval.change"),
      change.command === "stop" ? t("approval.stop", { at: date(change.end, locale) }) : t("approval.rollOut"),
    ],
    [t("lifecycle.rollOut.others"), change.command === "rollOut" ? t(`lifecycle.rollOut.${change.others}`) : undefined],
    [t("approval.inForce"), t("approval.version.text", { version })],
  ];
  return (
    <>
      <Words title={t("approval.content")} said={said} />
      <Impact content={content} />
    </>
  );
}

function Rows({ content }: { readonly content: ContentOf<"people"> | ContentOf<"targets"> }) {
  const { t, locale } = useLanguage();
  const { added, changed, removed, onFile } = content.counts;
  const said: Said = [
    [
      t("approval.campaign"),
      content.kind === "targets" ? <CampaignLink key="campaign" campaign={content.campaign} /> : undefined,
    ],
    [t("approval.rows.added"), count(added, locale)],
    [t("approval.rows.changed"), count(changed, locale)],
    [t("approval.rows.removed"), removed === undefined ? undefined : count(removed, locale)],
    [t("approval.rows.onFile"), count(onFile, locale)],
  ];
  return (
    <Words title={t("approval.content")} said={said}>
      <p className="quiet">{t(content.kind === "people" ? "approval.people.text" : "approval.targets.text")}</p>
    </Words>
  );
}

function Adjustment({ content }: { readonly content: ContentOf<"manual-adjustment"> }) {
  const { t, locale } = useLanguage();
  const { campaign, payee, reward, amount, currency, evidence, number } = content;
  const words = usePlanWords(campaign);
  const said: Said = [
    [t("approval.campaign"), <CampaignLink key="campaign" campaign={campaign} />],
    [
      t("runs.line.payee"),
      <Link key="payee" href={`/campaigns/${campaign}/statement/${payee.kind}/${encodeURIComponent(payee.id)}`}>
        {t(`statement.${payee.kind}`)} {payee.id}
      </Link>,
    ],
    [t("runs.reward"), words.reward(reward)],
    [t("runs.line.amount"), <strong key="amount">{money(amount, currency, locale)}</strong>],
    [t("adjustments.number"), number],
    [t("adjustments.evidence"), evidence],
  ];
  return (
    <Words title={t("approval.content")} said={said}>
      <p className="quiet">{t(amount.startsWith("-") ? "approval.adjustment.takes" : "approval.adjustment.adds")}</p>
    </Words>
  );
}

function Correction({ content }: { readonly content: ContentOf<"fact-correction"> }) {
  const { t, locale } = useLanguage();
  const { campaign, dispute, fact } = content;
  const said: Said = [
    [t("approval.campaign"), <CampaignLink key="campaign" campaign={campaign} />],
    [
      t("approval.dispute"),
      <Link key="dispute" href={`/campaigns/${campaign}/disputes/${encodeURIComponent(dispute)}`}>
        {dispute}
      </Link>,
    ],
    [t("approval.fact"), `${fact.source} · ${fact.externalId}`],
    [t("approval.factVersion"), count(fact.version, locale)],
    [
      t("runs.line.amount"),
      "amount" in fact && fact.amount !== undefined ? decimal(String(fact.amount), locale) : undefined,
    ],
  ];
  return <Words title={t("approval.content")} said={said} />;
}

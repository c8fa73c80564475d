import { Card, Descriptions } from "antd";
import { Link } from "wouter";
import { useAnswer, useCaller } from "../api/hooks.ts";
import type { PlanWords } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { useLanguage } from "../i18n/language.ts";
import { Answered } from "../parts/answered.tsx";
import { amountText } from "../statement/figures.ts";
import { LineView, lineAmount } from "../statement/line-view.tsx";
import { type Names, namesOf } from "../statement/names.ts";
import { Attachments } from "./attachments.tsx";
import { Conversation } from "./conversation.tsx";
import { DisputeActions } from "./dispute-actions.tsx";
import { DisputeState } from "./dispute-state.tsx";
import { RemedyCard } from "./remedy-card.tsx";
import type { ShownDispute } from "./types.ts";

interface Props {
  readonly campaign: string;
  readonly words: PlanWords;
  readonly id: string;
}

/** A dispute: what is claimed, the line with its way, what both sides said, and what can be done. */
export function DisputePage({ campaign, words, id }: Props) {
  const { t, language } = useLanguage();
  const call = { params: { campaign, dispute: id }, query: { told: "true", lang: language } } as const;
  const read = useAnswer("getDispute", call, { keeps: true, every: 30_000 });
  return (
    <div className="stack">
      <p>
        <Link href={`/campaigns/${campaign}/disputes`}>{t("disputes.back")}</Link>
      </p>
      <Answered query={read}>
        {(dispute) => {
          const names = namesOf(dispute.names, words);
          return (
            <div className="dispute-columns">
              <div className="stack">
                <Claim dispute={dispute} names={names} zone={words.zone} />
                <Questioned dispute={dispute} names={names} zone={words.zone} />
              </div>
              <div className="stack">
                <DisputeActions dispute={dispute} names={names} />
                <RemedyCard dispute={dispute} names={names} zone={words.zone} />
                <Conversation dispute={dispute} names={names} zone={words.zone} />
                <Attachments dispute={dispute} zone={words.zone} />
              </div>
            </div>
          );
        }}
      </Answered>
    </div>
  );
}

interface PartProps {
  readonly dispute: ShownDispute;
  readonly names: Names;
  readonly zone: string | undefined;
}

function Claim({ dispute, names, zone }: PartProps) {
  const { t, locale } = useLanguage();
  const { claim, reward, payee, expected, amount, currency = "", openedBy, openedAt, decideBy } = dispute;
  const on = (at: string) => date(at, locale, "minute", zone);
  const items = [
    { key: "payee", label: t("disputes.col.payee"), children: `${names.subject(payee.id)} (${payee.id})` },
    {
      key: "amount",
      label: t("disputes.amount"),
      children: amount === undefined ? t("disputes.amount.none") : lineAmount(amount, currency, names, locale),
    },
    ...(expected === undefined
      ? []
      : [{ key: "expected", label: t("disputes.expected"), children: amountText(expected, currency, locale) }]),
    { key: "opened", label: t("disputes.opened"), children: `${on(openedAt)} · ${names.subject(openedBy)}` },
    { key: "decide", label: t("disputes.col.decideBy"), children: on(decideBy) },
    { key: "assigned", label: t("disputes.col.assigned"), children: <AssignedTo dispute={dispute} /> },
  ];
  return (
    <Card>
      <div className="title">
        <h2>{t("disputes.about", { what: names.reward(reward) })}</h2>
        <DisputeState dispute={dispute} />
      </div>
      <blockquote className="claim">{claim}</blockquote>
      <Descriptions column={1} size="small" items={items} />
      <p className="quiet claim-note">{t("disputes.paidMeanwhile")}</p>
    </Card>
  );
}

/** By name for whom may see who handles disputes. */
function AssignedTo({ dispute: { campaign, id, assignedTo } }: Pick<PartProps, "dispute">) {
  const { t } = useLanguage();
  const { may } = useCaller();
  const found = useAnswer(
    "listDisputeHandlers",
    { params: { campaign, dispute: id }, query: { limit: 50, ...(assignedTo === undefined ? {} : { q: assignedTo }) } },
    { enabled: assignedTo !== undefined && may("listDisputeHandlers") },
  );
  if (assignedTo === undefined) return t("disputes.assigned.nobody");
  const name = found.data?.items.find(({ subject }) => subject === assignedTo)?.name;
  return name === undefined ? assignedTo : `${name} (${assignedTo})`;
}

/** What is questioned, as the run told it. */
function Questioned({ dispute, names, zone }: PartProps) {
  const { t, locale } = useLanguage();
  const { line, notAwarded, run, payee, campaign, currency = "" } = dispute;
  const shown = line ?? notAwarded;
  if (shown === undefined) return null;
  const statement = `/campaigns/${campaign}/statement/${payee.kind}/${encodeURIComponent(payee.id)}/${encodeURIComponent(run.runId)}`;
  return (
    <Card title={<h2>{t("disputes.line")}</h2>}>
      <LineView line={shown} names={names} currency={currency} isOpen={false} />
      <p className="quiet">{t("statement.computed", { run: run.runId, at: date(run.asOf, locale, "minute", zone) })}</p>
      <p>
        <Link href={statement}>{t("disputes.statement")}</Link>
      </p>
    </Card>
  );
}

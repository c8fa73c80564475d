import { Card } from "antd";
import { Link } from "wouter";
import { date } from "../format/dates.ts";
import { isTextKey, useLanguage } from "../i18n/language.ts";
import { APPROVAL_TONES, StateMark } from "../parts/state-mark.tsx";
import { type Approval, hrefOf, reasonOf, useCampaignNames, useZoneOf, whatOf } from "./what-of.ts";

export type { Approval };

/** Something that waits, or waited, for a second person. It is looked at, and decided, at its own address. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { t, locale } = useLanguage();
  const nameOf = useCampaignNames();
  const zone = useZoneOf(approval);
  const { requestedBy, requestedAt, mayDecide } = approval;
  const reason = reasonOf(approval, t);
  return (
    <Card>
      <h3>{whatOf(approval, t, nameOf)}</h3>
      <p className="quiet">{t("approval.by", { who: requestedBy, at: date(requestedAt, locale, "minute", zone) })}</p>
      {reason !== "" && <p>{reason}</p>}
      <div className="row">
        <Link href={hrefOf(approval)}>{t(mayDecide ? "home.decide" : "home.look")}</Link>
        {!mayDecide && <ApprovalState approval={approval} />}
      </div>
    </Card>
  );
}

export function ApprovalState({ approval: { state, content } }: { readonly approval: Approval }) {
  const { t } = useLanguage();
  const told = content.kind === "run" ? `runs.state.${state}` : `approval.state.${state}`;
  return <StateMark tone={APPROVAL_TONES[state] ?? "quiet"}>{isTextKey(told) ? t(told) : state}</StateMark>;
}

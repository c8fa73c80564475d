import { Card } from "antd";
import { Link } from "wouter";
import type { Answer } from "../api/client.ts";
import { spoken } from "../api/plan-names.ts";
import { date } from "../format/dates.ts";
import { isTextKey, type Translate, useLanguage } from "../i18n/language.ts";
import { StateMark, type Tone } from "../parts/state-mark.tsx";
import { Decide } from "./decide.tsx";

export type Approval = Answer<"listApprovals">["items"][number];

const APPROVAL_TONES: Readonly<Record<string, Tone>> = {
  waiting: "waiting",
  approved: "busy",
  done: "good",
  failed: "bad",
  rejected: "bad",
};

/** Something that waits for a second person. A run is looked at where its figures are. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { t, locale } = useLanguage();
  const { id, state, hash, requestedBy, requestedAt, reason, mayDecide, content } = approval;
  const what = whatOf(approval, t);
  const told = `approval.state.${state}`;
  return (
    <Card>
      <h3>{what}</h3>
      <p className="quiet">{t("approval.by", { who: requestedBy, at: date(requestedAt, locale) })}</p>
      {reason !== undefined && <p>{reason}</p>}
      {content.kind === "run" ? (
        <Link href={`/campaigns/${content.campaign}/runs`}>{t(mayDecide ? "home.decide" : "home.look")}</Link>
      ) : mayDecide ? (
        <Decide what={what} hash={hash} approve={{ operation: "approve", id }} />
      ) : (
        <StateMark tone={APPROVAL_TONES[state] ?? "quiet"}>{isTextKey(told) ? t(told) : state}</StateMark>
      )}
    </Card>
  );
}

function whatOf({ id, content }: Approval, t: Translate): string {
  const campaign = "campaign" in content && typeof content.campaign === "string" ? spoken(content.campaign) : "";
  switch (content.kind) {
    case "run":
      return t("approval.run", { id });
    case "activation":
      return t("approval.activation", { campaign });
    case "people":
      return t("approval.people");
    case "targets":
      return t("approval.targets", { campaign });
    case "manual-adjustment":
      return t("approval.adjustment", { campaign });
    case "lifecycle":
      return t("approval.lifecycle", { campaign });
    default:
      return t("approval.other", { id });
  }
}

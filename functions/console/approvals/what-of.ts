import type { Answer } from "../api/client.ts";
import { spoken } from "../api/plan-names.ts";
import { useCampaigns } from "../api/use-campaigns.ts";
import { nameIn, type Translate, useLanguage } from "../i18n/language.ts";

export type Approval = Answer<"listApprovals">["items"][number];
export type ShownApproval = Answer<"getApproval">;
export type ContentOf<K extends Approval["content"]["kind"]> = Extract<Approval["content"], { kind: K }>;

export type CampaignName = (id: string) => string;

/** What campaigns are called, where they can be listed. */
export function useCampaignNames(): CampaignName {
  const { language } = useLanguage();
  const campaigns = useCampaigns();
  return (id) => nameIn(language, campaigns.find((one) => one.id === id)?.name, spoken(id));
}

/** The zone of the campaign that a request is about. */
export function useZoneOf({ content }: Pick<Approval, "content">): string | undefined {
  const campaigns = useCampaigns();
  return "campaign" in content ? campaigns.find(({ id }) => id === content.campaign)?.period.zone : undefined;
}

/** What a request is about, in a few words. */
export function whatOf({ id, content }: Pick<Approval, "id" | "content">, t: Translate, nameOf: CampaignName): string {
  const campaign = "campaign" in content ? nameOf(content.campaign) : "";
  switch (content.kind) {
    case "run":
      return t("approval.runOf", { kind: t(`runs.kind.${content.run}`), campaign, id });
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
    case "fact-correction":
      return t("approval.correction", { campaign });
  }
}

/** Why it is asked for: what the maker wrote; of an import, which says only how much it changes, that in the reader's language. */
export function reasonOf({ reason = "", content }: Pick<Approval, "reason" | "content">, t: Translate): string {
  if (content.kind !== "people" && content.kind !== "targets") return reason;
  const { added, changed, removed, onFile } = content.counts;
  const counts =
    removed === undefined
      ? t("approval.rows.text", { added, changed, onFile })
      : t("approval.rows.text.removed", { added, changed, removed, onFile });
  return /^an import that changes \d+/.test(reason) || reason === "" ? counts : `${reason} (${counts})`;
}

/** Where it is looked at and decided. A run is where its figures are. */
export function hrefOf({ id, content }: Pick<Approval, "id" | "content">): string {
  return content.kind === "run"
    ? `/campaigns/${content.campaign}/runs/${encodeURIComponent(id)}`
    : `/approvals/${encodeURIComponent(id)}`;
}

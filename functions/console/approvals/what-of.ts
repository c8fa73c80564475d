import type { Answer } from "../api/client.ts";
import { spoken } from "../api/plan-names.ts";
import type { Translate } from "../i18n/language.ts";

export type Approval = Answer<"listApprovals">["items"][number];
export type ShownApproval = Answer<"getApproval">;
export type ContentOf<K extends Approval["content"]["kind"]> = Extract<Approval["content"], { kind: K }>;

/** What a request is about, in a few words. */
export function whatOf({ id, content }: Pick<Approval, "id" | "content">, t: Translate): string {
  const campaign = "campaign" in content ? spoken(content.campaign) : "";
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
    case "fact-correction":
      return t("approval.correction", { campaign });
  }
}

/** Where it is looked at and decided. A run is where its figures are. */
export function hrefOf({ id, content }: Pick<Approval, "id" | "content">): string {
  return content.kind === "run"
    ? `/campaigns/${content.campaign}/runs/${encodeURIComponent(id)}`
    : `/approvals/${encodeURIComponent(id)}`;
}

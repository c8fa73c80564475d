import type { ComponentType } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { TextKey } from "../i18n/en.ts";
import { StatementTab } from "../statement/statement-tab.tsx";
import { LiveBoard } from "./live-board.tsx";
import { Runs } from "./runs.tsx";
import type { TabProps } from "./tab-props.ts";

export interface CampaignTab {
  readonly key: string;
  readonly label: TextKey;
  /** Shown to whom the operation is open. */
  readonly needs: ApiOperationId;
  readonly content: ComponentType<TabProps>;
}

/** What there is to see of a campaign, in the order of its life. What is heavy is imported with `lazy`. */
export const CAMPAIGN_TABS: readonly CampaignTab[] = [
  { key: "board", label: "tab.board", needs: "getBoards", content: LiveBoard },
  { key: "runs", label: "tab.runs", needs: "listRuns", content: Runs },
  { key: "statement", label: "tab.statement", needs: "getStatement", content: StatementTab },
];

import { type ComponentType, lazy } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { PlanWords } from "../api/plan-names.ts";
import type { TextKey } from "../i18n/en.ts";
import type { TabProps } from "../parts/tab-props.ts";
import { hasLimits } from "../payouts/has-limits.ts";
import { StatementTab } from "../statement/statement-tab.tsx";

const LiveBoard = lazy(() => import("../board/live-board.tsx"));
const PlanTab = lazy(() => import("../plan/plan-tab.tsx"));
const PictureTab = lazy(() => import("../picture/picture-tab.tsx"));
const SimulateTab = lazy(() => import("../simulate/simulate-tab.tsx"));
const TargetsTab = lazy(() => import("../targets/targets-tab.tsx"));
const RunsTab = lazy(() => import("../runs/runs-tab.tsx"));
const PayoutsTab = lazy(() => import("../payouts/payouts-tab.tsx"));
const DisputesTab = lazy(() => import("../disputes/disputes-tab.tsx"));
const LifeTab = lazy(() => import("../lifecycle/life-tab.tsx"));
const LimitsTab = lazy(() => import("../payouts/limits-tab.tsx"));

export interface CampaignTab {
  readonly key: string;
  readonly label: TextKey;
  /** Shown to whom the operation is open. */
  readonly needs: ApiOperationId;
  readonly content: ComponentType<TabProps>;
  /** Only where the plan has something of it. */
  readonly has?: (words: PlanWords) => boolean;
}

/** What there is to see of a campaign, in the order of its life. What is heavy is imported with `lazy`. */
export const CAMPAIGN_TABS: readonly CampaignTab[] = [
  { key: "board", label: "tab.board", needs: "getBoards", content: LiveBoard },
  { key: "plan", label: "tab.plan", needs: "getCampaign", content: PlanTab },
  { key: "picture", label: "tab.picture", needs: "getCampaign", content: PictureTab },
  { key: "simulate", label: "tab.simulate", needs: "simulatePlan", content: SimulateTab },
  { key: "targets", label: "tab.targets", needs: "listTargets", content: TargetsTab },
  { key: "runs", label: "tab.runs", needs: "listRuns", content: RunsTab },
  { key: "payouts", label: "tab.payouts", needs: "listPayouts", content: PayoutsTab },
  { key: "limits", label: "tab.limits", needs: "listLimits", content: LimitsTab, has: hasLimits },
  { key: "life", label: "tab.life", needs: "getLifecycle", content: LifeTab },
  { key: "statement", label: "tab.statement", needs: "getStatement", content: StatementTab },
  { key: "disputes", label: "disputes.title", needs: "listDisputes", content: DisputesTab },
];

import type { ComponentType } from "react";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { TextKey } from "../i18n/en.ts";
import { ByReward } from "./by-reward.tsx";
import { Differences } from "./differences.tsx";
import { Components, Held, Lines } from "./lines-table.tsx";
import { NotAwardedList } from "./not-awarded-list.tsx";
import { RunDetails } from "./run-details.tsx";
import type { SectionContent } from "./section-content.ts";
import type { Run } from "./types.ts";

interface Section {
  readonly key: string;
  readonly label: TextKey;
  /** Shown to whom the operation is open. */
  readonly needs: ApiOperationId;
  readonly content: ComponentType<SectionContent>;
}

const DIFFERENCES: Section = { key: "payees", label: "differences.title", needs: "compareRuns", content: Differences };
const REWARDS: Section = { key: "rewards", label: "runs.byReward", needs: "listRuns", content: ByReward };
const HELD: Section = { key: "held", label: "runs.held", needs: "listHeld", content: Held };
const COMPONENTS: Section = {
  key: "components",
  label: "runs.components",
  needs: "listComponents",
  content: Components,
};
const OTHERS: readonly Section[] = [
  { key: "lines", label: "runs.lines", needs: "listLines", content: Lines },
  { key: "not-awarded", label: "runs.notAwarded", needs: "listNotAwarded", content: NotAwardedList },
];
const DETAILS: Section = { key: "details", label: "runs.details", needs: "listRuns", content: RunDetails };

/** What there is to see of a run. */
export function sectionsOf(run: Run): readonly Section[] {
  return [REWARDS, DIFFERENCES, ...OTHERS, ...(run.totals?.held === undefined ? [] : [HELD]), COMPONENTS, DETAILS];
}

import type { PlanWords } from "../api/plan-names.ts";

export interface TabProps {
  readonly campaign: string;
  readonly words: PlanWords;
  /** What the address says behind the tab: `participant`, `a-1`. */
  readonly rest: readonly string[];
}

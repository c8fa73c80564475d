import type { PlanWords } from "../api/plan-names.ts";
import type { Run } from "./types.ts";

/** What every section of a run's page is given. */
export interface SectionContent {
  readonly run: Run;
  /** The newest run that had posted when this one was made. */
  readonly before: Run | undefined;
  readonly words: PlanWords;
}

import type { EdgeDeps } from "#app/deps.ts";
import type { CallLimits } from "./call-limits.ts";

/** What every call passes on its way in, whatever it asks for. */
export interface Edge extends Pick<EdgeDeps, "identity" | "answers" | "securityClock"> {
  readonly limits: CallLimits;
}

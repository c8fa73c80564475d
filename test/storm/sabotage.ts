import type { LiveRules } from "#app/crediting/live-rules.ts";
import type { EdgeDeps } from "#app/deps.ts";

/** A guard of the design that is switched off, to see whether the storm notices. */
export interface Sabotage {
  /** Stores that break a promise of their port. */
  readonly stores?: (deps: EdgeDeps) => EdgeDeps;
  /** What one kind of worker sees, by the beginning of its name. */
  readonly ports?: (worker: string, deps: EdgeDeps) => EdgeDeps;
  readonly newContainer?: () => LiveRules;
  readonly isDeduped?: boolean;
  /** Intake works on however old its time stamp is. */
  readonly isIntakeEndless?: boolean;
  /** Whatever somebody was shown, they approve what is there. */
  readonly isApprovalUnbound?: boolean;
}

/** Plays a made case, with the guard switched off or not; tells what went wrong. */
export type Made = (sabotage?: Sabotage) => Promise<string[]>;

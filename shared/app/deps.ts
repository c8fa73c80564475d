import type { ImportLimits } from "#domain/approval.ts";
import type { AnswerStore } from "#ports/answer-store.ts";
import type { ApprovalStore } from "#ports/approval-store.ts";
import type { AuditStore } from "#ports/audit-store.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import type { ReservationStore } from "#ports/reservation-store.ts";
import type { Clock, FileStore, Identity, Jobs, PayoutWriter, SecretStore } from "#ports/system.ts";

/**
 * Everything a use case can need. Built once at the edge and handed down; a use case names the part it uses
 * (`Pick<Deps, "facts" | "clock">`), so its signature says what it can touch.
 */
export interface Deps {
  readonly facts: FactStore;
  readonly derived: DerivedStore;
  readonly plans: PlanStore;
  readonly ledger: LedgerStore;
  readonly reservations: ReservationStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditStore;
  readonly files: FileStore;
  readonly secrets: SecretStore;
  readonly jobs: Jobs;
  /** How much an import may change without a second person; the defaults where it is not set. */
  readonly importLimits?: ImportLimits;
  readonly payoutWriter: PayoutWriter;
  /** The business clock: `recordedAt`, what is due. */
  readonly clock: Clock;
}

/** What the edge needs besides: who holds a token, and the clock that signatures and tokens are judged by. */
export interface EdgeDeps extends Deps {
  readonly identity: Identity;
  readonly answers: AnswerStore;
  /** Real time, even where the business clock is simulated: a replay window is about the wire, not about campaigns. */
  readonly securityClock: Clock;
}

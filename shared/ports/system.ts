import type { Actor } from "#domain/actor.ts";
import type { Payout, RunKind } from "#domain/run.ts";

/** Time is passed in: nothing below the edge asks the machine. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** Files that people fetch (payout files) or that a run keeps (its inputs, its partial results). */
export interface FileStore {
  put(key: string, body: Uint8Array, contentType: string): Promise<void>;
  /** undefined when there is no such file. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys of the files that lie directly in a folder, in order: at most `limit`, of those behind `after`. */
  list(folder: string, page: { readonly limit: number; readonly after?: string | undefined }): Promise<string[]>;
}

/** Secrets by name; never logged, never stored elsewhere. */
export interface SecretStore {
  /** undefined when there is no secret of that name. */
  secret(name: string): Promise<string | undefined>;
}

export interface SettlementRequest {
  readonly campaign: string;
  readonly runId: string;
  readonly kind: RunKind;
  readonly asOf: string;
  readonly submittedBy: string;
}

/** Long work that runs apart from the request that asked for it. Starting the same thing twice starts it once. */
export interface Jobs {
  startSettlement(request: SettlementRequest): Promise<void>;
  /** Wakes a settlement that waits for its decision. The decision itself is in the ledger; this only says "look". */
  wakeSettlement(callbackId: string): Promise<void>;
  /** `attempt`: which execution of the rebuild; the next goes on where the one before has stopped. */
  startRebuild(campaign: string, epoch: number, attempt?: number): Promise<void>;
}

/** Which look at a campaign: what names it once. */
export interface ReconciliationRequest {
  readonly campaign: string;
  readonly id: string;
}

/** Starts looks at whether derived data says what the facts say; apart from {@link Jobs} because they change nothing. Twice the same starts it once. */
export interface ReconciliationJobs {
  startReconciliation(request: ReconciliationRequest): Promise<void>;
}

/** Tells who holds a token. Throws Refusal("unauthenticated") for one that is expired, not for us, or not signed by a trusted key. */
export interface Identity {
  actorOf(token: string): Promise<Actor>;
}

/** What binds a payout file to the run that was approved. */
export interface PayoutFileMeta {
  readonly runId: string;
  readonly resultHash: string;
}

/** Writes payout files; the layout is the adapter's. */
export interface PayoutWriter {
  csv(payouts: readonly Payout[], meta: PayoutFileMeta): Promise<Uint8Array>;
  xlsx(payouts: readonly Payout[], meta: PayoutFileMeta): Promise<Uint8Array>;
}

import type { Line, NotAwarded, Payee } from "#domain/line.ts";
import type { LedgerHead, Payout, Posting, Run, Statement } from "#domain/run.ts";
import type { Page, PageRequest } from "./page.ts";

/** Runs, lines, postings, payouts, statements. Nothing here is ever lost; postings and payouts are never changed. Reads are consistent. */
export interface LedgerStore {
  run(campaign: string, runId: string): Promise<Run | undefined>;
  /** Newest last. */
  runs(campaign: string): Promise<Run[]>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveRun(run: Run): Promise<boolean>;

  /** Stores a run's lines; storing the same again changes nothing. */
  putLines(runId: string, lines: readonly Line[]): Promise<void>;
  /** In order of line id, by Unicode code point. */
  lines(runId: string, request: PageRequest): Promise<Page<Line>>;
  /** One for each reward, subject, slice and part of a run; storing the same again changes nothing. */
  putNotAwarded(runId: string, notAwarded: readonly NotAwarded[]): Promise<void>;
  notAwarded(runId: string, request: PageRequest): Promise<Page<NotAwarded>>;

  head(campaign: string): Promise<LedgerHead | undefined>;
  /** Moves the head if it is absent, is this run already, or has an earlier `asOf`; false otherwise. */
  advanceHead(head: LedgerHead): Promise<boolean>;

  lastPosting(campaign: string, lineId: string): Promise<Posting | undefined>;
  /** Appends if (campaign, lineId, seq) is free; false when it is taken. */
  addPosting(posting: Posting): Promise<boolean>;
  /** The last posting of every line of a campaign, in the same order. */
  balances(campaign: string): Promise<Posting[]>;
  postings(campaign: string): Promise<Posting[]>;

  /** Appends if (campaign, payee, seq) is free; false when it is taken. */
  addPayout(payout: Payout): Promise<boolean>;
  payouts(campaign: string): Promise<Payout[]>;

  putStatement(statement: Statement): Promise<void>;
  /** The newest statement of a payee (highest asOf), or the one of a run. */
  statement(campaign: string, payee: Payee, runId?: string): Promise<Statement | undefined>;
}

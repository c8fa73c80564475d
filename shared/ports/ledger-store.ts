import type { HeldLine, Line, LineAmount, NotAwarded, Payee } from "#domain/line.ts";
import type { Part } from "#domain/part.ts";
import type { LedgerHead, Payout, Posting, Run, RunOutcome, Statement } from "#domain/run.ts";
import type { Page, PageRequest } from "./page.ts";

/** Names a run's lines: where they lie hangs on the shards that the run has recorded. */
export type LinesOf = Pick<Run, "runId" | "lineShards">;

/** What a run computed beside its lines: what is held, and the components that other rewards count. */
export type BesideKind = "held" | "component";

/** A page of all payees' lines, or only of those in a part. */
export interface PartRequest extends PageRequest {
  readonly part?: Part;
}

/** A page of all of a campaign's entries, or only of those of a run. Such a page can be short, or empty, and still have a cursor. */
export interface EntriesRequest extends PageRequest {
  readonly run?: string | undefined;
}

/** Runs, lines, postings, payouts, statements. Nothing here is ever lost; postings and payouts are never changed. Reads are consistent. */
export interface LedgerStore {
  run(campaign: string, runId: string): Promise<Run | undefined>;
  /** Newest last. */
  runs(campaign: string): Promise<Run[]>;
  /** Creates with revision 1 if the id is free, or replaces exactly the revision before; false when another was faster. */
  saveRun(run: Run): Promise<boolean>;

  /** Keeps what a campaign's newest run came to: a run that started earlier than the one that is kept changes nothing, the same run replaces it. */
  keepOutcome(outcome: RunOutcome): Promise<void>;
  /** Those of the campaigns whose ids lie between two, both included; in order of id, by Unicode code point. */
  outcomes(firstCampaign: string, lastCampaign: string): Promise<RunOutcome[]>;

  /** Stores a run's lines; storing the same again changes nothing. */
  putLines(run: LinesOf, lines: readonly Line[]): Promise<void>;
  /** In order of line id, by Unicode code point, over however many shards they are spread. */
  lines(run: LinesOf, request: PartRequest): Promise<Page<Line>>;
  /** The same without traces: for what adds up very many of them. */
  lineAmounts(run: LinesOf, request: PartRequest): Promise<Page<LineAmount>>;
  /** A payee's lines of some rewards, in order of line id. */
  payeeLines(run: LinesOf, payee: Payee, rewards: readonly string[]): Promise<Line[]>;
  /** One for each reward, subject, slice and part of a run; storing the same again changes nothing. */
  putNotAwarded(run: LinesOf, notAwarded: readonly NotAwarded[]): Promise<void>;
  notAwarded(run: LinesOf, request: PartRequest): Promise<Page<NotAwarded>>;
  /** Storing the same again changes nothing. */
  putBeside(run: LinesOf, kind: BesideKind, lines: readonly HeldLine[]): Promise<void>;
  /** In order of line id. */
  beside(run: LinesOf, kind: BesideKind, request: PartRequest): Promise<Page<HeldLine>>;

  head(campaign: string): Promise<LedgerHead | undefined>;
  /** Moves the head if it is absent, is this run already, or has an earlier `asOf`; false otherwise. */
  advanceHead(head: LedgerHead): Promise<boolean>;

  lastPosting(campaign: string, line: Pick<Posting, "lineId" | "payee">): Promise<Posting | undefined>;
  /** Appends if (campaign, lineId, seq) is free; false when it is taken. */
  addPosting(posting: Posting): Promise<boolean>;
  /** The last posting of every line of a campaign, or of those in a part, in order of line id. */
  balances(campaign: string, part?: Part): Promise<Posting[]>;
  /** All of them, or those in a part, at once: for what has to see them together. */
  postings(campaign: string, part?: Part): Promise<Posting[]>;
  /** By line id, then in the order they were posted. */
  postingPage(campaign: string, request: EntriesRequest): Promise<Page<Posting>>;

  /** Appends if (campaign, payee, seq) is free; false when it is taken. */
  addPayout(payout: Payout): Promise<boolean>;
  /** All of them, or those in a part, at once. */
  payouts(campaign: string, part?: Part): Promise<Payout[]>;
  /** By payee, then in the order they were paid. */
  payoutPage(campaign: string, request: EntriesRequest): Promise<Page<Payout>>;

  putStatement(statement: Statement): Promise<void>;
  /** The newest statement of a payee (highest asOf), or the one of a run. */
  statement(campaign: string, payee: Payee, runId?: string): Promise<Statement | undefined>;
  /** All that a payee was told, one a run, newest last. */
  statements(campaign: string, payee: Payee): Promise<Statement[]>;
}

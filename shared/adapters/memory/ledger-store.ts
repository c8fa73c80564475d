import { formatInstant, parseInstant } from "#domain/instant.ts";
import type { HeldLine, Line, LineAmount, NotAwarded, Payee } from "#domain/line.ts";
import { isIn, type Part, WHOLE } from "#domain/part.ts";
import type { LedgerHead, Payout, Posting, Run, RunOutcome, Statement } from "#domain/run.ts";
import type { BesideKind, EntriesRequest, LedgerStore, LinesOf, PartRequest } from "#ports/ledger-store.ts";
import type { Page } from "#ports/page.ts";
import { compareCodePoints } from "../code-points.ts";
import { follows, joined, MemoryTable } from "./memory-table.ts";

export class MemoryLedgerStore implements LedgerStore {
  readonly #runs = new MemoryTable<Run>();
  readonly #outcomes = new MemoryTable<RunOutcome>();
  readonly #lines = new MemoryTable<Line>();
  readonly #notAwarded = new MemoryTable<NotAwarded>();
  readonly #beside = new MemoryTable<HeldLine>();
  readonly #heads = new MemoryTable<LedgerHead>();
  readonly #postings = new MemoryTable<Posting>();
  readonly #lastPostings = new MemoryTable<Posting>();
  readonly #payouts = new MemoryTable<Payout>();
  readonly #statements = new MemoryTable<Statement>();

  async run(campaign: string, runId: string): Promise<Run | undefined> {
    return this.#runs.get(campaign, runId);
  }

  async runs(campaign: string): Promise<Run[]> {
    return this.#runs.all(campaign).sort((a, b) => instantOf(a.startedAt) - instantOf(b.startedAt));
  }

  async saveRun(run: Run): Promise<boolean> {
    return this.#runs.setIf(run.campaign, run.runId, run, (stored) => follows(run.revision, stored?.revision));
  }

  async keepOutcome(outcome: RunOutcome): Promise<void> {
    const isNewest = (kept: RunOutcome | undefined) =>
      !kept || kept.runId === outcome.runId || instantOf(kept.startedAt) < instantOf(outcome.startedAt);
    this.#outcomes.setIf("outcomes", outcome.campaign, outcome, isNewest);
  }

  async outcomes(firstCampaign: string, lastCampaign: string): Promise<RunOutcome[]> {
    const isBetween = ({ campaign }: RunOutcome) =>
      compareCodePoints(firstCampaign, campaign) <= 0 && compareCodePoints(campaign, lastCampaign) <= 0;
    return this.#outcomes.all("outcomes").filter(isBetween);
  }

  async putLines({ runId }: LinesOf, lines: readonly Line[]): Promise<void> {
    for (const line of lines) this.#lines.set(runId, line.lineId, line);
  }

  async lines({ runId }: LinesOf, request: PartRequest): Promise<Page<Line>> {
    const { part = WHOLE } = request;
    return this.#lines.page(runId, request, ({ payee }) => isIn(part, payee));
  }

  async lineAmounts(run: LinesOf, request: PartRequest): Promise<Page<LineAmount>> {
    const page = await this.lines(run, request);
    return { ...page, items: page.items.map(({ trace: _, ...amount }) => amount) };
  }

  async payeeLines({ runId }: LinesOf, payee: Payee, rewards: readonly string[]): Promise<Line[]> {
    return this.#lines
      .all(runId)
      .filter((line) => line.payee.kind === payee.kind && line.payee.id === payee.id && rewards.includes(line.reward));
  }

  async putNotAwarded({ runId }: LinesOf, notAwarded: readonly NotAwarded[]): Promise<void> {
    for (const item of notAwarded) this.#notAwarded.set(runId, notAwardedKey(item), item);
  }

  async notAwarded({ runId }: LinesOf, request: PartRequest): Promise<Page<NotAwarded>> {
    const { part = WHOLE } = request;
    return this.#notAwarded.page(runId, request, ({ subject }) => isIn(part, subject));
  }

  async putBeside({ runId }: LinesOf, kind: BesideKind, lines: readonly HeldLine[]): Promise<void> {
    for (const line of lines) this.#beside.set(runId, joined(kind, line.lineId), line);
  }

  async beside({ runId }: LinesOf, kind: BesideKind, request: PartRequest): Promise<Page<HeldLine>> {
    const { part = WHOLE } = request;
    return this.#beside.page(runId, request, ({ payee }) => isIn(part, payee), joined(kind, ""));
  }

  async head(campaign: string): Promise<LedgerHead | undefined> {
    return this.#heads.get(campaign, "head");
  }

  async advanceHead(head: LedgerHead): Promise<boolean> {
    return this.#heads.setIf(
      head.campaign,
      "head",
      head,
      (stored) => !stored || stored.runId === head.runId || instantOf(stored.asOf) < instantOf(head.asOf),
    );
  }

  async lastPosting(campaign: string, { lineId }: Pick<Posting, "lineId">): Promise<Posting | undefined> {
    return this.#lastPostings.get(campaign, lineId);
  }

  async addPosting(posting: Posting): Promise<boolean> {
    const { campaign, lineId, seq } = posting;
    const added = this.#postings.setIf(campaign, joined(lineId, seq), posting, (stored) => stored === undefined);
    if (added) this.#lastPostings.setIf(campaign, lineId, posting, (last) => !last || last.seq < seq);
    return added;
  }

  async balances(campaign: string, part: Part = WHOLE): Promise<Posting[]> {
    return this.#lastPostings.all(campaign).filter(({ payee }) => isIn(part, payee));
  }

  async postings(campaign: string, part: Part = WHOLE): Promise<Posting[]> {
    return this.#postings.all(campaign).filter(({ payee }) => isIn(part, payee));
  }

  async postingPage(campaign: string, { run, ...request }: EntriesRequest): Promise<Page<Posting>> {
    return this.#postings.page(campaign, request, ({ runId }) => run === undefined || runId === run);
  }

  async addPayout(payout: Payout): Promise<boolean> {
    const { campaign, payee, seq } = payout;
    return this.#payouts.setIf(campaign, joined(payee.kind, payee.id, seq), payout, (stored) => stored === undefined);
  }

  async payouts(campaign: string, part: Part = WHOLE): Promise<Payout[]> {
    return this.#payouts.all(campaign).filter(({ payee }) => isIn(part, payee));
  }

  async payoutPage(campaign: string, { run, ...request }: EntriesRequest): Promise<Page<Payout>> {
    return this.#payouts.page(campaign, request, ({ runId }) => run === undefined || runId === run);
  }

  async putStatement(statement: Statement): Promise<void> {
    const { campaign, payee, asOf, runId } = statement;
    this.#statements.set(
      joined(campaign, payee.kind, payee.id),
      joined(formatInstant(instantOf(asOf)), runId),
      statement,
    );
  }

  async statement(campaign: string, payee: Payee, runId?: string): Promise<Statement | undefined> {
    const statements = await this.statements(campaign, payee);
    return statements.findLast((statement) => runId === undefined || statement.runId === runId);
  }

  async statements(campaign: string, payee: Payee): Promise<Statement[]> {
    return this.#statements.all(joined(campaign, payee.kind, payee.id));
  }
}

function notAwardedKey({ reward, subject, slice, part }: NotAwarded): string {
  const ofSlice = slice === undefined ? [] : ["slice", slice];
  const ofPart = part === undefined ? [] : ["part", part];
  return joined(reward, subject.kind, subject.id, ...ofSlice, ...ofPart);
}

function instantOf(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new TypeError(`${text} is not an instant`);
  return instant;
}

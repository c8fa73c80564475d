import { isDeepStrictEqual } from "node:util";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { parseInstant } from "#domain/instant.ts";
import {
  type HeldLine,
  heldLineSchema,
  type Line,
  type LineAmount,
  lineAmountSchema,
  lineSchema,
  type NotAwarded,
  notAwardedSchema,
  type Payee,
} from "#domain/line.ts";
import { isIn, type Part, WHOLE } from "#domain/part.ts";
import {
  type LedgerHead,
  ledgerHeadSchema,
  type Payout,
  type Posting,
  payoutSchema,
  postingSchema,
  type Run,
  type RunOutcome,
  runOutcomeSchema,
  runSchema,
  type Statement,
  statementSchema,
} from "#domain/run.ts";
import type { BesideKind, EntriesRequest, LedgerStore, LinesOf, PartRequest } from "#ports/ledger-store.ts";
import type { Page } from "#ports/page.ts";
import { compareCodePoints } from "../code-points.ts";
import { ABSENT, chunks, type Fields, follows, ItemTable, parseItem } from "./item-table.ts";
import { type Key, ledgerKeys, type Range } from "./keys.ts";
import { mergedPage } from "./merged-page.ts";
import { pack, unpack } from "./packing.ts";

/** All of a line that does not lie packed. */
const AMOUNT_FIELDS = Object.keys(lineAmountSchema.shape);

/** How many lines are compressed before they are sent: bounds the memory that a run of 100,000 lines takes. */
const PACKED_AT_ONCE = 500;

export class DynamoLedgerStore implements LedgerStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async run(campaign: string, runId: string): Promise<Run | undefined> {
    const item = await this.#table.get(ledgerKeys.run(campaign, runId));
    return item && this.#unpacked(runSchema, item);
  }

  async runs(campaign: string): Promise<Run[]> {
    const items = await this.#table.all(ledgerKeys.runs(campaign));
    const runs = await Promise.all(items.map((item) => this.#unpacked(runSchema, item)));
    // The sort is stable: runs of one instant stay in order of their ids.
    return runs.sort((a, b) => (parseInstant(a.startedAt) ?? 0) - (parseInstant(b.startedAt) ?? 0));
  }

  async saveRun(run: Run): Promise<boolean> {
    const { totals, warnings, ...rest } = run;
    const packed = await pack(this.#table, { totals, warnings });
    return this.#table.claim(
      ledgerKeys.run(run.campaign, run.runId),
      { ...rest, ...packed },
      follows("revision", run.revision),
    );
  }

  async keepOutcome(outcome: RunOutcome): Promise<void> {
    const startedMs = parseInstant(outcome.startedAt);
    await this.#table.putIf(
      ledgerKeys.outcome(outcome.campaign),
      { ...outcome, startedMs },
      {
        expression: "attribute_not_exists(PK) OR runId = :runId OR startedMs < :startedMs",
        values: { ":runId": outcome.runId, ":startedMs": startedMs },
      },
    );
  }

  async outcomes(firstCampaign: string, lastCampaign: string): Promise<RunOutcome[]> {
    const first = ledgerKeys.outcome(firstCampaign);
    const items = await this.#table.between(first, ledgerKeys.outcome(lastCampaign).SK);
    return items.map(({ startedMs: _, ...outcome }) => parseItem(runOutcomeSchema, outcome));
  }

  async putLines(run: LinesOf, lines: readonly Line[]): Promise<void> {
    await this.#putTraced(lines, (line) => ledgerKeys.line(run, line));
  }

  async lines(run: LinesOf, request: PartRequest): Promise<Page<Line>> {
    const { part = WHOLE } = request;
    const page = await this.#page(lineSchema, ledgerKeys.lines(run, part), request);
    return { ...page, items: page.items.filter(({ payee }) => isIn(part, payee)) };
  }

  async lineAmounts(run: LinesOf, request: PartRequest): Promise<Page<LineAmount>> {
    const { part = WHOLE } = request;
    const options = { fields: AMOUNT_FIELDS };
    const { items, ...page } = await mergedPage(this.#table, ledgerKeys.lines(run, part), request, options);
    const amounts = items.map((item) => parseItem(lineAmountSchema, item));
    return { ...page, items: amounts.filter(({ payee }) => isIn(part, payee)) };
  }

  async payeeLines(run: LinesOf, payee: Payee, rewards: readonly string[]): Promise<Line[]> {
    const found = await Promise.all(
      rewards.map((reward) => this.#table.all(ledgerKeys.payeeLines(run, payee, reward))),
    );
    const theirs = found.flat().filter(({ payee: of }) => isDeepStrictEqual(of, payee));
    const lines = await Promise.all(theirs.map((item) => this.#unpacked(lineSchema, item)));
    return lines.sort((a, b) => compareCodePoints(a.lineId, b.lineId));
  }

  async putNotAwarded(run: LinesOf, notAwarded: readonly NotAwarded[]): Promise<void> {
    await this.#putTraced(notAwarded, (item) => ledgerKeys.notAwarded(run, item));
  }

  async notAwarded(run: LinesOf, request: PartRequest): Promise<Page<NotAwarded>> {
    const { part = WHOLE } = request;
    const page = await this.#page(notAwardedSchema, ledgerKeys.allNotAwarded(run, part), request);
    return { ...page, items: page.items.filter(({ subject }) => isIn(part, subject)) };
  }

  async putBeside(run: LinesOf, kind: BesideKind, lines: readonly HeldLine[]): Promise<void> {
    await this.#putTraced(lines, (line) => ledgerKeys.beside(run, kind, line));
  }

  async beside(run: LinesOf, kind: BesideKind, request: PartRequest): Promise<Page<HeldLine>> {
    const { part = WHOLE } = request;
    const page = await this.#page(heldLineSchema, ledgerKeys.allBeside(run, kind, part), request);
    return { ...page, items: page.items.filter(({ payee }) => isIn(part, payee)) };
  }

  async head(campaign: string): Promise<LedgerHead | undefined> {
    const item = await this.#table.get(ledgerKeys.head(campaign));
    if (!item) return undefined;
    const { asOfMs: _, ...head } = item;
    return parseItem(ledgerHeadSchema, head);
  }

  async advanceHead(head: LedgerHead): Promise<boolean> {
    // Instants can be written with different offsets: they are compared as milliseconds.
    const asOfMs = parseInstant(head.asOf);
    const refused = await this.#table.putIf(
      ledgerKeys.head(head.campaign),
      { ...head, asOfMs },
      {
        expression: "attribute_not_exists(PK) OR runId = :runId OR asOfMs < :asOfMs",
        values: { ":runId": head.runId, ":asOfMs": asOfMs },
      },
    );
    return refused === undefined;
  }

  async lastPosting(campaign: string, line: Pick<Posting, "lineId" | "payee">): Promise<Posting | undefined> {
    const range = ledgerKeys.linePostings(campaign, line);
    for await (const item of this.#table.items(range, { backwards: true, limit: 1 })) {
      return parseItem(postingSchema, item);
    }
    return undefined;
  }

  async addPosting(posting: Posting): Promise<boolean> {
    return this.#table.claim(ledgerKeys.posting(posting.campaign, posting), { ...posting }, ABSENT);
  }

  async balances(campaign: string, part: Part = WHOLE): Promise<Posting[]> {
    const last = await Promise.all(
      ledgerKeys.postings(campaign, part).map(async (range) => {
        // Postings of a line come in order of number, so the last one seen of a line is its last one.
        const ofLine = new Map<string, Posting>();
        for await (const posting of this.#postings(range, part)) ofLine.set(posting.lineId, posting);
        return [...ofLine.values()];
      }),
    );
    return last.flat().sort(byLine);
  }

  async postings(campaign: string, part: Part = WHOLE): Promise<Posting[]> {
    const ranges = ledgerKeys.postings(campaign, part);
    const all = await Promise.all(
      ranges.map(async (range) => {
        const found: Posting[] = [];
        for await (const posting of this.#postings(range, part)) found.push(posting);
        return found;
      }),
    );
    return all.flat().sort(byLine);
  }

  async postingPage(campaign: string, request: EntriesRequest): Promise<Page<Posting>> {
    const { items, ...page } = await mergedPage(this.#table, ledgerKeys.postings(campaign, WHOLE), request, {
      keep: isOf(request.run),
    });
    return { ...page, items: items.map((item) => parseItem(postingSchema, item)) };
  }

  async addPayout(payout: Payout): Promise<boolean> {
    const { campaign, payee, seq } = payout;
    return this.#table.claim(ledgerKeys.payout(campaign, payee, seq), { ...payout }, ABSENT);
  }

  async payouts(campaign: string, part: Part = WHOLE): Promise<Payout[]> {
    const all = await Promise.all(ledgerKeys.payouts(campaign, part).map((range) => this.#table.all(range)));
    return all
      .flat()
      .map((item) => parseItem(payoutSchema, item))
      .filter(({ payee }) => isIn(part, payee));
  }

  async payoutPage(campaign: string, request: EntriesRequest): Promise<Page<Payout>> {
    const { items, ...page } = await mergedPage(this.#table, ledgerKeys.payouts(campaign, WHOLE), request, {
      keep: isOf(request.run),
    });
    return { ...page, items: items.map((item) => parseItem(payoutSchema, item)) };
  }

  async putStatement(statement: Statement): Promise<void> {
    const { lines, notAwarded, postings, ...rest } = statement;
    const packed = await pack(this.#table, { lines, notAwarded, postings });
    const { campaign, payee, asOf, runId } = statement;
    await this.#table.put(ledgerKeys.statement(campaign, payee, asOf, runId), { ...rest, ...packed });
  }

  async statement(campaign: string, payee: Payee, runId?: string): Promise<Statement | undefined> {
    // One of a run is looked for from the newest back: a payee has a few dozen at most.
    const options = runId === undefined ? { backwards: true, limit: 1 } : { backwards: true };
    for await (const item of this.#table.items(ledgerKeys.statements(campaign, payee), options)) {
      if (runId === undefined || item.runId === runId) return this.#unpacked(statementSchema, item);
    }
    return undefined;
  }

  async statements(campaign: string, payee: Payee): Promise<Statement[]> {
    const told: Statement[] = [];
    for await (const item of this.#table.items(ledgerKeys.statements(campaign, payee))) {
      told.push(await this.#unpacked(statementSchema, item));
    }
    return told;
  }

  async #putTraced<T extends { readonly trace: unknown }>(items: readonly T[], keyOf: (item: T) => Key): Promise<void> {
    for (const some of chunks(items, PACKED_AT_ONCE)) {
      const packed = some.map(async (item) => {
        const { trace, ...rest } = item;
        return { ...rest, ...(await pack(this.#table, { trace })), ...keyOf(item) };
      });
      await this.#table.putAll(await Promise.all(packed));
    }
  }

  async *#postings(range: Range, part: Part): AsyncGenerator<Posting, void> {
    for await (const item of this.#table.items(range)) {
      const posting = parseItem(postingSchema, item);
      if (isIn(part, posting.payee)) yield posting;
    }
  }

  async #page<T>(schema: z.ZodType<T>, ranges: readonly Range[], request: PartRequest): Promise<Page<T>> {
    const { items, ...page } = await mergedPage(this.#table, ranges, request);
    return { ...page, items: await Promise.all(items.map((item) => this.#unpacked(schema, item))) };
  }

  async #unpacked<T>(schema: z.ZodType<T>, item: Fields): Promise<T> {
    return parseItem(schema, await unpack(this.#table, item));
  }
}

function isOf(run: string | undefined): (item: Fields) => boolean {
  return (item) => run === undefined || item.runId === run;
}

function byLine(a: Posting, b: Posting): number {
  return compareCodePoints(a.lineId, b.lineId) || a.seq - b.seq;
}

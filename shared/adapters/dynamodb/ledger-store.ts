import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { parseInstant } from "#domain/instant.ts";
import { type Line, lineSchema, type NotAwarded, notAwardedSchema, type Payee } from "#domain/line.ts";
import {
  type LedgerHead,
  ledgerHeadSchema,
  type Payout,
  type Posting,
  payoutSchema,
  postingSchema,
  type Run,
  runSchema,
  type Statement,
  statementSchema,
} from "#domain/run.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { ABSENT, chunks, type Fields, follows, ItemTable, parseItem } from "./item-table.ts";
import { type Key, ledgerKeys, type Range } from "./keys.ts";
import { pack, unpack } from "./packing.ts";

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

  async putLines(runId: string, lines: readonly Line[]): Promise<void> {
    await this.#putTraced(lines, (line) => ledgerKeys.line(runId, line.lineId));
  }

  async lines(runId: string, request: PageRequest): Promise<Page<Line>> {
    return this.#page(lineSchema, ledgerKeys.lines(runId), request);
  }

  async putNotAwarded(runId: string, notAwarded: readonly NotAwarded[]): Promise<void> {
    await this.#putTraced(notAwarded, (item) => ledgerKeys.notAwarded(runId, item));
  }

  async notAwarded(runId: string, request: PageRequest): Promise<Page<NotAwarded>> {
    return this.#page(notAwardedSchema, ledgerKeys.allNotAwarded(runId), request);
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

  async lastPosting(campaign: string, lineId: string): Promise<Posting | undefined> {
    const range = ledgerKeys.linePostings(campaign, lineId);
    for await (const item of this.#table.items(range, { backwards: true, limit: 1 })) {
      return parseItem(postingSchema, item);
    }
    return undefined;
  }

  async addPosting(posting: Posting): Promise<boolean> {
    const { campaign, lineId, seq } = posting;
    return this.#table.claim(ledgerKeys.posting(campaign, lineId, seq), { ...posting }, ABSENT);
  }

  async balances(campaign: string): Promise<Posting[]> {
    // Postings come in order of line and number, so the last one seen of a line is its last one.
    const last = new Map((await this.postings(campaign)).map((posting) => [posting.lineId, posting]));
    return [...last.values()];
  }

  async postings(campaign: string): Promise<Posting[]> {
    return (await this.#table.all(ledgerKeys.postings(campaign))).map((item) => parseItem(postingSchema, item));
  }

  async addPayout(payout: Payout): Promise<boolean> {
    const { campaign, payee, seq } = payout;
    return this.#table.claim(ledgerKeys.payout(campaign, payee, seq), { ...payout }, ABSENT);
  }

  async payouts(campaign: string): Promise<Payout[]> {
    return (await this.#table.all(ledgerKeys.payouts(campaign))).map((item) => parseItem(payoutSchema, item));
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

  async #putTraced<T extends { readonly trace: unknown }>(items: readonly T[], keyOf: (item: T) => Key): Promise<void> {
    for (const some of chunks(items, PACKED_AT_ONCE)) {
      const packed = some.map(async (item) => {
        const { trace, ...rest } = item;
        return { ...rest, ...(await pack(this.#table, { trace })), ...keyOf(item) };
      });
      await this.#table.putAll(await Promise.all(packed));
    }
  }

  async #page<T>(schema: z.ZodType<T>, range: Range, request: PageRequest): Promise<Page<T>> {
    const { items, ...page } = await this.#table.page([range], request);
    return { ...page, items: await Promise.all(items.map((item) => this.#unpacked(schema, item))) };
  }

  async #unpacked<T>(schema: z.ZodType<T>, item: Fields): Promise<T> {
    return parseItem(schema, await unpack(this.#table, item));
  }
}

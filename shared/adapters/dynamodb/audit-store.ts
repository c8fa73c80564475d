import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type AuditEntry, auditEntrySchema } from "#domain/audit.ts";
import { Refusal } from "#domain/problem.ts";
import type { AuditStore } from "#ports/audit-store.ts";
import { ABSENT, ItemTable, parseItem } from "./item-table.ts";
import { auditKeys } from "./keys.ts";

/** About ten seconds of losing the number to others; people do not write that much. */
const ATTEMPTS = 40;
const LONGEST_DELAY_MS = 500;
const FIRST_DELAY_MS = 5;

const chainSchema = z.strictObject({ chain: z.string() });

/** One item an entry, under its number, which only one can take; one item a chain, so that chains can be listed. */
export class DynamoAuditStore implements AuditStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async append(chain: string, seal: (last: AuditEntry | undefined) => AuditEntry): Promise<AuditEntry> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await pause(attempt);
      const entry = seal(await this.last(chain));
      // Listed before its first entry stands: a chain with entries is never missing from the list.
      if (entry.seq === 1) await this.#table.put(auditKeys.chain(chain), { chain });
      if (await this.#table.claim(auditKeys.entry(chain, entry.seq), { ...entry }, ABSENT)) return entry;
    }
    throw new Refusal("conflict", "too many write to the audit at once; nothing was done, try again");
  }

  async entries(chain: string, after: number, limit: number): Promise<AuditEntry[]> {
    const found: AuditEntry[] = [];
    const start = after === 0 ? undefined : auditKeys.entry(chain, after).SK;
    for await (const item of this.#table.items(auditKeys.entries(chain), { after: start, limit })) {
      found.push(parseItem(auditEntrySchema, item));
    }
    return found;
  }

  async last(chain: string): Promise<AuditEntry | undefined> {
    for await (const item of this.#table.items(auditKeys.entries(chain), { backwards: true, limit: 1 })) {
      return parseItem(auditEntrySchema, item);
    }
    return undefined;
  }

  async chains(): Promise<string[]> {
    return (await this.#table.all(auditKeys.chains())).map((item) => parseItem(chainSchema, item).chain);
  }
}

/** Of random length, so that rivals part. */
async function pause(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, longest * (0.25 + 0.75 * Math.random())));
}

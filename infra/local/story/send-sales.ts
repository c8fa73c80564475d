import { parseInstant } from "#domain/instant.ts";
import type { LocalCloud } from "../cloud.ts";

/** A sale as its source's file tells it, and when the source told us. */
export interface Sale {
  readonly source: string;
  readonly externalId: string;
  readonly recordedAt: number;
  readonly message: Readonly<Record<string, unknown>>;
}

/** What the webhook answered, by status: 200 for a stored or repeated sale, 409 for a contradiction. */
export type Answers = Map<number, number>;

/** Deliveries in flight at once, as several tills would have. */
const AT_ONCE = 12;

/**
 * Sends sales as signed webhooks over HTTP, in the order in which they were told. The clock stands at the moment each was
 * told; messages about one sale never travel side by side, because their order is part of the story.
 */
export async function sendSales(
  cloud: LocalCloud,
  sales: readonly Sale[],
  onSent: (count: number) => void,
): Promise<Answers> {
  const answers: Answers = new Map();
  for (let start = 0; start < sales.length; ) {
    const batch = batchFrom(sales, start);
    cloud.setClock(batch.at(-1)?.recordedAt ?? 0);
    await Promise.all(
      batch.map(async (sale) => {
        const status = await deliver(cloud, sale);
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }),
    );
    start += batch.length;
    onSent(batch.length);
  }
  return answers;
}

function batchFrom(sales: readonly Sale[], start: number): Sale[] {
  const batch: Sale[] = [];
  const about = new Set<string>();
  for (const sale of sales.slice(start, start + AT_ONCE)) {
    const identity = `${sale.source}#${sale.externalId}`;
    if (about.has(identity)) break;
    about.add(identity);
    batch.push(sale);
  }
  return batch;
}

async function deliver(cloud: LocalCloud, { source, message }: Sale): Promise<number> {
  const body = JSON.stringify(message);
  const response = await fetch(`${cloud.url}/v1/webhooks/${source}`, {
    method: "POST",
    headers: cloud.signWebhook(source, body),
    body,
  });
  const answer = await response.text();
  if (response.status >= 500 || response.status === 401 || response.status === 404) {
    throw new Error(`the webhook of ${source} answered ${response.status}: ${answer}`);
  }
  return response.status;
}

/** Rows of a facts file as a source would send them: told at `recorded_at`, which is not part of the message. */
export function salesOf(
  rows: readonly Readonly<Record<string, string>>[],
  standardColumns: ReadonlySet<string>,
): Sale[] {
  return rows.map((row) => {
    const { source = "", external_id: externalId = "", recorded_at: recordedAt = "" } = row;
    const attributes = Object.fromEntries(
      Object.entries(row).filter(([name, value]) => !standardColumns.has(name) && value !== ""),
    );
    return {
      source,
      externalId,
      recordedAt: parseInstant(recordedAt) ?? Number.NaN,
      message: {
        kind: row.kind,
        source,
        externalId,
        version: Number(row.version),
        status: row.status,
        participantId: row.participant_id,
        occurredAt: row.occurred_at,
        amount: row.amount,
        currency: row.currency,
        quantity: row.quantity,
        product: row.product,
        channel: row.channel,
        attributes,
      },
    };
  });
}

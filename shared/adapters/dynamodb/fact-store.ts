import { createHash } from "node:crypto";
import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Fact, factContent, factSchema } from "#domain/fact.ts";
import type { FactId } from "#domain/ids.ts";
import type { FactConflict, FactStore, PutFactResult, RejectedMessage, UnreadableDelivery } from "#ports/fact-store.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import { decodeCursor, encodeCursor, foreignCursor } from "../paging.ts";
import { ABSENT, type Fields, ItemTable, parseItem } from "./item-table.ts";
import { factKeys } from "./keys.ts";
import { pack, unpack } from "./packing.ts";
import { FACT_PARTITION_PREFIX } from "./table.ts";

/** Attributes are stored as JSON: DynamoDB's numbers cannot hold every double (1e200, 2 ** 60), JSON can. */
const attributesSchema = z.string().transform((text): unknown => JSON.parse(text));
const conflictSchema = z.looseObject({ contentHash: z.string() });
const unreadableSchema = z.strictObject({
  source: z.string(),
  deliveryId: z.string(),
  event: z.string().optional(),
  body: z.string(),
  reason: z.string(),
  receivedAt: z.string(),
  mendedAt: z.string().optional(),
});
const rejectedSchema = z.strictObject({
  source: z.string(),
  rowId: z.string(),
  message: z.string(),
  reason: z.string(),
  receivedAt: z.string(),
  occurredAt: z.string().optional(),
  mendedAt: z.string().optional(),
});
const NOT_MENDED = { expression: "attribute_exists(PK) AND attribute_not_exists(mendedAt)" };
const scanCursorSchema = z.strictObject({ segment: z.int(), segments: z.int(), PK: z.string(), SK: z.string() });

export class DynamoFactStore implements FactStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#name = tableName;
    this.#table = new ItemTable(client, tableName);
  }

  async put(fact: Fact): Promise<PutFactResult> {
    const taken = await this.#table.putIf(factKeys.version(fact, fact.version), toFields(fact), ABSENT);
    if (taken === undefined) return { outcome: "stored", fact };
    const stored = toFact(taken);
    const content = factContent(fact);
    if (factContent(stored) === content) return { outcome: "duplicate", fact: stored };
    const contentHash = createHash("sha256").update(content).digest("hex");
    // The same contradiction again leaves the first recording of it.
    await this.#table.putIf(
      factKeys.conflict(fact, fact.version, contentHash),
      { ...toFields(fact), contentHash },
      ABSENT,
    );
    return { outcome: "conflict", fact: stored };
  }

  async versions(id: FactId): Promise<Fact[]> {
    return (await this.#table.all(factKeys.versions(id))).map(toFact);
  }

  async scan(segment: number, segments: number, request: PageRequest): Promise<Page<Fact>> {
    const answer = await this.#client.send(
      new ScanCommand({
        TableName: this.#name,
        Segment: segment,
        TotalSegments: segments,
        ConsistentRead: true,
        FilterExpression: "begins_with(PK, :fact)",
        ExpressionAttributeValues: { ":fact": FACT_PARTITION_PREFIX },
        Limit: request.limit,
        ExclusiveStartKey: scanStart(segment, segments, request.cursor),
      }),
    );
    const items = (answer.Items ?? []).map(toFact);
    const last = answer.LastEvaluatedKey;
    return last ? { items, cursor: encodeCursor({ segment, segments, PK: last.PK, SK: last.SK }) } : { items };
  }

  async about(): Promise<number> {
    const { Table } = await this.#client.send(new DescribeTableCommand({ TableName: this.#name }));
    return Table?.ItemCount ?? 0;
  }

  async conflicts(source: string, request: PageRequest): Promise<Page<FactConflict>> {
    const { items, ...page } = await this.#table.page([factKeys.conflicts(source)], request);
    return {
      ...page,
      items: items.map((item) => ({ fact: toFact(item), contentHash: conflictSchema.parse(item).contentHash })),
    };
  }

  async putUnreadable(delivery: UnreadableDelivery): Promise<void> {
    await this.#table.putIf(deliveryKey(delivery), await this.#packedDelivery(delivery), ABSENT);
  }

  async markDeliveryMended(delivery: UnreadableDelivery): Promise<void> {
    await this.#table.putIf(deliveryKey(delivery), await this.#packedDelivery(delivery), NOT_MENDED);
  }

  async unreadable(source: string, request: PageRequest): Promise<Page<UnreadableDelivery>> {
    const { items, ...page } = await this.#table.page([factKeys.unreadables(source)], request);
    const whole = await Promise.all(items.map((item) => unpack(this.#table, item)));
    return { ...page, items: whole.map((item) => parseItem(unreadableSchema, item)) };
  }

  async putRejected(row: RejectedMessage): Promise<void> {
    await this.#table.putIf(factKeys.rejected(row.source, row.rowId), await this.#packed(row), ABSENT);
  }

  async rejectedRow(source: string, rowId: string): Promise<RejectedMessage | undefined> {
    const item = await this.#table.get(factKeys.rejected(source, rowId));
    return item && this.#rejected(item);
  }

  async rejected(source: string, request: PageRequest): Promise<Page<RejectedMessage>> {
    const { items, ...page } = await this.#table.page([factKeys.allRejected(source)], request);
    return { ...page, items: await Promise.all(items.map((item) => this.#rejected(item))) };
  }

  async markMended(row: RejectedMessage): Promise<void> {
    await this.#table.putIf(factKeys.rejected(row.source, row.rowId), await this.#packed(row), NOT_MENDED);
  }

  async #packedDelivery({ body, ...rest }: UnreadableDelivery): Promise<Fields> {
    return { ...rest, ...(await pack(this.#table, { body })) };
  }

  async #packed({ message, ...rest }: RejectedMessage): Promise<Fields> {
    return { ...rest, ...(await pack(this.#table, { message })) };
  }

  async #rejected(item: Fields): Promise<RejectedMessage> {
    return parseItem(rejectedSchema, await unpack(this.#table, item));
  }
}

function deliveryKey({ source, deliveryId }: UnreadableDelivery) {
  return factKeys.unreadable(source, deliveryId);
}

function toFields(fact: Fact): Fields {
  return { ...fact, attributes: JSON.stringify(fact.attributes) };
}

function toFact(item: Fields): Fact {
  const { contentHash: _, ...fields } = item;
  return parseItem(factSchema, { ...fields, attributes: attributesSchema.parse(item.attributes) });
}

function scanStart(segment: number, segments: number, cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const start = decodeCursor(scanCursorSchema, cursor);
  if (start.segment !== segment || start.segments !== segments) throw foreignCursor(cursor);
  return { PK: start.PK, SK: start.SK };
}

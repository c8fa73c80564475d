import { randomUUID } from "node:crypto";
import { type AttributeValue, ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Page, PageRequest } from "#ports/page.ts";
import { decodeCursor, encodeCursor, foreignCursor, pageLimit } from "../paging.ts";
import type { Key, Range } from "./keys.ts";

/** An item's fields, without its key. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
}

/** No item stands there yet. */
export const ABSENT: Condition = { expression: "attribute_not_exists(PK)" };

/** The optimistic lock of numbered states: 1 needs an empty place, n needs n - 1. */
export function follows(attribute: string, number: number): Condition {
  if (number === 1) return ABSENT;
  return { expression: "#number = :before", names: { "#number": attribute }, values: { ":before": number - 1 } };
}

const BATCH_ITEMS = 25;
const BATCH_LANES = 4;
/** Attempts in a row that store nothing, before a batch is given up: about ten seconds. */
const IDLE_ATTEMPTS = 8;
const FIRST_DELAY_MS = 50;

const cursorSchema = z.strictObject({ range: z.int().min(0), after: z.string() });

/** One table's operations as the stores need them. Every read is consistent and follows all pages. */
export class ItemTable {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async get(key: Key): Promise<Fields | undefined> {
    const answer = await this.#client.send(
      new GetCommand({ TableName: this.#name, Key: { ...key }, ConsistentRead: true }),
    );
    return answer.Item;
  }

  async put(key: Key, fields: Fields): Promise<void> {
    await this.#client.send(new PutCommand({ TableName: this.#name, Item: { ...fields, ...key } }));
  }

  /** undefined when it was written; otherwise what stands there instead (no fields when nothing does). */
  async putIf(key: Key, fields: Fields, condition: Condition): Promise<Fields | undefined> {
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#name,
          Item: { ...fields, ...key },
          ...expressionOf(condition),
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return plainItem(error.Item ?? {});
    }
  }

  /**
   * Writes if the condition holds; exactly one of several rivals gets true, even when they say the same. The mark tells
   * our own write from a rival's when its answer was lost and the SDK sent it again: that is done, not refused.
   */
  async claim(key: Key, fields: Fields, condition: Condition): Promise<boolean> {
    const writer = randomUUID();
    const stored = await this.putIf(key, { ...fields, writer }, condition);
    return stored === undefined || stored.writer === writer;
  }

  /** Deletes if the condition holds; nothing happens otherwise. */
  async deleteIf(key: Key, condition: Condition): Promise<void> {
    try {
      await this.#client.send(
        new DeleteCommand({ TableName: this.#name, Key: { ...key }, ...expressionOf(condition) }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async all(range: Range): Promise<Fields[]> {
    const all: Fields[] = [];
    for await (const item of this.items(range)) all.push(item);
    return all;
  }

  /** Items of a partition from one sort key to another, both included, in their order. */
  async between({ PK, SK }: Key, lastSK: string): Promise<Fields[]> {
    const all: Fields[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const answer: { Items?: Fields[] | undefined; LastEvaluatedKey?: Record<string, unknown> | undefined } =
        await this.#client.send(
          new QueryCommand({
            TableName: this.#name,
            KeyConditionExpression: "PK = :partition AND SK BETWEEN :first AND :last",
            ExpressionAttributeValues: { ":partition": PK, ":first": SK, ":last": lastSK },
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
      all.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined);
    return all;
  }

  /**
   * Items in order of sort key, read as they are asked for: `limit` of them at most, `ahead` of them in one query, with these
   * `fields` and their key or with all.
   */
  async *items(
    { partition, prefix }: Range,
    options: {
      after?: string | undefined;
      limit?: number;
      ahead?: number;
      backwards?: boolean;
      fields?: readonly string[] | undefined;
    } = {},
  ): AsyncGenerator<Fields, void> {
    let start: Record<string, unknown> | undefined =
      options.after === undefined ? undefined : { PK: partition, SK: options.after };
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    do {
      const answer: { Items?: Fields[] | undefined; LastEvaluatedKey?: Record<string, unknown> | undefined } =
        await this.#client.send(
          new QueryCommand({
            TableName: this.#name,
            KeyConditionExpression: "PK = :partition AND begins_with(SK, :prefix)",
            ExpressionAttributeValues: { ":partition": partition, ":prefix": prefix },
            ConsistentRead: true,
            ...(options.fields ? projectionOf(options.fields) : {}),
            ScanIndexForward: !options.backwards,
            Limit: Number.isFinite(left) ? left : options.ahead,
            ExclusiveStartKey: start,
          }),
        );
      const items = answer.Items ?? [];
      yield* items;
      left -= items.length;
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && left > 0);
  }

  /** A page of the ranges one after another. One item more than asked is read, so that a cursor means there is more. */
  async page(ranges: readonly Range[], request: PageRequest): Promise<Page<Fields>> {
    const limit = pageLimit(request);
    const start = startOf(ranges, request.cursor);
    const found: { fields: Fields; range: number }[] = [];
    for (let index = start.range; index < ranges.length && found.length <= limit; index++) {
      const range = ranges[index];
      if (!range) break;
      const after = index === start.range ? start.after : undefined;
      for await (const fields of this.items(range, { after, limit: limit + 1 - found.length })) {
        found.push({ fields, range: index });
      }
    }
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      items: found.slice(0, limit).map(({ fields }) => fields),
      ...(last ? { cursor: encodeCursor({ range: last.range, after: last.fields.SK }) } : {}),
    };
  }

  /** Puts without conditions, in batches; of several items with one key the last stays. Throws when DynamoDB keeps refusing some. */
  async putAll(items: Iterable<Fields & Key>): Promise<void> {
    const byKey = new Map(Array.from(items, (item) => [`${item.PK}\n${item.SK}`, item]));
    await this.#writeAll([...byKey.values()].map((item) => ({ PutRequest: { Item: item } })));
  }

  /** Deletes without conditions, in batches; what is not there stays away. */
  async deleteAll(keys: Iterable<Key>): Promise<void> {
    const byKey = new Map(Array.from(keys, ({ PK, SK }) => [`${PK}\n${SK}`, { PK, SK }]));
    await this.#writeAll([...byKey.values()].map((key) => ({ DeleteRequest: { Key: key } })));
  }

  async #writeAll(writes: readonly Write[]): Promise<void> {
    const batches = chunks(writes, BATCH_ITEMS).values();
    // The lanes share one iterator: each takes the next batch when it is done with its last.
    await Promise.all(
      Array.from({ length: BATCH_LANES }, async () => {
        for (const batch of batches) await this.#writeBatch(batch);
      }),
    );
  }

  async #writeBatch(batch: readonly Write[]): Promise<void> {
    let requests = [...batch];
    for (let idle = 0; idle < IDLE_ATTEMPTS; ) {
      const answer: { UnprocessedItems?: Record<string, typeof requests> } = await this.#client.send(
        new BatchWriteCommand({ RequestItems: { [this.#name]: requests } }),
      );
      const left = answer.UnprocessedItems?.[this.#name] ?? [];
      if (left.length === 0) return;
      idle = left.length < requests.length ? 0 : idle + 1;
      requests = left;
      const delayMs = FIRST_DELAY_MS * 2 ** idle * (0.5 + Math.random() / 2);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    throw new Error(`${this.#name} took none of ${requests.length} items in ${IDLE_ATTEMPTS} attempts`);
  }
}

/** One write of a batch, as the SDK takes it and gives back what was not done. */
interface Write {
  readonly PutRequest?: { Item: Record<string, unknown> | undefined };
  readonly DeleteRequest?: { Key: Record<string, unknown> | undefined };
}

/** The fields of a stored item as the domain's schema reads them; throws when what is stored does not fit it. */
export function parseItem<T>(schema: z.ZodType<T>, item: Fields): T {
  const { PK, SK, writer: _, ...fields } = item;
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new Error(`the stored item ${PK} ${SK} is not readable: ${z.prettifyError(parsed.error)}`);
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function startOf(ranges: readonly Range[], cursor: string | undefined): { range: number; after: string | undefined } {
  if (cursor === undefined) return { range: 0, after: undefined };
  const start = decodeCursor(cursorSchema, cursor);
  const range = ranges[start.range];
  if (range && start.after.startsWith(range.prefix)) return start;
  throw foreignCursor(cursor);
}

function expressionOf({ expression, names, values }: Condition) {
  return {
    ConditionExpression: expression,
    ...(names ? { ExpressionAttributeNames: names } : {}),
    ...(values ? { ExpressionAttributeValues: values } : {}),
  };
}

/** Names stand for the fields: some of them are words of DynamoDB's own. */
function projectionOf(fields: readonly string[]) {
  const names = ["PK", "SK", ...fields].map((field, index) => [`#field${index}`, field] as const);
  return {
    ProjectionExpression: names.map(([name]) => name).join(", "),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}

function plainItem(item: Record<string, AttributeValue>): Fields {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

/** The SDK's document client does not translate the item that an error carries. We store no sets. */
function plainValue(value: AttributeValue): unknown {
  if (value.M !== undefined) return plainItem(value.M);
  if (value.L !== undefined) return value.L.map(plainValue);
  if (value.N !== undefined) return Number(value.N);
  if (value.NULL !== undefined) return null;
  return value.S ?? value.B ?? value.BOOL;
}

import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type DeliveryMinute, deliveryMinuteSchema } from "#domain/delivery.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Clock } from "#ports/system.ts";
import { decodeCursor, encodeCursor, pageLimit } from "../paging.ts";
import { minuteCursorSchema } from "../paging-minutes.ts";
import { type Fields, ItemTable, parseItem } from "./item-table.ts";
import { deliveryKeys } from "./keys.ts";
import { pack, unpack } from "./packing.ts";

/** In the derived table, which may be lost: beside boards, where no stream filter looks. */
export class DynamoDeliveryLog implements DeliveryLog {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #table: ItemTable;
  readonly #clock: Clock;

  constructor(client: DynamoDBDocumentClient, tableName: string, clock: Clock) {
    this.#client = client;
    this.#name = tableName;
    this.#table = new ItemTable(client, tableName);
    this.#clock = clock;
  }

  async put({ entries, ...minute }: DeliveryMinute): Promise<void> {
    const packed = await pack(this.#table, { entries });
    await this.#table.put(deliveryKeys.minute(minute.source, minute.minute, minute.instance), { ...minute, ...packed });
  }

  async newest(source: string, request: PageRequest): Promise<Page<DeliveryMinute>> {
    const limit = pageLimit(request);
    const { partition, prefix } = deliveryKeys.minutes(source);
    const before = request.cursor === undefined ? undefined : decodeCursor(minuteCursorSchema, request.cursor).before;
    const found: Fields[] = [];
    let start: Record<string, unknown> | undefined =
      before === undefined ? undefined : { PK: partition, SK: `${prefix}${before}` };
    do {
      const answer: { Items?: Fields[] | undefined; LastEvaluatedKey?: Record<string, unknown> | undefined } =
        await this.#client.send(
          new QueryCommand({
            TableName: this.#name,
            KeyConditionExpression: "PK = :partition AND begins_with(SK, :prefix)",
            // Deleting what has expired can take days: until then it is not shown.
            FilterExpression: "expiresAt > :now",
            ExpressionAttributeValues: {
              ":partition": partition,
              ":prefix": prefix,
              ":now": Math.floor(this.#clock.now() / 1000),
            },
            ScanIndexForward: false,
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
      found.push(...(answer.Items ?? []));
      start = answer.LastEvaluatedKey;
    } while (start !== undefined && found.length <= limit);
    const shown = found.slice(0, limit);
    const last = found.length > limit ? String(shown.at(-1)?.SK).slice(prefix.length) : undefined;
    const whole = await Promise.all(shown.map((item) => unpack(this.#table, item)));
    return {
      items: whole.map((item) => parseItem(deliveryMinuteSchema, item)),
      ...(last === undefined ? {} : { cursor: encodeCursor({ before: last }) }),
    };
  }
}

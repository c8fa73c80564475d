import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { OrderLines } from "#ports/order-lines.ts";
import { ABSENT, ItemTable, parseItem } from "./item-table.ts";
import { orderLineKeys } from "./keys.ts";

const lineSchema = z.strictObject({ externalId: z.string() });

/** Beside the facts: an item a line, written once. */
export class DynamoOrderLines implements OrderLines {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async lines(source: string, order: string): Promise<string[]> {
    const items = await this.#table.all(orderLineKeys.lines(source, order));
    return items.map((item) => parseItem(lineSchema, item).externalId);
  }

  async addLines(source: string, order: string, externalIds: readonly string[]): Promise<void> {
    await Promise.all(
      externalIds.map((externalId) =>
        this.#table.putIf(orderLineKeys.line(source, order, externalId), { externalId }, ABSENT),
      ),
    );
  }
}

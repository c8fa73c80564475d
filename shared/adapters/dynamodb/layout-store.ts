import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type PayoutLayout, payoutLayoutSchema } from "#domain/payout-layout.ts";
import type { LayoutStore } from "#ports/payout-layouts.ts";
import { follows, ItemTable, parseItem } from "./item-table.ts";
import { planKeys } from "./keys.ts";

export class DynamoLayoutStore implements LayoutStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async layout(id: string): Promise<PayoutLayout | undefined> {
    const item = await this.#table.get(planKeys.layout(id));
    return item && parseItem(payoutLayoutSchema, item);
  }

  async layouts(): Promise<PayoutLayout[]> {
    return (await this.#table.all(planKeys.layouts())).map((item) => parseItem(payoutLayoutSchema, item));
  }

  async saveLayout(layout: PayoutLayout): Promise<boolean> {
    return this.#table.claim(planKeys.layout(layout.id), { ...layout }, follows("revision", layout.revision));
  }
}

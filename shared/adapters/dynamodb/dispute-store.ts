import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Dispute, disputeSchema } from "#domain/dispute.ts";
import type { DisputeStore } from "#ports/dispute-store.ts";
import { follows, ItemTable, parseItem } from "./item-table.ts";
import { disputeKeys } from "./keys.ts";

/** Disputes lie beside the ledger: they are never lost either. */
export class DynamoDisputeStore implements DisputeStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async dispute(campaign: string, id: string): Promise<Dispute | undefined> {
    const item = await this.#table.get(disputeKeys.dispute(campaign, id));
    return item && parseItem(disputeSchema, item);
  }

  async disputes(campaign: string): Promise<Dispute[]> {
    return (await this.#table.all(disputeKeys.disputes(campaign))).map((item) => parseItem(disputeSchema, item));
  }

  async saveDispute(dispute: Dispute): Promise<boolean> {
    const { campaign, id, revision } = dispute;
    return this.#table.claim(disputeKeys.dispute(campaign, id), { ...dispute }, follows("revision", revision));
  }
}

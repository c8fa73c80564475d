import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Approval, approvalSchema } from "#domain/approval.ts";
import type { ApprovalStore } from "#ports/approval-store.ts";
import { follows, ItemTable, parseItem } from "./item-table.ts";
import { planKeys } from "./keys.ts";

export class DynamoApprovalStore implements ApprovalStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async approval(scope: string, id: string): Promise<Approval | undefined> {
    const item = await this.#table.get(planKeys.approval(scope, id));
    return item && parseItem(approvalSchema, item);
  }

  async approvals(scope: string): Promise<Approval[]> {
    return (await this.#table.all(planKeys.approvals(scope))).map((item) => parseItem(approvalSchema, item));
  }

  async saveApproval(approval: Approval): Promise<boolean> {
    const { scope, id, revision } = approval;
    return this.#table.claim(planKeys.approval(scope, id), { ...approval }, follows("revision", revision));
  }
}

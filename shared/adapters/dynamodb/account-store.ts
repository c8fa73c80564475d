import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Account, accountSchema } from "#domain/account.ts";
import type { AccountStore } from "#ports/account-store.ts";
import { ItemTable, parseItem } from "./item-table.ts";
import { planKeys } from "./keys.ts";

export class DynamoAccountStore implements AccountStore {
  readonly #table: ItemTable;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#table = new ItemTable(client, tableName);
  }

  async account(subject: string): Promise<Account | undefined> {
    const item = await this.#table.get(planKeys.account(subject));
    return item && parseItem(accountSchema, item);
  }

  async accounts(): Promise<Account[]> {
    return (await this.#table.all(planKeys.accounts())).map((item) => parseItem(accountSchema, item));
  }

  async putAccount(account: Account): Promise<void> {
    await this.#table.put(planKeys.account(account.subject), { ...account });
  }
}

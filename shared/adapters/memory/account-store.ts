import type { Account } from "#domain/account.ts";
import type { AccountStore } from "#ports/account-store.ts";
import { MemoryTable } from "./memory-table.ts";

const SCOPE = "accounts";

export class MemoryAccountStore implements AccountStore {
  readonly #accounts = new MemoryTable<Account>();

  async account(subject: string): Promise<Account | undefined> {
    return this.#accounts.get(SCOPE, subject);
  }

  async accounts(): Promise<Account[]> {
    return this.#accounts.all(SCOPE);
  }

  async putAccount(account: Account): Promise<void> {
    this.#accounts.set(SCOPE, account.subject, account);
  }
}

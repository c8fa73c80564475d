import type { Account } from "#domain/account.ts";

/** Who has signed in and can be given work: some hundreds of people. Reads are consistent. */
export interface AccountStore {
  account(subject: string): Promise<Account | undefined>;
  /** All, by subject. */
  accounts(): Promise<Account[]>;
  /** Adds it, or replaces that of the same subject: the last one counts. */
  putAccount(account: Account): Promise<void>;
}

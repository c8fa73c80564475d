import type { AuditEntry } from "#domain/audit.ts";

/** Chains of audit entries. Entries are added at the end and never changed or removed. Reads are consistent. */
export interface AuditStore {
  /**
   * Adds the entry that `seal` makes of the chain's last one (undefined: there is none yet). Whoever loses the number to another is
   * asked to seal again behind the winner.
   *
   * @throws Refusal("conflict") when too many write to the chain at once
   */
  append(chain: string, seal: (last: AuditEntry | undefined) => AuditEntry): Promise<AuditEntry>;
  /** In order of their numbers, after `after`, at most `limit`. */
  entries(chain: string, after: number, limit: number): Promise<AuditEntry[]>;
  last(chain: string): Promise<AuditEntry | undefined>;
  /** Every chain that has an entry, by name. */
  chains(): Promise<string[]>;
}

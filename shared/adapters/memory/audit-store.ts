import type { AuditEntry } from "#domain/audit.ts";
import type { AuditStore } from "#ports/audit-store.ts";
import { compareCodePoints } from "./memory-table.ts";

export class MemoryAuditStore implements AuditStore {
  readonly #chains = new Map<string, AuditEntry[]>();

  async append(chain: string, seal: (last: AuditEntry | undefined) => AuditEntry): Promise<AuditEntry> {
    const entries = this.#chains.get(chain) ?? [];
    const entry = structuredClone(seal(structuredClone(entries.at(-1))));
    entries.push(entry);
    this.#chains.set(chain, entries);
    return structuredClone(entry);
  }

  async entries(chain: string, after: number, limit: number): Promise<AuditEntry[]> {
    return structuredClone((this.#chains.get(chain) ?? []).slice(after, after + limit));
  }

  async last(chain: string): Promise<AuditEntry | undefined> {
    return structuredClone(this.#chains.get(chain)?.at(-1));
  }

  async chains(): Promise<string[]> {
    return [...this.#chains.keys()].sort(compareCodePoints);
  }
}

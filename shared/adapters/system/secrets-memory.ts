import type { SecretStore } from "#ports/system.ts";

/** Secrets given at the start: for tests and the local cloud. */
export class MemorySecretStore implements SecretStore {
  readonly #secrets: ReadonlyMap<string, string>;

  constructor(secrets: Readonly<Record<string, string>>) {
    this.#secrets = new Map(Object.entries(secrets));
  }

  async secret(name: string): Promise<string | undefined> {
    return this.#secrets.get(name);
  }
}

import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Clock, SecretStore } from "#ports/system.ts";

/** A rotated secret is seen after this long; both are valid while it is being rotated. */
const KEEP_MS = 60_000;

/** AWS Secrets Manager. What is missing is not remembered, so that a secret works as soon as it is made. */
export class SecretsManagerStore implements SecretStore {
  readonly #client: SecretsManagerClient;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly value: string; readonly until: number }>();

  /** `clock` is the machine's, not the business clock: it measures how old a copy is. */
  constructor(client: SecretsManagerClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async secret(name: string): Promise<string | undefined> {
    const now = this.#clock.now();
    const kept = this.#kept.get(name);
    if (kept && now < kept.until) return kept.value;
    try {
      const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId: name }));
      if (SecretString !== undefined) this.#kept.set(name, { value: SecretString, until: now + KEEP_MS });
      return SecretString;
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      this.#kept.delete(name);
      return undefined;
    }
  }
}

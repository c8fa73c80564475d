import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SecretStore } from "#ports/system.ts";
import { systemClock } from "./clock.ts";
import { SecretsManagerStore } from "./secrets-manager.ts";

/** Only secrets below `prefix` are asked for: a source's registration must not name any secret of the account. */
export function awsSecrets(prefix: string): SecretStore {
  const store = new SecretsManagerStore(new SecretsManagerClient({}), systemClock);
  return { secret: async (name) => (name.startsWith(prefix) ? store.secret(name) : undefined) };
}

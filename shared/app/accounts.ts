import { type Account, accountOf } from "#domain/account.ts";
import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { HANDLING_ROLES } from "#domain/dispute.ts";
import { formatInstant } from "#domain/instant.ts";
import type { AccountStore } from "#ports/account-store.ts";
import type { Deps } from "./deps.ts";

/** Beside {@link Deps}: only the API keeps who has signed in. */
export interface KeepsAccounts {
  readonly accounts: AccountStore;
}

/**
 * Keeps who signed in, so that they can be given work: the identity provider is never asked who there is. Only those who can be given
 * any, and whoever could before: a company's sellers are not listed here. One write a day and account, unless something about it changed.
 */
export async function noteAccount(deps: KeepsAccounts & Pick<Deps, "clock">, actor: Actor): Promise<void> {
  const known = await deps.accounts.account(actor.subject);
  if (known === undefined && !canHandle(actor)) return;
  const account = accountOf(actor, formatInstant(deps.clock.now()).slice(0, "2026-01-01".length));
  if (canonicalJson(account) !== canonicalJson(known ?? null)) await deps.accounts.putAccount(account);
}

/** By role alone: whose disputes, is a question of sight. */
export function canHandle({ roles }: Pick<Account | Actor, "roles">): boolean {
  const handling: readonly string[] = HANDLING_ROLES;
  return roles.some((role) => handling.includes(role));
}

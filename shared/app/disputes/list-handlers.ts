import type { Account } from "#domain/account.ts";
import type { Actor } from "#domain/actor.ts";
import { comparable, compareText } from "#domain/text.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { KeepsAccounts } from "../accounts.ts";
import { listPage } from "../list-page.ts";
import { inParallel } from "../parallel.ts";
import { type Named, seenDispute } from "./handle-dispute.ts";
import type { DisputeDeps } from "./keeps-disputes.ts";
import { handlersOf } from "./who-handles.ts";

/** Somebody who can be given a dispute, with their units by name. */
export interface Handler {
  readonly account: Account;
  readonly units: readonly { readonly unit: string; readonly name: string }[];
}

const LOOKS_AT_ONCE = 16;

/**
 * Of those who have signed in, who can be given a dispute; by name.
 *
 * @param sought part of a name or of an account's id
 * @throws Refusal `notFound`, `forbidden` unless its payee may be seen
 */
export async function listHandlers(
  deps: DisputeDeps & KeepsAccounts,
  actor: Actor,
  named: Named,
  sought: string | undefined,
  request: PageRequest,
): Promise<Page<Handler>> {
  const dispute = await seenDispute(deps, actor, named);
  const [accounts, units] = await Promise.all([deps.accounts.accounts(), deps.plans.units()]);
  const found = accounts.filter(({ subject, name = "" }) =>
    [subject, name].some((text) => comparable(text).includes(comparable(sought ?? ""))),
  );
  const handles = await handlersOf(deps, dispute);
  const mayHandle = await inParallel(LOOKS_AT_ONCE, found, handles);
  const listed = found.filter((_account, index) => mayHandle[index] === true);
  const keyOf = ({ name, subject }: Account) => `${name ?? subject} ${subject}`;
  const page = listPage(
    listed.sort((a, b) => compareText(keyOf(a), keyOf(b))),
    keyOf,
    request,
  );
  const names = new Map(units.map(({ unit, name }) => [unit, name]));
  return {
    ...page,
    items: page.items.map((account) => ({
      account,
      units: account.units.map((unit) => ({ unit, name: names.get(unit) ?? unit })),
    })),
  };
}

import { type Account, actorOfAccount } from "#domain/account.ts";
import type { Dispute } from "#domain/dispute.ts";
import { Refusal } from "#domain/problem.ts";
import { campaignSights } from "../access.ts";
import { canHandle, type KeepsAccounts } from "../accounts.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";

/** Whoever gains by it, or asked for it. */
export function sidesOf({ payee, openedBy }: Dispute): string[] {
  return [...new Set([openedBy, ...(payee.kind === "participant" ? [payee.id] : [])])];
}

/** Who can be given a dispute: whoever may answer disputes, sees its payee and is no side of it. */
export async function handlersOf(
  deps: Pick<Deps, "plans" | "clock">,
  dispute: Dispute,
): Promise<(account: Account) => Promise<boolean>> {
  const sightOf = campaignSights(deps, await findCampaign(deps, dispute.campaign));
  const sides = sidesOf(dispute);
  return async (account) =>
    !sides.includes(account.subject) && canHandle(account) && sightOf(actorOfAccount(account)).sees(dispute.payee);
}

/**
 * Of whom it is known that they may not look at it, it is not given to. Who never signed in is not known: their token will say.
 *
 * @throws Refusal("invalid")
 */
export async function requireHandler(
  deps: Pick<Deps, "plans" | "clock"> & KeepsAccounts,
  dispute: Dispute,
  to: string,
): Promise<void> {
  const account = await deps.accounts.account(to);
  if (account === undefined || (await (await handlersOf(deps, dispute))(account))) return;
  throw new Refusal("invalid", `${to} cannot look into this dispute`, [
    {
      code: "cannot-handle",
      path: "/to",
      message: "this account may not answer disputes of this payee",
      seen: to,
      mend: "choose somebody whom the listing of handlers names",
    },
  ]);
}

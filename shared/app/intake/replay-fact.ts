import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import type { FactId } from "#domain/ids.ts";
import { factKey } from "#domain/ids.ts";
import { audited } from "../audit/note.ts";
import { type CreditDeps, creditFacts } from "../crediting/credit-facts.ts";
import type { Deps } from "../deps.ts";
import { type FactHistory, readFact } from "./read-facts.ts";

/**
 * Credits a stored fact again, now that what held it is mended. Computed from the stored versions, so it is safe at any time.
 *
 * @throws Refusal `notFound`
 */
export async function replayFact(
  deps: CreditDeps & Pick<Deps, "audit" | "clock">,
  actor: Actor,
  id: FactId,
): Promise<FactHistory> {
  const history = await readFact(deps, actor, id);
  await audited(deps, actor, { chain: COMPANY_CHAIN, action: "fact.replay", subject: factKey(id) }, async () => {
    const [failure] = await creditFacts(deps, [id]);
    if (failure) throw failure.error;
  });
  return history;
}

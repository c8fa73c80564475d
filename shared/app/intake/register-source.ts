import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import type { Source } from "#domain/campaign.ts";
import { type AuditDeps, audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { requireRegistrable } from "./change-source.ts";

/** Registers a source, or replaces what is known of it. Registering the same twice changes nothing. @throws Refusal `invalid`, `conflict` */
export async function registerSource(
  deps: Pick<Deps, "plans"> & AuditDeps,
  actor: Actor,
  source: Source,
): Promise<Source> {
  await requireRegistrable(deps, source);
  const detail = { secretNames: source.secretNames.join(", ") };
  const deed = { chain: COMPANY_CHAIN, action: "source.register", subject: source.source, detail };
  await audited(deps, actor, deed, () => deps.plans.putSource(source));
  return source;
}

import type { Actor } from "#domain/actor.ts";
import type { Source } from "#domain/campaign.ts";
import { audit } from "../audit.ts";
import type { Deps } from "../deps.ts";

/** Registers a source, or replaces what is known of it. Registering the same twice changes nothing. */
export async function registerSource(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  source: Source,
): Promise<Source> {
  await deps.plans.putSource(source);
  await audit(deps, actor, "source.registered", source.source, { secretNames: source.secretNames.join(", ") });
  return source;
}

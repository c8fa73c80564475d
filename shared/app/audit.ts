import type { Actor } from "#domain/actor.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Deps } from "./deps.ts";

/** Notes who did what. `detail` holds short texts for people, never secrets or whole documents. */
export async function audit(
  deps: Pick<Deps, "plans" | "clock">,
  actor: Actor,
  action: string,
  subject: string,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await deps.plans.addAudit({
    at: formatInstant(deps.clock.now()),
    actor: actor.subject,
    action,
    subject,
    detail: { ...detail },
  });
}

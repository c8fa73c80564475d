import type { Actor } from "#domain/actor.ts";
import { Refusal } from "#domain/problem.ts";
import type { UnreadableDelivery } from "#ports/fact-store.ts";
import { audit } from "../audit.ts";
import type { Deps } from "../deps.ts";
import { bytesOfKeptBody } from "./kept-body.ts";
import { parseBody } from "./receive-webhook.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";

/**
 * Reads a kept delivery again, now that what made it unreadable is mended here. Its signature was checked when it came. What was
 * stored of it before comes back as a duplicate.
 *
 * @throws Refusal `notFound`, `invalid` when it still cannot be understood
 */
export async function replayDelivery(
  deps: Pick<Deps, "facts" | "plans" | "clock">,
  actor: Actor,
  source: string,
  deliveryId: string,
): Promise<FactReceipt[]> {
  const { body } = await findDelivery(deps, source, deliveryId);
  const { messages, problems } = parseBody({ source, body: bytesOfKeptBody(body) });
  if (problems.length > 0) {
    throw new Refusal("invalid", `delivery ${deliveryId} still cannot be understood`, problems);
  }
  const receipts = await recordFacts(deps, messages);
  await audit(deps, actor, "delivery.replayed", `${source}#${deliveryId}`);
  return receipts;
}

async function findDelivery(
  deps: Pick<Deps, "facts">,
  source: string,
  deliveryId: string,
): Promise<UnreadableDelivery> {
  let cursor: string | undefined;
  do {
    const page = await deps.facts.unreadable(source, { limit: 100, cursor });
    const found = page.items.find((delivery) => delivery.deliveryId === deliveryId);
    if (found) return found;
    cursor = page.cursor;
  } while (cursor !== undefined);
  throw new Refusal("notFound", `no delivery ${deliveryId} of ${source} is kept`);
}

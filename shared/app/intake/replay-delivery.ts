import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { type VendorSource, vendorSource } from "#domain/source.ts";
import type { UnreadableDelivery } from "#ports/fact-store.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { bytesOfKeptBody } from "./kept-body.ts";
import { type MessageDeps, storeMessage } from "./receive-vendor.ts";
import { parseBody } from "./receive-webhook.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";
import { markMendedRows } from "./rejected-rows.ts";

/**
 * Reads a kept delivery again, now that what made it unreadable is mended here. Its signature was checked when it came. What was
 * stored of it before comes back as a duplicate. One of which all was taken has `mendedAt` from then on.
 *
 * @throws Refusal `notFound`, `invalid` when it still cannot be understood
 */
export async function replayDelivery(
  deps: Pick<Deps, "facts" | "plans" | "audit" | "clock"> & MessageDeps,
  actor: Actor,
  source: string,
  deliveryId: string,
): Promise<FactReceipt[]> {
  const kept = await findDelivery(deps, source, deliveryId);
  const registered = await deps.plans.source(source);
  const vendor = registered && vendorSource(registered);
  if (vendor) return mended(deps, kept, await replayMessage(deps, actor, vendor, kept));
  const { body } = kept;
  const { messages, problems } = parseBody({ source, body: bytesOfKeptBody(body) });
  if (problems.length > 0) {
    throw new Refusal("invalid", `delivery ${deliveryId} still cannot be understood`, problems);
  }
  const deed = { chain: COMPANY_CHAIN, action: "delivery.replay", subject: `${source}#${deliveryId}` };
  const receipts = await audited(deps, actor, deed, async () => {
    const recorded = await recordFacts(deps, messages);
    await markMendedRows(deps, source, messages, recorded);
    return recorded;
  });
  return mended(deps, kept, receipts);
}

/** Where all of it was taken, and nobody is still unknown, it is done with. */
async function mended(
  deps: Pick<Deps, "facts" | "clock">,
  kept: UnreadableDelivery,
  receipts: readonly FactReceipt[],
): Promise<FactReceipt[]> {
  const isDone = receipts.every(({ outcome, held }) => outcome === "stored" && held === undefined);
  if (isDone) await deps.facts.markDeliveryMended({ ...kept, mendedAt: formatInstant(deps.clock.now()) });
  return [...receipts];
}

/** Read by the mapping as it is now. Where that says something else than was stored, it is a version that follows. */
async function replayMessage(
  deps: Pick<Deps, "audit"> & MessageDeps,
  actor: Actor,
  source: VendorSource,
  { deliveryId, event = "unknown", body }: UnreadableDelivery,
): Promise<FactReceipt[]> {
  const adapter = await deps.vendors(source.kind);
  const deed = { chain: COMPANY_CHAIN, action: "delivery.replay", subject: `${source.source}#${deliveryId}` };
  const { outcome, receipts, message } = await audited(deps, actor, deed, () =>
    storeMessage(deps, source, adapter, { deliveryId, event, body: bytesOfKeptBody(body) }),
  );
  if (outcome === "waiting") throw new Refusal("conflict", message ?? "the vendor has not answered");
  if (outcome === "rejected" && receipts.every((receipt) => receipt.outcome === "rejected")) {
    const problems = receipts.flatMap((receipt) => receipt.problems ?? []);
    throw new Refusal("invalid", `delivery ${deliveryId} still cannot be understood`, problems);
  }
  return [...receipts];
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

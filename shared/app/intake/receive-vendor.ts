import type { DeliveryOutcome } from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Problem } from "#domain/problem.ts";
import type { VendorSource } from "#domain/source.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { OrderLines } from "#ports/order-lines.ts";
import type { RawDelivery, Reading, VendorAdapter, VendorOrders, Vendors } from "#ports/vendor.ts";
import type { EdgeDeps } from "../deps.ts";
import { keptBody } from "./kept-body.ts";
import type { FactReceipt } from "./record-facts.ts";
import { type SalesDeps, storeGone, storeOrder, type VendorReceipt } from "./vendor-sales.ts";

/** What lets Laurel listen to vendors, and ask them. */
export interface HearsVendors {
  readonly vendors: Vendors;
  readonly vendorOrders: VendorOrders;
}

/** What a door for every kind of source is given. */
export interface HearsSources extends HearsVendors {
  readonly orderLines: OrderLines;
  readonly deliveries: DeliveryLog;
}

export type MessageDeps = SalesDeps & HearsVendors;
export type VendorDeps = MessageDeps & Pick<EdgeDeps, "secrets" | "securityClock">;

export interface VendorResult {
  readonly deliveryId: string;
  readonly event: string;
  readonly outcome: DeliveryOutcome;
  readonly receipts: readonly FactReceipt[];
  readonly message?: string;
  /** The body is kept: it can be replayed. */
  readonly kept: boolean;
  /** What the vendor wants to hear instead of receipts. */
  readonly thanks?: unknown;
}

export interface VendorMessage {
  readonly deliveryId: string;
  readonly event: string;
  readonly body: Uint8Array;
}

/** An order that tells of another order, which tells of its own: no more than that. */
const MOST_QUESTIONS = 3;

/**
 * One delivery of a vendor. What is signed is never lost: what cannot be used is kept whole with its reason, and the vendor is
 * thanked all the same, for vendors switch off addresses that say no. Only where the vendor itself must still answer is it asked to come again.
 *
 * @throws Refusal `unauthenticated`
 */
export async function receiveVendorDelivery(
  deps: VendorDeps,
  source: VendorSource,
  delivery: RawDelivery,
): Promise<VendorResult> {
  const adapter = await deps.vendors(source.kind);
  if (adapter.isGreeting?.(delivery)) {
    return { deliveryId: "greeting", event: "greeting", outcome: "ignored", receipts: [], kept: false };
  }
  const secrets = await Promise.all(source.secretNames.map((name) => deps.secrets.secret(name)));
  const valid = secrets.filter((secret) => secret !== undefined);
  const { deliveryId, event } = adapter.verify(delivery, source, valid, deps.securityClock.now());
  const message = { deliveryId, event, body: delivery.body };
  const result = await storeMessage(deps, source, adapter, message);
  const isKept = ["rejected", "held", "conflict", "waiting"].includes(result.outcome);
  if (isKept) await keep(deps, source, message, result.message ?? result.outcome);
  return { ...result, kept: isKept, ...(adapter.thanks === undefined ? {} : { thanks: adapter.thanks }) };
}

/** What a message whose signature was checked says, stored. The same again changes nothing. */
export async function storeMessage(
  deps: MessageDeps,
  source: VendorSource,
  adapter: VendorAdapter,
  { deliveryId, event, body }: VendorMessage,
): Promise<VendorResult> {
  const base = { deliveryId, event, receipts: [], kept: false };
  let reading: Reading = adapter.read(body, event, source);
  for (let asked = 0; reading.outcome === "fetch"; asked += 1) {
    const { request } = reading;
    const answer = asked < MOST_QUESTIONS ? await deps.vendorOrders.fetch(source, request) : undefined;
    if (answer === undefined) return { ...base, outcome: "waiting", message: notYet(request.what, request.id) };
    reading = adapter.readFetched(answer, request, source);
    if (reading.outcome === "fetch" && reading.request.id === request.id && reading.request.what === request.what) {
      const message = `${source.kind} still answers with ${request.what} ${request.id} as it was before`;
      return { ...base, outcome: "waiting", message };
    }
  }
  switch (reading.outcome) {
    case "ignored":
      return { ...base, outcome: "ignored", message: reading.why };
    case "unreadable":
      return rejected(base, reading.problems);
    case "gone":
      return goneResult(base, await storeGone(deps, source, reading.order), reading.order);
    case "sales":
      return resultOf(
        base,
        await storeOrder(deps, source, reading),
        `order ${reading.order} has no line that is a sale`,
      );
  }
}

/** Something may be on its way that this undoes: it is kept, and told of. */
function goneResult(base: Base, undone: readonly VendorReceipt[], order: string): VendorResult {
  if (undone.length > 0) return resultOf(base, undone, "");
  const message = `order ${order} was deleted and is not known here`.slice(0, WORDS);
  const mend = "replay it once the order has come";
  return rejected(base, [{ code: "unknown-order", path: "/id", message, mend }]);
}

type Base = Pick<VendorResult, "deliveryId" | "event" | "kept">;

function notYet(what: string, id: string): string {
  return `${what} ${id} must be asked for, and there is no answer`.slice(0, 300);
}

function rejected(base: Base, problems: readonly Problem[]): VendorResult {
  return { ...base, outcome: "rejected", receipts: [{ outcome: "rejected", problems }], message: inWords(problems) };
}

function resultOf(base: Base, stored: readonly VendorReceipt[], nothing: string): VendorResult {
  const receipts = stored.map(({ receipt }) => receipt);
  if (receipts.length === 0) return { ...base, outcome: "ignored", receipts, message: nothing };
  const problems = receipts.flatMap((receipt) => receipt.problems ?? []);
  if (problems.length > 0) return { ...base, outcome: "rejected", receipts, message: inWords(problems) };
  const conflict = receipts.find(({ outcome }) => outcome === "conflict");
  if (conflict) return { ...base, outcome: "conflict", receipts, message: `${conflict.fact} is stored otherwise` };
  const held = receipts.find((receipt) => receipt.held)?.held;
  if (held) return { ...base, outcome: "held", receipts, message: held.message };
  return { ...base, outcome: stored.every(({ isKnown }) => isKnown) ? "duplicate" : "stored", receipts };
}

const WORDS = 300;

function inWords(problems: readonly Problem[]): string {
  return problems
    .map(({ path, message }) => `${path} ${message}`.trim())
    .join("; ")
    .slice(0, WORDS);
}

async function keep(
  deps: Pick<VendorDeps, "facts" | "clock">,
  { source }: VendorSource,
  { deliveryId, event, body }: VendorMessage,
  reason: string,
): Promise<void> {
  const receivedAt = formatInstant(deps.clock.now());
  await deps.facts.putUnreadable({ source, deliveryId, event, body: keptBody(body), reason, receivedAt });
}

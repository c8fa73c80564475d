import * as z from "zod";
import type { Source } from "#domain/campaign.ts";
import type { DeliveryOutcome } from "#domain/delivery.ts";
import { formatInstant } from "#domain/instant.ts";
import { readJson } from "#domain/json.ts";
import { type Problem, Refusal, shownValue } from "#domain/problem.ts";
import { vendorSource } from "#domain/source.ts";
import type { OrderLines } from "#ports/order-lines.ts";
import type { EdgeDeps } from "../deps.ts";
import type { DeliveryJournal } from "./delivery-journal.ts";
import { keptBody } from "./kept-body.ts";
import { reasonOf } from "./reason.ts";
import { type HearsVendors, receiveVendorDelivery } from "./receive-vendor.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";
import { keepRejected } from "./rejected-rows.ts";
import { verifySignature } from "./webhook-signature.ts";

export interface WebhookDelivery {
  readonly source: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body's bytes exactly as they came. */
  readonly body: Uint8Array;
}

export interface WebhookResult {
  readonly deliveryId: string;
  readonly receipts: readonly FactReceipt[];
  /** What a vendor wants to hear instead. */
  readonly thanks?: unknown;
  /** Kept, and not answered for: the sender is to come again. */
  readonly waitsFor?: string;
}

/** What listens to vendors and keeps a journal; a door for standard sources alone has neither. */
export type ListensWidely = HearsVendors & { readonly orderLines: OrderLines; readonly journal: DeliveryJournal };

type WebhookDeps = Pick<EdgeDeps, "facts" | "plans" | "secrets" | "clock" | "securityClock"> & Partial<ListensWidely>;

/** Facts that one delivery may carry. */
const MAX_FACTS = 500;

const manySchema = z.strictObject({
  facts: z.array(z.unknown()).min(1).max(MAX_FACTS),
  sequence: z.int().min(1).optional(),
});

/**
 * One signed delivery from a source: a vendor's message; or a fact, or `{facts: […]}`. Nothing that was signed is lost: what
 * cannot be read is kept whole, with the reason, and refused.
 *
 * @throws Refusal `notFound` (no such source), `unauthenticated` (signature), `invalid` (unreadable, kept), `conflict` (contradicts what is stored, kept)
 */
export async function receiveWebhook(deps: WebhookDeps, delivery: WebhookDelivery): Promise<WebhookResult> {
  const source = await deps.plans.source(delivery.source);
  if (!source) throw new Refusal("notFound", `there is no source ${delivery.source}`);
  return vendorSource(source) === undefined
    ? receiveFacts(deps, source, delivery)
    : receiveOrders(deps, source, delivery);
}

interface Noted {
  readonly deliveryId: string;
  readonly event: string;
  readonly outcome: DeliveryOutcome;
  readonly receipts?: readonly FactReceipt[];
  readonly message?: string | undefined;
  readonly kept: boolean;
}

const FACTS_NAMED = 5;

async function note(
  { journal, clock }: WebhookDeps,
  source: string,
  { receipts = [], message, ...entry }: Noted,
  sequence?: number,
): Promise<void> {
  const facts = receipts.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
  const told = { ...entry, facts: facts.slice(0, FACTS_NAMED), count: receipts.length };
  const at = formatInstant(clock.now());
  await journal?.note(source, { at, ...told, ...(message === undefined ? {} : { message }) }, sequence);
}

/** Runs, and counts what nobody vouches for. */
async function vouched<T>(deps: WebhookDeps, source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.kind === "unauthenticated") {
      await note(deps, source, { deliveryId: "", event: "", outcome: "unauthenticated", kept: false });
    }
    throw error;
  }
}

async function receiveOrders(deps: WebhookDeps, source: Source, delivery: WebhookDelivery): Promise<WebhookResult> {
  const { vendors, vendorOrders, orderLines } = deps;
  const vendor = vendorSource(source);
  if (!vendor || !vendors || !vendorOrders || !orderLines) throw new Error(`${source.source} is not heard here`);
  const parts = { ...deps, vendors, vendorOrders, orderLines };
  const result = await vouched(deps, source.source, () => receiveVendorDelivery(parts, vendor, delivery));
  await note(deps, source.source, result);
  const { deliveryId, receipts, thanks, outcome, message = "" } = result;
  return {
    deliveryId,
    receipts,
    ...(thanks === undefined ? {} : { thanks }),
    ...(outcome === "waiting" ? { waitsFor: message } : {}),
  };
}

async function receiveFacts(deps: WebhookDeps, source: Source, delivery: WebhookDelivery): Promise<WebhookResult> {
  const deliveryId = await vouched(deps, source.source, () => authenticate(deps, source, delivery));
  const noted = { deliveryId, event: "facts" };
  const { messages, problems, sequence } = parseBody(delivery);
  if (problems.length > 0) {
    await keepUnreadable(deps, delivery, deliveryId, problems);
    const message = reasonOf(problems).slice(0, 300);
    await note(deps, source.source, { ...noted, outcome: "rejected", message, kept: true }, sequence);
    throw unreadable(deliveryId, problems);
  }
  const receipts = await recordFacts(deps, messages);
  const kept = receipts.some((receipt) => receipt.outcome === "rejected");
  await note(deps, source.source, { ...noted, outcome: outcomeOf(receipts), receipts, kept }, sequence);
  const rejected = receipts.flatMap(({ problems }) => problems ?? []);
  if (rejected.length > 0) {
    await keepRejected(deps, delivery.source, messages, receipts);
    await keepUnreadable(deps, delivery, deliveryId, rejected);
  }
  const [only] = receipts;
  if (receipts.length === 1 && only) refuseSingle(only, deliveryId);
  return { deliveryId, receipts };
}

function outcomeOf(receipts: readonly FactReceipt[]): DeliveryOutcome {
  if (receipts.some(({ outcome }) => outcome === "rejected")) return "rejected";
  if (receipts.some(({ outcome }) => outcome === "conflict")) return "conflict";
  return receipts.some(({ held }) => held) ? "held" : "stored";
}

async function authenticate(deps: WebhookDeps, source: Source, delivery: WebhookDelivery): Promise<string> {
  const secrets = await Promise.all(source.secretNames.map((name) => deps.secrets.secret(name)));
  const valid = secrets.filter((secret) => secret !== undefined);
  return verifySignature(delivery, valid, deps.securityClock.now());
}

/** The messages of a body, each of which must speak for the source that signed it. */
export function parseBody({ source, body }: Pick<WebhookDelivery, "source" | "body">): {
  messages: readonly unknown[];
  problems: Problem[];
  /** The number that the source gives its deliveries, if it counts them. */
  sequence?: number | undefined;
} {
  const reading = readJson(body, 'one fact, or {"facts": [...]}');
  if ("problem" in reading) return { messages: [], problems: [reading.problem] };
  const document = reading.value;
  const many = manySchema.safeParse(document);
  const claimsMany = typeof document === "object" && document !== null && "facts" in document;
  if (claimsMany && !many.success) {
    return {
      messages: [],
      problems: [
        {
          code: "bad-batch",
          path: "/facts",
          message: `facts must be a list of 1 to ${MAX_FACTS} facts, and stand alone or beside a sequence from 1`,
        },
      ],
    };
  }
  const messages = many.success ? many.data.facts : [document];
  const problems = messages.flatMap((message, index): Problem[] => {
    const claimed = typeof message === "object" && message !== null && "source" in message ? message.source : source;
    return claimed === source
      ? []
      : [
          {
            code: "other-source",
            path: `/${index}/source`,
            message: "a source can report only its own facts",
            seen: shownValue(claimed),
            allowed: source,
          },
        ];
  });
  return { messages, problems, sequence: many.success ? many.data.sequence : undefined };
}

async function keepUnreadable(
  deps: WebhookDeps,
  { source, body }: WebhookDelivery,
  deliveryId: string,
  problems: readonly Problem[],
): Promise<void> {
  await deps.facts.putUnreadable({
    source,
    deliveryId,
    body: keptBody(body),
    reason: reasonOf(problems),
    receivedAt: formatInstant(deps.clock.now()),
  });
}

function refuseSingle(receipt: FactReceipt, deliveryId: string): void {
  if (receipt.outcome === "rejected") throw unreadable(deliveryId, receipt.problems ?? []);
  if (receipt.outcome === "conflict") {
    throw new Refusal(
      "conflict",
      `${receipt.fact} version ${receipt.version} is stored with other content; this one was kept as a conflict`,
      [
        {
          code: "conflict",
          path: "/version",
          message: "a correction needs a higher version",
          seen: String(receipt.version),
          allowed: `${(receipt.version ?? 0) + 1} or more`,
        },
      ],
    );
  }
}

function unreadable(deliveryId: string, problems: readonly Problem[]): Refusal {
  return new Refusal(
    "invalid",
    `delivery ${deliveryId} could not be understood; it was kept and can be replayed`,
    problems,
  );
}

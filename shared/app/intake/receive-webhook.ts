import * as z from "zod";
import { formatInstant } from "#domain/instant.ts";
import { type Problem, Refusal, shownValue } from "#domain/problem.ts";
import type { EdgeDeps } from "../deps.ts";
import { keptBody } from "./kept-body.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";
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
}

type WebhookDeps = Pick<EdgeDeps, "facts" | "plans" | "secrets" | "clock" | "securityClock">;

/** Facts that one delivery may carry. */
const MAX_FACTS = 500;

/** Problems that are kept with an unreadable delivery; its sender is told all. */
const MAX_REASONS = 20;

const manySchema = z.strictObject({ facts: z.array(z.unknown()).min(1).max(MAX_FACTS) });

/**
 * One signed delivery from a source: a fact, or `{facts: […]}`. Nothing that was signed is lost: what cannot be read is
 * kept whole, with the reason, and refused.
 *
 * @throws Refusal `notFound` (no such source), `unauthenticated` (signature), `invalid` (unreadable, kept), `conflict` (contradicts what is stored, kept)
 */
export async function receiveWebhook(deps: WebhookDeps, delivery: WebhookDelivery): Promise<WebhookResult> {
  const deliveryId = await authenticate(deps, delivery);
  const messages = await readMessages(deps, delivery, deliveryId);
  const receipts = await recordFacts(deps, messages);
  const rejected = receipts.flatMap(({ problems }) => problems ?? []);
  if (rejected.length > 0) await keepUnreadable(deps, delivery, deliveryId, rejected);
  const [only] = receipts;
  if (receipts.length === 1 && only) refuseSingle(only, deliveryId);
  return { deliveryId, receipts };
}

async function authenticate(deps: WebhookDeps, delivery: WebhookDelivery): Promise<string> {
  const source = await deps.plans.source(delivery.source);
  if (!source) throw new Refusal("notFound", `there is no source ${delivery.source}`);
  const secrets = await Promise.all(source.secretNames.map((name) => deps.secrets.secret(name)));
  const valid = secrets.filter((secret) => secret !== undefined);
  return verifySignature(delivery, valid, deps.securityClock.now());
}

async function readMessages(
  deps: WebhookDeps,
  delivery: WebhookDelivery,
  deliveryId: string,
): Promise<readonly unknown[]> {
  const { messages, problems } = parseBody(delivery);
  if (problems.length === 0) return messages;
  await keepUnreadable(deps, delivery, deliveryId, problems);
  throw unreadable(deliveryId, problems);
}

/** The messages of a body, each of which must speak for the source that signed it. */
export function parseBody({ source, body }: Pick<WebhookDelivery, "source" | "body">): {
  messages: readonly unknown[];
  problems: Problem[];
} {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return {
      messages: [],
      problems: [
        {
          code: "not-json",
          path: "",
          message: "the body is not JSON in UTF-8",
          allowed: 'one fact, or {"facts": [...]}',
        },
      ],
    };
  }
  const many = manySchema.safeParse(document);
  const claimsMany = typeof document === "object" && document !== null && "facts" in document;
  if (claimsMany && !many.success) {
    return {
      messages: [],
      problems: [
        {
          code: "bad-batch",
          path: "/facts",
          message: `facts must be a list of 1 to ${MAX_FACTS} facts, and stand alone`,
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
  return { messages, problems };
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

/** The first problems in words, short enough to be kept beside any body. */
function reasonOf(problems: readonly Problem[]): string {
  const told = problems.slice(0, MAX_REASONS).map(({ path, message }) => `${path} ${message}`.trim().slice(0, 200));
  const more = problems.length > MAX_REASONS ? [`and ${problems.length - MAX_REASONS} more`] : [];
  return [...told, ...more].join("; ");
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

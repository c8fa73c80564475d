import { type Fact, type FactMessage, factMessageSchema } from "#domain/fact.ts";
import { factKey } from "#domain/ids.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Problem, problemsOf } from "#domain/problem.ts";
import type { HeldFact } from "#domain/progress.ts";
import type { Deps } from "../deps.ts";
import { heldByStore } from "../held-fact.ts";
import { inParallel } from "../parallel.ts";

/** What became of one message. A message that says the same again is answered like the first: the fact is kept, once. */
export interface FactReceipt {
  readonly outcome: "stored" | "conflict" | "rejected";
  /** Fact key; absent when the message could not be read. */
  readonly fact?: string;
  readonly version?: number;
  /** When the store first knew it. */
  readonly recordedAt?: string;
  /** The fact is kept but no campaign can use it yet. */
  readonly held?: { readonly reason: HeldFact["reason"]; readonly message: string };
  /** Why a message was rejected. */
  readonly problems?: readonly Problem[];
}

/** Puts in flight at once, for one request. */
const PUTS_AT_ONCE = 16;

/** Stores messages as facts; a receipt each, in order, given only after the store has them. */
export async function recordFacts(
  deps: Pick<Deps, "facts" | "plans" | "clock">,
  messages: readonly unknown[],
): Promise<FactReceipt[]> {
  return inParallel(PUTS_AT_ONCE, messages, async (message, index) => {
    const parsed = factMessageSchema.safeParse(message);
    return parsed.success
      ? recordFact(deps, parsed.data)
      : { outcome: "rejected", problems: problemsOf(parsed.error, `/${index}`, message) };
  });
}

async function recordFact(deps: Pick<Deps, "facts" | "plans" | "clock">, message: FactMessage): Promise<FactReceipt> {
  const fact: Fact = { ...message, recordedAt: formatInstant(deps.clock.now()) };
  const [{ outcome, fact: kept }, held] = await Promise.all([deps.facts.put(fact), heldByStore(deps, message)]);
  return {
    outcome: outcome === "conflict" ? "conflict" : "stored",
    fact: factKey(fact),
    version: fact.version,
    recordedAt: kept.recordedAt,
    ...(held ? { held: { reason: held.reason, message: held.message } } : {}),
  };
}

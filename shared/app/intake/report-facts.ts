import type { Actor } from "#domain/actor.ts";
import { noted, spreadChain } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";
import { keepRejected } from "./rejected-rows.ts";

/**
 * Stores facts that a signed-in system reports, for the sources that its token names. Each message has its receipt, in
 * order; one of another source is rejected by itself and does not cost the others.
 */
export async function reportFacts(
  deps: Pick<Deps, "facts" | "plans" | "audit" | "clock">,
  actor: Actor,
  messages: readonly unknown[],
): Promise<FactReceipt[]> {
  const foreign = messages.map((message) => foreignSource(actor, message));
  const taken = messages.filter((_message, index) => foreign[index] === undefined);
  // The facts themselves tell what came of it; the entry tells who reported them, for they hold no person.
  const chain = spreadChain("facts", actor.request ?? actor.subject);
  const subject = actor.sources.join(", ");
  const deed = { chain, action: "facts.report", subject, detail: { messages: String(taken.length) } };
  const stored = await noted(deps, actor, deed, () => recordFacts(deps, taken));
  const own = stored.values();
  const receipts = foreign.map((source, index): FactReceipt => {
    if (source !== undefined) return rejected(actor, source, index);
    return withPlace(own.next().value, index);
  });
  // Who may report for no source has none under which what they said could be found again.
  for (const [source, ofSource] of Map.groupBy(receipts.keys(), (index) => reporterOf(actor, messages[index]))) {
    if (source === undefined) continue;
    const refused = ofSource.map((index) => receipts[index]).filter((receipt) => receipt !== undefined);
    await keepRejected(
      deps,
      source,
      ofSource.map((index) => messages[index]),
      refused,
    );
  }
  return receipts;
}

/** The source whose message it is: the one it claims, or else the first that the actor may report for. */
function reporterOf(actor: Actor, message: unknown): string | undefined {
  const claimed = typeof message === "object" && message !== null && "source" in message ? message.source : undefined;
  return actor.sources.find((source) => source === claimed) ?? actor.sources[0];
}

/** The source a message claims, if the actor may not report for it. A message that claims none is the schema's business. */
function foreignSource(actor: Actor, message: unknown): string | undefined {
  if (typeof message !== "object" || message === null || !("source" in message)) return undefined;
  const { source } = message;
  return typeof source === "string" && !actor.sources.includes(source) ? source : undefined;
}

function rejected(actor: Actor, source: string, index: number): FactReceipt {
  return {
    outcome: "rejected",
    problems: [
      {
        code: "other-source",
        path: `/facts/${index}/source`,
        message: "your token does not name this source",
        seen: source,
        allowed: actor.sources.join(", ") || "no source",
      },
    ],
  };
}

/** Problems speak of the place in the request, which is not the place among those that were stored. */
function withPlace(receipt: FactReceipt | undefined, index: number): FactReceipt {
  if (receipt === undefined) throw new RangeError(`message ${index} has no receipt`);
  if (receipt.problems === undefined) return receipt;
  return {
    ...receipt,
    problems: receipt.problems.map((problem) => ({
      ...problem,
      path: problem.path.replace(/^\/\d+/, `/facts/${index}`),
    })),
  };
}

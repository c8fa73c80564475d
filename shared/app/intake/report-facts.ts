import type { Actor } from "#domain/actor.ts";
import type { Deps } from "../deps.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";

/**
 * Stores facts that a signed-in system reports, for the sources that its token names. Each message has its receipt, in
 * order; one of another source is rejected by itself and does not cost the others.
 */
export async function reportFacts(
  deps: Pick<Deps, "facts" | "plans" | "clock">,
  actor: Actor,
  messages: readonly unknown[],
): Promise<FactReceipt[]> {
  const foreign = messages.map((message) => foreignSource(actor, message));
  const stored = await recordFacts(
    deps,
    messages.filter((_message, index) => foreign[index] === undefined),
  );
  const own = stored.values();
  return foreign.map((source, index): FactReceipt => {
    if (source !== undefined) return rejected(actor, source, index);
    return withPlace(own.next().value, index);
  });
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

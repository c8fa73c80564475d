import { createHash } from "node:crypto";
import * as z from "zod";
import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { RejectedMessage } from "#ports/fact-store.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { reasonOf } from "./reason.ts";
import { type FactReceipt, recordFacts } from "./record-facts.ts";

/**
 * Messages that were refused beside others that were taken. Each is kept with its reason, so that what came of a day is what is
 * stored, what contradicts it and what was refused; and so that it can be read again once the cause is mended here.
 */

type RowDeps = Pick<Deps, "facts" | "clock">;

const occurredSchema = z.object({ occurredAt: z.string() });

/** Keeps those of the messages whose receipts say that they were refused. The same message refused again is the same row. */
export async function keepRejected(
  deps: RowDeps,
  source: string,
  messages: readonly unknown[],
  receipts: readonly FactReceipt[],
): Promise<void> {
  const receivedAt = formatInstant(deps.clock.now());
  for (const [index, { outcome, problems = [] }] of receipts.entries()) {
    if (outcome === "rejected") await deps.facts.putRejected(rowOf(source, messages[index], problems, receivedAt));
  }
}

/** What was refused once and is a fact now is refused no longer. */
export async function markMendedRows(
  deps: RowDeps,
  source: string,
  messages: readonly unknown[],
  receipts: readonly FactReceipt[],
): Promise<void> {
  for (const [index, { outcome }] of receipts.entries()) {
    if (outcome === "rejected") continue;
    const row = await deps.facts.rejectedRow(source, rowIdOf(JSON.stringify(messages[index])));
    if (row) await deps.facts.markMended({ ...row, mendedAt: formatInstant(deps.clock.now()) });
  }
}

/**
 * Reads a refused message again, now that what made it unreadable is mended here. One that is a fact since then is answered the same.
 *
 * @throws Refusal `notFound`, `invalid` when it still cannot be understood
 */
export async function replayRejected(
  deps: Pick<Deps, "facts" | "plans" | "audit" | "clock">,
  actor: Actor,
  source: string,
  rowId: string,
): Promise<FactReceipt[]> {
  const row = await deps.facts.rejectedRow(source, rowId);
  if (!row) throw new Refusal("notFound", `no refused message ${rowId} of ${source} is kept`);
  const messages: unknown[] = [JSON.parse(row.message)];
  const deed = { chain: COMPANY_CHAIN, action: "rejected.replay", subject: `${source}#${rowId}` };
  return audited(deps, actor, deed, async () => {
    const receipts = await recordFacts(deps, messages);
    const problems = receipts.flatMap((receipt) => receipt.problems ?? []);
    if (problems.length > 0) throw new Refusal("invalid", `the message still cannot be understood`, problems);
    await deps.facts.markMended({ ...row, mendedAt: formatInstant(deps.clock.now()) });
    return receipts;
  });
}

function rowOf(source: string, said: unknown, problems: readonly Problem[], receivedAt: string): RejectedMessage {
  const message = JSON.stringify(said);
  const claimed = occurredSchema.safeParse(said).data?.occurredAt;
  const occurredAt = claimed === undefined ? undefined : parseInstant(claimed);
  return {
    source,
    rowId: rowIdOf(message),
    message,
    reason: reasonOf(problems),
    receivedAt,
    ...(occurredAt === undefined ? {} : { occurredAt: formatInstant(occurredAt) }),
  };
}

function rowIdOf(message: string): string {
  return createHash("sha256").update(message).digest("hex");
}

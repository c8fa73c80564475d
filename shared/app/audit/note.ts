import type { Actor } from "#domain/actor.ts";
import { type AuditEntry, type AuditPhase, NO_ENTRY } from "#domain/audit.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";

export type AuditDeps = Pick<Deps, "audit" | "clock">;

/** What somebody is about to do. `detail` holds short texts for people, never secrets or whole documents. */
export interface Deed {
  readonly chain: string;
  readonly action: string;
  readonly subject: string;
  /** Hash of what was shown to who decides. */
  readonly shown?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

/** What came of it, where that says more than the deed did. */
export type Outcome = Readonly<Record<string, string>>;

/** What Laurel does by itself. */
export const CLOCK: Actor = { subject: "laurel.clock", roles: [], units: [], sources: [] };
export const SETTLEMENT: Actor = { subject: "laurel.settle", roles: [], units: [], sources: [] };

/**
 * Does something between two entries: first that it is about to be done, then what came of it. Without the first nothing is done; and where
 * the machine stops in between, the first one stays and says where to look.
 */
export async function audited<T>(
  deps: AuditDeps,
  actor: Actor,
  deed: Deed,
  work: () => Promise<T>,
  outcome: (result: T) => Outcome = () => ({}),
): Promise<T> {
  const intent = await append(deps, actor, deed, "intent");
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // What is thrown is the answer; that the entry could not be written must not take its place.
    await append(deps, actor, ended(deed, reasonOf(error)), phaseOf(error), intent.seq).catch(() => undefined);
    throw error;
  }
  await append(deps, actor, ended(deed, outcome(result)), "done", intent.seq);
  return result;
}

/** One entry before something that keeps a record of its own: machines do it often, and the record tells what came of it. */
export async function noted<T>(deps: AuditDeps, actor: Actor, deed: Deed, work: () => Promise<T>): Promise<T> {
  await append(deps, actor, deed, "noted");
  return work();
}

const SPREAD = 8;

/** Of the chains over which machines' work is spread, the one of this name; the same name always has the same. */
export function spreadChain(base: string, name: string): string {
  return `${base}:${Number.parseInt(hashOf(name).slice(0, 4), 16) % SPREAD}`;
}

/** The entry that follows `last` in its chain. */
export function sealed(
  last: AuditEntry | undefined,
  content: Omit<AuditEntry, "seq" | "previous" | "hash">,
): AuditEntry {
  const entry = { ...content, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? NO_ENTRY };
  return { ...entry, hash: hashOf(entry) };
}

function append(
  { audit, clock }: AuditDeps,
  { subject: who, roles, client, request }: Actor,
  { chain, action, subject, shown, detail = {} }: Deed,
  phase: AuditPhase,
  intent?: number,
): Promise<AuditEntry> {
  return audit.append(chain, (last) =>
    sealed(last, {
      chain,
      at: formatInstant(clock.now()),
      phase,
      ...(intent === undefined ? {} : { intent }),
      actor: who,
      ...(roles.length === 0 ? {} : { role: roles.join(", ") }),
      ...(client === undefined ? {} : { client }),
      ...(request === undefined ? {} : { request }),
      action,
      subject,
      ...(shown === undefined ? {} : { shown }),
      detail: { ...detail },
    }),
  );
}

function ended(deed: Deed, outcome: Outcome): Deed {
  return { ...deed, detail: outcome };
}

function phaseOf(error: unknown): "refused" | "failed" {
  return error instanceof Refusal ? "refused" : "failed";
}

const LONGEST_REASON = 300;

/** Of a failure only its kind: its text may hold anything. */
function reasonOf(error: unknown): Outcome {
  if (error instanceof Refusal) return { kind: error.kind, reason: error.message.slice(0, LONGEST_REASON) };
  return { reason: error instanceof Error ? error.name : "unknown" };
}

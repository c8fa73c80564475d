import type { Actor } from "#domain/actor.ts";
import type { Approval, ContentOf } from "#domain/approval.ts";
import { DIRECTORY_SCOPE } from "#domain/approval.ts";
import { Refusal } from "#domain/problem.ts";
import type { Person } from "#ports/plan-store.ts";
import { type AskDeps, askApproval, type DecideDeps } from "../approvals/ask.ts";
import { changedSince, keepRows, keptRows, peopleRowsSchema, progressOf, rowsHash } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import { changeDirectory } from "./change-directory.ts";

type LargeImport = Approval & { readonly content: ContentOf<"people"> };

/** Asks a second person to take an import of people that changes much. Bound to the rows and to what they replace. */
export async function askForPeople(
  deps: AskDeps & Pick<Deps, "files">,
  actor: Actor,
  rows: readonly Person[],
  stored: ReadonlyMap<string, Person>,
): Promise<Approval> {
  const before = rows.flatMap(({ participantId }) => stored.get(participantId) ?? []);
  const hash = rowsHash("people", DIRECTORY_SCOPE, { rows, before });
  await keepRows(deps, hash, { rows, before });
  const counts = { added: rows.length - before.length, changed: before.length, onFile: stored.size };
  const reason = `an import that changes ${rows.length} people of ${stored.size} on file`;
  return askApproval(deps, actor, { content: { kind: "people", counts, rowsHash: hash }, hash, reason });
}

export async function requirePeopleAsShown(deps: DecideDeps, approval: LargeImport): Promise<void> {
  const kept = await keptRows(deps, approval, peopleRowsSchema);
  const current = await peopleOf(deps, kept.rows);
  if (progressOf(kept, current, ({ participantId }) => participantId) !== "as-shown") throw changedSince(approval.id);
}

/** Other imports write at the same time. */
const ATTEMPTS = 10;

/** Writes what was approved, unless somebody else has changed one of these people since; again, it changes nothing. */
export async function putApprovedPeople(deps: DecideDeps, actor: Actor, approval: LargeImport): Promise<void> {
  const kept = await keptRows(deps, approval, peopleRowsSchema);
  for (let attempt = 1; ; attempt += 1) {
    const revision = await deps.plans.directoryRevision();
    const current = await peopleOf(deps, kept.rows);
    const progress = progressOf(kept, current, ({ participantId }) => participantId);
    if (progress === "changed") throw changedSince(approval.id);
    const put = progress === "done" ? undefined : () => deps.plans.putPeople(kept.rows);
    try {
      const before = new Map(current.map((person) => [person.participantId, person]));
      const people = kept.rows.map((after) => ({ before: before.get(after.participantId), after }));
      await changeDirectory(deps, actor, revision, "directory.import-people", put, { people });
      return;
    } catch (error) {
      const isRace = error instanceof Refusal && error.kind === "conflict" && attempt < ATTEMPTS;
      if (!isRace) throw error;
    }
  }
}

async function peopleOf(deps: Pick<Deps, "plans">, rows: readonly Person[]): Promise<Person[]> {
  const named = new Set(rows.map(({ participantId }) => participantId));
  return (await deps.plans.allPeople()).filter(({ participantId }) => named.has(participantId));
}

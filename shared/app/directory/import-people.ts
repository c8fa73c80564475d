import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { Membership } from "#domain/org.ts";
import { compareText } from "#domain/text.ts";
import type { Person } from "#ports/plan-store.ts";
import type { AskDeps } from "../approvals/ask.ts";
import { isLarge } from "../approvals/rows.ts";
import type { Deps } from "../deps.ts";
import { changeDirectory, type DirectoryDeps, directoryRowProblems } from "./change-directory.ts";
import {
  acceptRows,
  type ImportReport,
  type ImportRequest,
  type ImportRow,
  previewOf,
  type RowProblem,
} from "./import-rows.ts";
import { askForPeople } from "./large-people.ts";

/**
 * Imports people: each one named gets exactly the memberships of the import, others stay as they are. With good rows only, a
 * person with one bad row is left out whole: half a history would be a wrong one. The same import twice changes nothing.
 *
 * One that changes much waits for a second person, and until then changes nothing.
 *
 * @throws Refusal `invalid` with every bad row, `conflict` when another import was faster
 */
export async function importPeople(
  deps: DirectoryDeps & AskDeps & Pick<Deps, "files" | "importLimits">,
  actor: Actor,
  request: ImportRequest<Membership>,
): Promise<ImportReport> {
  const revision = await deps.plans.directoryRevision();
  const units = await deps.plans.units();
  const incomplete = new Set(request.badRows.map(({ about }) => about));
  const accepted = acceptRows(request, (rows) => {
    const memberships = rows.map(({ value }) => value);
    const own = directoryRowProblems("membership", rows, units, memberships);
    // Where one bad row refuses all, the rows beside it need no word.
    return request.goodRowsOnly ? [...own, ...incompleteProblems(rows, own, incomplete)] : own;
  });
  const stored = await storedPeople(deps, accepted.rows);
  const changed = personsOf(accepted.rows).filter(
    (person) => canonicalJson(person) !== canonicalJson(stored.get(person.participantId) ?? null),
  );
  const taken = changed.reduce((sum, { memberships }) => sum + memberships.length, 0);
  const report = {
    rows: request.rows.length + request.badRows.length,
    unchanged: accepted.rows.length - taken,
    rejected: accepted.rejected,
    findings: accepted.findings,
  };
  // The first people of a company change nothing that anybody relies on.
  const needsApproval = stored.size > 0 && isLarge(changed.length, stored.size, deps.importLimits);
  if (request.dryRun) {
    const preview = previewOf(changed, stored, ({ participantId }) => participantId, needsApproval);
    return { ...report, taken, rebuilding: [], preview };
  }
  if (needsApproval) {
    const approval = await askForPeople(deps, actor, changed, stored);
    return { ...report, taken: 0, waiting: taken, approval: approval.id, rebuilding: [] };
  }
  const put = changed.length > 0 ? () => deps.plans.putPeople(changed) : undefined;
  const people = changed.map((after) => ({ before: stored.get(after.participantId), after }));
  const recrediting = await changeDirectory(deps, actor, revision, "directory.import-people", put, { people });
  return { ...report, taken, ...recrediting };
}

/** The other rows of everybody who has a bad one. An unreadable row whose person nobody can tell may be anybody's. */
function incompleteProblems(
  rows: readonly ImportRow<Membership>[],
  own: readonly RowProblem[],
  incomplete: ReadonlySet<string | undefined>,
): RowProblem[] {
  const bad = new Set(own.map(({ row }) => row));
  const persons = new Set(incomplete);
  for (const row of bad) if (row !== undefined) persons.add(rows[row]?.value.participantId);
  return rows.flatMap(({ value, placeOf }, row): RowProblem[] => {
    const isIncomplete = incomplete.has(undefined) || persons.has(value.participantId);
    if (bad.has(row) || !isIncomplete) return [];
    const problem = {
      code: "incomplete-person",
      path: placeOf("participant_id"),
      message: `${value.participantId} is left out, because another row that is or may be theirs is bad`,
      seen: value.participantId,
      mend: "mend the other row and import all rows of this person together",
    };
    return [{ row, problem }];
  });
}

async function storedPeople(deps: DirectoryDeps, rows: readonly ImportRow<Membership>[]): Promise<Map<string, Person>> {
  if (rows.length === 0) return new Map();
  return new Map((await deps.plans.allPeople()).map((person) => [person.participantId, person]));
}

/** In order of time, so that the order of rows says nothing. */
function personsOf(rows: readonly ImportRow<Membership>[]): Person[] {
  const byId = new Map<string, Membership[]>();
  for (const { value } of rows) byId.set(value.participantId, [...(byId.get(value.participantId) ?? []), value]);
  return [...byId].map(([participantId, memberships]) => ({
    participantId,
    memberships: memberships.sort((a, b) => compareText(a.from ?? "", b.from ?? "")),
  }));
}

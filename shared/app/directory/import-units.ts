import type { Actor } from "#domain/actor.ts";
import { canonicalJson } from "#domain/canonical.ts";
import type { OrgUnit } from "#domain/org.ts";
import { changeDirectory, type DirectoryDeps, directoryRowProblems } from "./change-directory.ts";
import { acceptRows, type ImportReport, type ImportRequest, previewOf } from "./import-rows.ts";

/**
 * Imports organisation units; units that are not named stay. The whole organisation that results must be one tree or
 * several, without gaps and circles. The same import twice changes nothing.
 *
 * @throws Refusal `invalid` with every bad row, `conflict` when another import was faster
 */
export async function importUnits(
  deps: DirectoryDeps,
  actor: Actor,
  request: ImportRequest<OrgUnit>,
): Promise<ImportReport> {
  const revision = await deps.plans.directoryRevision();
  const stored = new Map((await deps.plans.units()).map((unit) => [unit.unit, unit]));
  const accepted = acceptRows(request, (rows) => {
    const named = new Set(rows.map(({ value }) => value.unit));
    const others = [...stored.values()].filter(({ unit }) => !named.has(unit));
    return directoryRowProblems("unit", rows, [...rows.map(({ value }) => value), ...others], []);
  });
  const changed = accepted.rows
    .map(({ value }) => value)
    .filter((unit) => canonicalJson(unit) !== canonicalJson(stored.get(unit.unit) ?? null));
  const report = {
    rows: request.rows.length + request.badRows.length,
    taken: changed.length,
    unchanged: accepted.rows.length - changed.length,
    rejected: accepted.rejected,
    findings: accepted.findings,
  };
  if (request.dryRun) {
    return { ...report, rebuilding: [], preview: previewOf(changed, stored, ({ unit }) => unit, false) };
  }
  const put = changed.length > 0 ? () => deps.plans.putUnits(changed) : undefined;
  const named = new Set(changed.map(({ unit }) => unit));
  const before = [...stored.values()];
  const after = [...before.filter(({ unit }) => !named.has(unit)), ...changed];
  const units = { before, after, people: changed.length > 0 ? await deps.plans.allPeople() : [] };
  const recrediting = await changeDirectory(deps, actor, revision, "directory.import-units", put, { units });
  return { ...report, ...recrediting };
}

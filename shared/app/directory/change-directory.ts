import type { Actor } from "#domain/actor.ts";
import { directoryProblems, type Membership, type OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { audit } from "../audit.ts";
import { raiseEpochs } from "../crediting/raise-epoch.ts";
import type { Deps } from "../deps.ts";
import type { ImportRow, RowProblem } from "./import-rows.ts";

export type DirectoryDeps = Pick<Deps, "plans" | "jobs" | "clock">;

/**
 * The directory's revision is even while the directory is at rest and odd while an import writes. Whoever kept a copy under
 * an odd number reads again after; an import that finds an odd number finishes what one before it left half done.
 *
 * @param put writes the changes; undefined when the import says nothing new
 * @returns the campaigns whose credits are computed anew
 * @throws Refusal("conflict") when another import was faster
 */
export async function changeDirectory(
  deps: DirectoryDeps,
  actor: Actor,
  seenRevision: number,
  action: string,
  put: (() => Promise<void>) | undefined,
): Promise<string[]> {
  let revision = seenRevision;
  const isHalfDone = revision % 2 === 1;
  if (put === undefined && !isHalfDone) return [];
  const step = async () => {
    revision += 1;
    if (!(await deps.plans.setDirectoryRevision(revision))) throw anotherImport();
  };
  // A writer that comes after one that died takes a new odd number, so that two cannot both believe to be the only one.
  if (isHalfDone) await step();
  await step();
  await put?.();
  // Before the number is even again: an import that dies here is finished by the next.
  const rebuilding = await raiseEpochs(deps);
  await step();
  await audit(deps, actor, action, "directory", { revision: String(revision) });
  return rebuilding;
}

/** Everything that contradicts itself in a directory, by the row of the import that is at fault. */
export function directoryRowProblems(
  kind: "unit" | "membership",
  rows: readonly ImportRow<OrgUnit | Membership>[],
  units: readonly OrgUnit[],
  memberships: readonly Membership[],
): RowProblem[] {
  // Imported rows stand first in their list, so an index within them is the row's.
  const rowByPlace = new Map<string, number>();
  const placeOf = (of: "unit" | "membership", index: number, column: string) => {
    const place = of === kind ? rows[index]?.placeOf(column) : undefined;
    if (place === undefined) return `stored ${of} ${index}, ${column}`;
    rowByPlace.set(place, index);
    return place;
  };
  return directoryProblems(units, memberships, placeOf).map((problem) => ({
    row: rowByPlace.get(problem.path),
    problem,
  }));
}

function anotherImport(): Refusal {
  return new Refusal("conflict", "another import changed the directory at the same time; import the same again");
}

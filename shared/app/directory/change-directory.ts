import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN } from "#domain/audit.ts";
import { directoryProblems, type Membership, type OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import { audited } from "../audit/note.ts";
import { campaignsInForce } from "../crediting/live-rules.ts";
import { type Change, EVERYTHING } from "../crediting/pending.ts";
import { type Raised, raiseEpoch } from "../crediting/raise-epoch.ts";
import type { Deps } from "../deps.ts";
import { planInForce } from "../find-campaign.ts";
import { inParallel } from "../parallel.ts";
import { changeFor, type DirectoryChange } from "./affected-campaigns.ts";
import type { ImportRow, RowProblem } from "./import-rows.ts";

export type DirectoryDeps = Pick<Deps, "plans" | "jobs" | "audit" | "clock">;

/**
 * The directory's revision is even while the directory is at rest and odd while an import writes. Whoever kept a copy under
 * an odd number reads again after; an import that finds an odd number finishes what one before it left half done.
 *
 * @param put writes the changes; undefined when the import says nothing new
 * @param change what changes; only the campaigns that can see it are looked at again, and in them only the people it is about
 * @returns the campaigns in which credits or totals are computed anew
 * @throws Refusal("conflict") when another import was faster
 */
export async function changeDirectory(
  deps: DirectoryDeps,
  actor: Actor,
  seenRevision: number,
  action: string,
  put: (() => Promise<void>) | undefined,
  change?: DirectoryChange,
): Promise<Recrediting> {
  let revision = seenRevision;
  const isHalfDone = revision % 2 === 1;
  if (put === undefined && !isHalfDone) return { rebuilding: [], recrediting: [] };
  const step = async () => {
    revision += 1;
    if (!(await deps.plans.setDirectoryRevision(revision))) throw anotherImport();
  };
  const deed = { chain: COMPANY_CHAIN, action, subject: "directory", detail: { revision: String(revision) } };
  return audited(
    deps,
    actor,
    deed,
    async () => {
      // A writer that comes after one that died takes a new odd number, so that two cannot both believe to be the only one.
      if (isHalfDone) await step();
      await step();
      await put?.();
      // Before the number is even again: an import that dies here is finished by the next.
      // Somebody who took this import for dead has changed what it was compared with.
      const stillHolds = async () => (await deps.plans.directoryRevision()) === revision;
      const known = !isHalfDone && (await stillHolds()) ? change : undefined;
      const raised = await raiseAffected(deps, known, { reason: action, by: actor.subject, stillHolds });
      await step();
      return { rebuilding: raised.map(({ campaign }) => campaign), recrediting: raised };
    },
    toldOf,
  );
}

/** What an import sets going. */
export interface Recrediting {
  readonly rebuilding: readonly string[];
  readonly recrediting: readonly Raised[];
}

function toldOf({ recrediting }: Recrediting): Readonly<Record<string, string>> {
  const people = Math.max(0, ...recrediting.map((raised) => raised.people ?? 0));
  const all = recrediting.filter(({ credits }) => credits === "all").length;
  return { campaigns: String(recrediting.length), people: String(people), ...(all > 0 ? { whole: String(all) } : {}) };
}

const CAMPAIGNS_AT_ONCE = 8;

/** @param change undefined: nobody knows what an import that died has written, so everything is looked at again */
async function raiseAffected(
  deps: DirectoryDeps,
  change: DirectoryChange | undefined,
  because: Pick<Change, "reason" | "by" | "stillHolds">,
): Promise<Raised[]> {
  const raised = await inParallel(CAMPAIGNS_AT_ONCE, await campaignsInForce(deps), async (campaign) => {
    const ofCampaign = change
      ? changeFor(change, await planInForce(deps, campaign), because)
      : { ...EVERYTHING, ...because };
    return ofCampaign && raiseEpoch(deps, campaign.id, ofCampaign);
  });
  return raised.flatMap((one) => one ?? []);
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

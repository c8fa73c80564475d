import { formatInstant } from "#domain/instant.ts";
import type { ReconciledDay, Reconciliation, ReconciliationRecord } from "#domain/reconciliation.ts";
import { LiveRules } from "../crediting/live-rules.ts";
import type { Deps } from "../deps.ts";
import { type Look, type LookDeps, partKey, rulesOf } from "./look.ts";
import { Notes, type Suspect } from "./notes.ts";
import { latestKey, reportKey } from "./read-reconciliation.ts";

/** Totals that are looked at a second time; if more are out of step, everything is. */
const MOST_SUSPECTS = 500;

/** Days on which the credits that are there are not, one for one, what facts say; and totals to look at again. */
export async function toLookAtAgain(
  deps: Pick<Deps, "files">,
  look: Look,
  parts: readonly string[],
): Promise<{ days: string[]; suspects: Suspect[] }> {
  const notes = await together(deps, look, parts);
  return {
    days: notes.days.filter((day) => !agrees(day)).map(({ day }) => day),
    suspects: notes.suspects.slice(0, MOST_SUSPECTS),
  };
}

function agrees({ credits, sums, differing, changing }: ReconciledDay): boolean {
  const sides = [credits, ...Object.values(sums)];
  return differing === 0 && !changing && sides.every(({ facts, derived }) => facts === derived);
}

/** Puts the parts together, and keeps the report and the campaign's record of its newest one. */
export async function concludeLook(
  deps: LookDeps,
  look: Look,
  parts: readonly string[],
  liveRules = new LiveRules(),
): Promise<Reconciliation> {
  const isSuperseded = (await rulesOf(deps, look, liveRules)) === undefined;
  const notes = isSuperseded ? new Notes() : await together(deps, look, parts);
  const { campaign, id, epoch, startedAt, settledUntil } = look;
  const record: ReconciliationRecord = {
    campaign,
    id,
    state: isSuperseded ? "superseded" : notes.differences > 0 ? "differs" : "agrees",
    epoch,
    startedAt,
    finishedAt: formatInstant(deps.clock.now()),
    settledUntil,
    differences: notes.differences,
  };
  const report: Reconciliation = { ...record, findings: notes.findings, days: notes.days };
  // The record last: it says that there is a report.
  await keep(deps, reportKey(campaign, id), report);
  await keep(deps, latestKey(campaign), record);
  return report;
}

async function keep(deps: Pick<Deps, "files">, key: string, document: object): Promise<void> {
  await deps.files.put(key, Buffer.from(JSON.stringify(document)), "application/json");
}

async function together(deps: Pick<Deps, "files">, look: Look, parts: readonly string[]): Promise<Notes> {
  const notes = new Notes();
  for (const part of parts) notes.add(await Notes.read(deps, partKey(look, part)));
  return notes;
}

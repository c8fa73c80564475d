import type { Actor } from "#domain/actor.ts";
import type { FactKind, FactMessage } from "#domain/fact.ts";
import type { ImportKind, KeptImport } from "#domain/import.ts";
import { parseInstant } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { FactsContext, ImportReader, TableFile } from "#ports/imports.ts";
import type { Deps } from "../deps.ts";
import type { ImportReport } from "../directory/import-rows.ts";
import { findCampaign, planInForce } from "../find-campaign.ts";
import type { FactReceipt } from "../intake/record-facts.ts";
import { reportFacts } from "../intake/report-facts.ts";
import { keepImport } from "./import-record.ts";

type FactDeps = Pick<Deps, "facts" | "plans" | "audit" | "files" | "clock"> & { readonly importReader: ImportReader };

const KINDS: Readonly<Partial<Record<ImportKind, FactKind>>> = { sales: "sale", scores: "score", evidence: "evidence" };

/** Messages that are reported at once, as one entry of the audit; how far the import is, is kept after each. */
const AT_ONCE = 1_000;

/**
 * Reports the rows of a file as facts of its source, by the way that machines report them. A row that says again what is stored is
 * unchanged; one that contradicts it is a finding. A dry run tells what can be read, not what of it is new.
 */
export async function importFacts(
  deps: FactDeps,
  actor: Actor,
  record: KeptImport,
  { file, dryRun }: { readonly file: TableFile; readonly dryRun: boolean },
): Promise<{ report: ImportReport; notes: readonly string[] }> {
  const { rows, badRows, notes } = await deps.importReader.facts(file, await contextOf(deps, record));
  const bad = badRows.flatMap(({ problems }) => problems);
  if (bad.length > 0 && record.mode === "allOrNothing") {
    throw new Refusal("invalid", `the import has ${bad.length} problems; nothing was imported`, bad);
  }
  const report = { rows: rows.length + badRows.length, rejected: badRows.length, findings: bad, rebuilding: [] };
  if (dryRun) {
    const changes = rows.slice(0, 20).map(({ value }) => ({ about: value.externalId, after: { ...value } }));
    const preview = { changes, needsApproval: false };
    return { report: { ...report, taken: rows.length, unchanged: 0, preview }, notes };
  }
  const told = await reportRows(deps, actor, record, rows);
  const findings = [...bad, ...told.findings];
  const { taken, unchanged, rejected } = told;
  return { report: { ...report, taken, unchanged, rejected: badRows.length + rejected, findings }, notes };
}

interface Told {
  readonly taken: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly findings: readonly Problem[];
}

async function reportRows(
  deps: FactDeps,
  actor: Actor,
  record: KeptImport,
  rows: readonly { readonly value: FactMessage; readonly placeOf: (column: string) => string }[],
): Promise<Told> {
  const findings: Problem[] = [];
  let [taken, unchanged, rejected] = [0, 0, 0];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const part = rows.slice(start, start + AT_ONCE);
    const receipts = await reportFacts(
      deps,
      actor,
      part.map(({ value }) => value),
    );
    for (const [index, receipt] of receipts.entries()) {
      const place = part[index]?.placeOf("external_id") ?? "";
      if (receipt.outcome === "stored") {
        if (isNew(receipt, record)) taken += 1;
        else unchanged += 1;
      } else {
        rejected += 1;
        findings.push(...findingsOf(receipt, place));
      }
    }
    await keepImport(deps, { ...record, progress: { rows: rows.length, done: start + part.length } });
  }
  return { taken, unchanged, rejected, findings };
}

/** A fact that the store knew before the import was asked for was told by somebody else. */
function isNew({ recordedAt = "" }: FactReceipt, { requestedAt }: KeptImport): boolean {
  return (parseInstant(recordedAt) ?? 0) >= (parseInstant(requestedAt) ?? 0);
}

function findingsOf({ outcome, problems = [], fact, version }: FactReceipt, path: string): Problem[] {
  if (outcome === "rejected") return problems.map((problem) => ({ ...problem, path }));
  const message = `version ${version} of ${fact} is stored and says something else; this row is kept apart as a conflict`;
  return [{ code: "conflict", path, message, mend: "send a correction as a higher version" }];
}

async function contextOf(deps: Pick<Deps, "plans">, record: KeptImport): Promise<FactsContext> {
  const { campaign, source = "", kind } = record;
  const plan = campaign === undefined ? undefined : await planInForce(deps, await findCampaign(deps, campaign));
  const zone = record.zone ?? plan?.period.zone ?? "UTC";
  const own = KINDS[kind];
  return { source, zone, attributes: plan?.attributes ?? {}, ...(own === undefined ? {} : { kind: own }) };
}

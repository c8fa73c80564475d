import { createHash } from "node:crypto";
import type { Actor } from "#domain/actor.ts";
import type { KeptImport, Upload } from "#domain/import.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { ImportReader, RowsOfFile, TableFile } from "#ports/imports.ts";
import type { AskDeps } from "../approvals/ask.ts";
import { importTargets } from "../campaigns/import-targets.ts";
import type { Deps } from "../deps.ts";
import type { DirectoryDeps } from "../directory/change-directory.ts";
import { importPeople } from "../directory/import-people.ts";
import type { ImportReport, ImportRequest } from "../directory/import-rows.ts";
import { importUnits } from "../directory/import-units.ts";
import { importFacts } from "./import-facts.ts";
import {
  findImport,
  findUpload,
  keepFindings,
  keepImport,
  rememberFile,
  sameFile,
  uploadKey,
} from "./import-record.ts";

export type ImportDeps = DirectoryDeps &
  AskDeps &
  Pick<Deps, "facts" | "files" | "importLimits"> & { readonly importReader: ImportReader };

/** An import names one execution. */
export interface ImportExecution {
  readonly id: string;
  readonly attempt: number;
}

/**
 * Carries out an import, or looks what it would change. Done again it comes to the same: what was written is unchanged then.
 *
 * @returns the import as it is now; as it was, when another execution goes on with it
 */
export async function runImport(deps: ImportDeps, { id, attempt }: ImportExecution): Promise<KeptImport> {
  const record = await findImport(deps, id);
  const isOurs = record.attempt === attempt && (record.state === "queued" || record.state === "confirmed");
  if (!isOurs) return record;
  try {
    return await carryOut(deps, record);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const findings = error.problems.length > 0 ? error.problems : [problemOf(error)];
    await keepFindings(deps, id, findings);
    // Somebody else wrote meanwhile: that is no fault of the file, and may be tried again.
    const state = error.kind === "conflict" || error.kind === "stale" ? "failed" : "refused";
    return keepImport(deps, { ...record, state, findings: findings.length });
  }
}

/** What is said of an execution that broke: it can be confirmed again. */
export async function giveUpImport(deps: ImportDeps, { id, attempt }: ImportExecution): Promise<void> {
  const record = await findImport(deps, id);
  if (record.attempt !== attempt || (record.state !== "queued" && record.state !== "confirmed")) return;
  await keepImport(deps, { ...record, state: "failed" });
}

async function carryOut(deps: ImportDeps, record: KeptImport): Promise<KeptImport> {
  const upload = await findUpload(deps, record.upload, record.requestedBy);
  const { file, sha256 } = await fileOf(deps, record, upload);
  const dryRun = record.state === "queued";
  const known = { ...record, sha256, ...same(await sameFile(deps, record, sha256)) };
  const { report, notes } = await importRows(deps, known, file, dryRun);
  await keepFindings(deps, record.id, report.findings);
  const waits = report.approval !== undefined;
  const kept = await keepImport(deps, {
    ...known,
    state: dryRun ? "ready" : waits ? "waiting" : "done",
    notes: [...notes],
    progress: { rows: report.rows, done: report.rows },
    report: countsOf(report),
    findings: report.findings.length,
    rebuilding: [...report.rebuilding],
    ...(report.preview
      ? { preview: { changes: [...report.preview.changes], needsApproval: report.preview.needsApproval } }
      : {}),
    ...(report.approval === undefined ? {} : { approval: report.approval }),
  });
  if (!dryRun) await rememberFile(deps, record, sha256);
  return kept;
}

function same(id: string | undefined): { readonly sameAs?: string } {
  return id === undefined ? {} : { sameAs: id };
}

function countsOf({ rows, taken, unchanged, rejected, waiting }: ImportReport) {
  return { rows, taken, unchanged, rejected, ...(waiting === undefined ? {} : { waiting }) };
}

/** The bytes, which must be those that were promised, and after a preview those that it showed. */
async function fileOf(
  deps: Pick<Deps, "files">,
  record: KeptImport,
  upload: Upload,
): Promise<{ file: TableFile; sha256: string }> {
  const { fileName: name, encoding, delimiter, sheet } = record;
  const bytes = await deps.files.get(uploadKey(upload.id));
  const refused = (code: string, message: string, seen?: string, allowed?: string) =>
    new Refusal("invalid", message, [
      {
        code,
        path: name,
        message,
        ...(seen === undefined ? {} : { seen }),
        ...(allowed === undefined ? {} : { allowed }),
      },
    ]);
  if (!bytes) throw refused("no-file", "the file was not uploaded");
  if (bytes.length !== upload.size) {
    throw refused("other-size", "the file has another size than was said", String(bytes.length), String(upload.size));
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const expected = record.sha256 ?? upload.sha256;
  if (expected !== undefined && sha256 !== expected) {
    const before = record.sha256 === undefined ? "was said" : "the preview showed";
    throw refused("other-file", `the file is another than ${before}`, sha256, expected);
  }
  return { file: { name, bytes, encoding, delimiter, sheet }, sha256 };
}

async function importRows(
  deps: ImportDeps,
  record: KeptImport,
  file: TableFile,
  dryRun: boolean,
): Promise<{ report: ImportReport; notes: readonly string[] }> {
  const actor = actorOf(record);
  const goodRowsOnly = record.mode === "goodRows";
  /** Reads the rows and hands them to the same use case that the JSON routes call. */
  const pass = async <T>(rows: Promise<RowsOfFile<T>>, take: (request: ImportRequest<T>) => Promise<ImportReport>) => {
    const { notes, ...read } = await rows;
    return { report: await take({ ...read, goodRowsOnly, dryRun }), notes };
  };
  const { importReader: reader } = deps;
  switch (record.kind) {
    case "people":
      return pass(reader.memberships(file), (request) => importPeople(deps, actor, request));
    case "units":
      return pass(reader.units(file), (request) => importUnits(deps, actor, request));
    case "targets":
      return pass(reader.targets(file), (request) => importTargets(deps, actor, record.campaign ?? "", request));
    default:
      return importFacts(deps, actor, record, { file, dryRun });
  }
}

/** In whose name the import writes; the audit names the call that asked for it. */
function actorOf({ actor: { client, request, ...actor } }: KeptImport): Actor {
  return { ...actor, ...(client === undefined ? {} : { client }), ...(request === undefined ? {} : { request }) };
}

function problemOf({ kind, message }: Refusal): Problem {
  return { code: kind, path: "", message };
}

import { canonicalJson } from "#domain/canonical.ts";
import {
  findingsSchema,
  type Import,
  type KeptImport,
  keptImportSchema,
  type Upload,
  uploadSchema,
} from "#domain/import.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";

/**
 * Records of uploads and imports lie beside the files that they are about. Each has one writer at a time: who asks, then the job, then
 * who confirms. Two that confirm at once write the same, and what an import writes can be written twice.
 */

type FileDeps = Pick<Deps, "files">;

/** Findings that are kept; the count tells of all. */
export const FINDINGS_KEPT = 10_000;

export function uploadKey(id: string): string {
  return `uploads/${id}/file`;
}

export async function keepUpload(deps: FileDeps, upload: Upload): Promise<void> {
  await putJson(deps, `uploads/${upload.id}/upload.json`, upload);
}

/** @throws Refusal("notFound"): of others' uploads too */
export async function findUpload(deps: FileDeps, id: string, subject: string): Promise<Upload> {
  const stored = isId(id) ? await getJson(deps, `uploads/${id}/upload.json`) : undefined;
  const upload = stored === undefined ? undefined : uploadSchema.parse(stored);
  if (upload?.requestedBy === subject) return upload;
  throw new Refusal("notFound", `you have no upload ${id.slice(0, 80)}`);
}

export async function keepImport(deps: Pick<Deps, "files" | "clock">, record: KeptImport): Promise<KeptImport> {
  const kept = { ...record, updatedAt: formatInstant(deps.clock.now()) };
  await putJson(deps, `imports/${record.id}/record.json`, kept);
  return kept;
}

/** @throws Refusal("notFound") */
export async function findImport(deps: FileDeps, id: string): Promise<KeptImport> {
  const stored = isId(id) ? await getJson(deps, `imports/${id}/record.json`) : undefined;
  if (stored === undefined) throw new Refusal("notFound", `there is no import ${id.slice(0, 80)}`);
  return keptImportSchema.parse(stored);
}

export async function keepFindings(deps: FileDeps, id: string, findings: readonly Problem[]): Promise<void> {
  await putJson(deps, `imports/${id}/findings.json`, findings.slice(0, FINDINGS_KEPT));
}

export async function findingsOf(deps: FileDeps, id: string): Promise<Problem[]> {
  return findingsSchema.parse((await getJson(deps, `imports/${id}/findings.json`)) ?? []);
}

/** The last import of the same bytes to the same place that was carried out. */
export async function sameFile(deps: FileDeps, record: KeptImport, sha256: string): Promise<string | undefined> {
  const stored = await getJson(deps, sameKey(record, sha256));
  return typeof stored === "string" && stored !== record.id ? stored : undefined;
}

export async function rememberFile(deps: FileDeps, record: KeptImport, sha256: string): Promise<void> {
  await putJson(deps, sameKey(record, sha256), record.id);
}

function sameKey({ kind, campaign = "", source = "", sheet = "" }: Import, sha256: string): string {
  return `imports/same/${hashOf({ kind, campaign, source, sheet, sha256 })}.json`;
}

/** Ids are hashes; anything else would be a path. */
function isId(id: string): boolean {
  return /^[0-9a-f]{64}$/.test(id);
}

async function putJson({ files }: FileDeps, key: string, value: unknown): Promise<void> {
  await files.put(key, new TextEncoder().encode(canonicalJson(value)), "application/json");
}

async function getJson({ files }: FileDeps, key: string): Promise<unknown> {
  const bytes = await files.get(key);
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
}

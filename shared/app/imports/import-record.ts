import { canonicalJson } from "#domain/canonical.ts";
import {
  findingsSchema,
  type Import,
  type KeptImport,
  keptImportSchema,
  type Upload,
  uploadSchema,
} from "#domain/import.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { hashOf } from "#engine/hash.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { inParallel } from "../parallel.ts";

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
  const record = await recordOf(deps, id);
  if (record === undefined) throw new Refusal("notFound", `there is no import ${id.slice(0, 80)}`);
  return record;
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

/** By when they were asked for, the newest first: the later, the smaller. */
const LATEST_MS = 9_999_999_999_999;
const PLACE = /^\d{13}-[0-9a-f]{64}$/;

/**
 * Lets an import be found again by who asked for it, and by auditors. Written before the record: what has no record is passed over,
 * and no record is ever without its place in the list.
 */
export async function rememberImport(deps: FileDeps, { id, requestedBy, requestedAt }: Import): Promise<void> {
  const place = `${String(LATEST_MS - instantOf(requestedAt)).padStart(13, "0")}-${id}`;
  for (const folder of [folderOf(requestedBy), folderOf()]) await putJson(deps, `${folder}/${place}`, id);
}

/** @param whose left out: of everybody. @throws Refusal("invalid") for a cursor of another listing */
export async function listImportRecords(
  deps: FileDeps,
  whose: string | undefined,
  { limit = 50, cursor }: PageRequest,
): Promise<Page<KeptImport>> {
  const folder = folderOf(whose);
  const after = cursor === undefined ? undefined : `${folder}/${placeOf(cursor)}`;
  const keys = await deps.files.list(folder, { limit: limit + 1, after });
  const places = keys.slice(0, limit).map((key) => key.slice(folder.length + 1));
  const records = await inParallel(8, places, async (place) => recordOf(deps, place.slice(14)));
  const last = places.at(-1);
  const items = records.filter((record) => record !== undefined);
  return { items, ...(keys.length > limit && last !== undefined ? { cursor: last } : {}) };
}

function folderOf(subject?: string): string {
  return subject === undefined ? "imports/all" : `imports/of/${hashOf({ subject })}`;
}

function placeOf(cursor: string): string {
  if (PLACE.test(cursor)) return cursor;
  const message = "a cursor continues only the listing that gave it";
  const problem: Problem = { code: "cursor", path: "cursor", message, mend: "begin again without a cursor" };
  throw new Refusal("invalid", "the cursor does not belong to this listing", [problem]);
}

async function recordOf(deps: FileDeps, id: string): Promise<KeptImport | undefined> {
  const stored = isId(id) ? await getJson(deps, `imports/${id}/record.json`) : undefined;
  return stored === undefined ? undefined : keptImportSchema.parse(stored);
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

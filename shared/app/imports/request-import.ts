import type { Actor } from "#domain/actor.ts";
import { COMPANY_CHAIN, campaignChain } from "#domain/audit.ts";
import type { Import, ImportKind, KeptImport, Upload } from "#domain/import.ts";
import { IMPORTERS_OF } from "#domain/import.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import { isZone } from "#domain/time.ts";
import { hashOf } from "#engine/hash.ts";
import type { ImportJobs, UploadLink, UploadLinks } from "#ports/imports.ts";
import { audited } from "../audit/note.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import { findImport, findUpload, keepImport, keepUpload, rememberImport, uploadKey } from "./import-record.ts";

/** What uploads and imports need besides. */
export interface StartsImports {
  readonly uploadLinks: UploadLinks;
  readonly importJobs: ImportJobs;
}

type UploadDeps = Pick<Deps, "files" | "audit" | "clock"> & Pick<StartsImports, "uploadLinks">;

/**
 * Promises a place for a file, and the request that puts it there.
 *
 * @throws Refusal `forbidden` when the actor may not import this kind
 */
export async function requestUpload(
  deps: UploadDeps,
  actor: Actor,
  asked: Pick<Upload, "kind" | "fileName" | "size" | "sha256">,
): Promise<{ upload: Upload; link: UploadLink }> {
  requireImporter(actor, asked.kind);
  const requestedAt = formatInstant(deps.clock.now());
  const id = hashOf({ ...asked, by: actor.subject, at: requestedAt, request: actor.request ?? "" });
  const upload: Upload = { id, ...asked, requestedBy: actor.subject, requestedAt };
  const detail = { kind: asked.kind, fileName: asked.fileName, size: String(asked.size) };
  return audited(deps, actor, { chain: COMPANY_CHAIN, action: "upload.request", subject: id, detail }, async () => {
    await keepUpload(deps, upload);
    return { upload, link: await deps.uploadLinks.link(uploadKey(id), asked.size) };
  });
}

export type ImportRequestBody = Pick<
  Import,
  "upload" | "mode" | "campaign" | "source" | "zone" | "sheet" | "encoding" | "delimiter"
> & {
  /** Only look: what would change. It can be confirmed then. */
  readonly preview: boolean;
};

type StartDeps = Pick<Deps, "files" | "plans" | "audit" | "clock"> & Pick<StartsImports, "importJobs">;

/**
 * Starts an import of an uploaded file, or a look at what it would change.
 *
 * @throws Refusal `notFound`, `forbidden`, `invalid` when something is missing that the kind needs
 */
export async function startImport(
  deps: StartDeps,
  actor: Actor,
  { preview, ...asked }: ImportRequestBody,
): Promise<Import> {
  const upload = await findUpload(deps, asked.upload, actor.subject);
  requireImporter(actor, upload.kind);
  await requireScope(deps, actor, upload.kind, asked);
  const now = formatInstant(deps.clock.now());
  const record: KeptImport = {
    id: hashOf({ ...asked, by: actor.subject, at: now, request: actor.request ?? "" }),
    kind: upload.kind,
    fileName: upload.fileName,
    state: preview ? "queued" : "confirmed",
    ...asked,
    requestedBy: actor.subject,
    requestedAt: now,
    updatedAt: now,
    progress: { rows: 0, done: 0 },
    findings: 0,
    notes: [],
    rebuilding: [],
    actor: keptActor(actor),
    attempt: 1,
  };
  await rememberImport(deps, record);
  return begun(deps, actor, record, "import.request");
}

/**
 * Carries out what a preview showed; or tries again what has failed through no fault of the file.
 *
 * @throws Refusal `notFound`, `conflict` when there is nothing to confirm
 */
export async function confirmImport(deps: StartDeps, actor: Actor, id: string): Promise<Import> {
  const record = await findImport(deps, id);
  if (record.requestedBy !== actor.subject) throw new Refusal("notFound", `there is no import ${id}`);
  requireImporter(actor, record.kind);
  if (record.state !== "ready" && record.state !== "failed") {
    throw new Refusal("conflict", `import ${id} is ${record.state}: only what is ready, or has failed, is confirmed`);
  }
  const next = { ...record, state: "confirmed", attempt: record.attempt + 1, actor: keptActor(actor) } as const;
  return begun(deps, actor, next, "import.confirm");
}

async function begun(deps: StartDeps, actor: Actor, record: KeptImport, action: string): Promise<Import> {
  const chain = record.campaign === undefined ? COMPANY_CHAIN : campaignChain(record.campaign);
  const detail = { kind: record.kind, upload: record.upload, mode: record.mode };
  return audited(deps, actor, { chain, action, subject: record.id, detail }, async () => {
    const kept = await keepImport(deps, record);
    await deps.importJobs.startImport(kept.id, kept.attempt);
    return shown(kept);
  });
}

/** Beside the role that opens the route, each kind of file has its own. */
function requireImporter(actor: Actor, kind: ImportKind): void {
  const role = IMPORTERS_OF[kind];
  if (actor.roles.includes(role)) return;
  const message = `files of ${kind} are imported by another role`;
  const seen = actor.roles.join(", ");
  throw new Refusal("forbidden", message, [{ code: "import-kind", path: "/kind", message, seen, allowed: role }]);
}

/** What each kind has to say about where it goes. */
async function requireScope(
  deps: Pick<Deps, "plans">,
  actor: Actor,
  kind: ImportKind,
  { campaign, source, zone }: Pick<ImportRequestBody, "campaign" | "source" | "zone">,
): Promise<void> {
  const problems: Problem[] = [];
  const needed = (path: string, what: string) => problems.push({ code: "missing-value", path, message: what });
  if (campaign !== undefined) await findCampaign(deps, campaign);
  if (zone !== undefined && !isZone(zone)) {
    problems.push({ code: "bad-value", path: "/zone", message: "there is no such time zone", seen: zone });
  }
  if (kind === "targets" && campaign === undefined) needed("/campaign", "targets are of a campaign");
  if (IMPORTERS_OF[kind] === "integrator") {
    if (source === undefined) needed("/source", "facts are reported for a source");
    else if (!actor.sources.includes(source)) {
      const allowed = actor.sources.join(", ") || "no source";
      const message = "your token does not name this source";
      problems.push({ code: "other-source", path: "/source", message, seen: source, allowed });
    }
    if (campaign === undefined && zone === undefined) {
      needed("/zone", "times without an offset need a zone, or a campaign that has one");
    }
  }
  if (problems.length > 0) throw new Refusal("invalid", `the import has ${problems.length} problems`, problems);
}

function keptActor({ subject, roles, units, sources, client, request }: Actor): KeptImport["actor"] {
  return {
    subject,
    roles: [...roles],
    units: [...units],
    sources: [...sources],
    ...(client === undefined ? {} : { client }),
    ...(request === undefined ? {} : { request }),
  };
}

/** An import as its maker sees it. */
export function shown({ actor: _actor, attempt: _attempt, ...record }: KeptImport): Import {
  return record;
}

import type { Actor } from "#domain/actor.ts";
import type { Import } from "#domain/import.ts";
import { type Problem, Refusal } from "#domain/problem.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { listPage } from "../list-page.ts";
import { findImport, findingsOf, listImportRecords } from "./import-record.ts";
import { shown } from "./request-import.ts";

/**
 * How far an import is, and what came of it. Its maker sees it, and auditors do: files hold what their rows hold.
 *
 * @throws Refusal("notFound")
 */
export async function readImport(deps: Pick<Deps, "files">, actor: Actor, id: string): Promise<Import> {
  const record = await findImport(deps, id);
  const isSeen = record.requestedBy === actor.subject || actor.roles.includes("auditor");
  if (!isSeen) throw new Refusal("notFound", `there is no import ${id}`);
  return shown(record);
}

/** Imports, the newest first: one's own; auditors see everybody's. */
export async function listImports(
  deps: Pick<Deps, "files">,
  actor: Actor,
  request: PageRequest,
): Promise<Page<Import>> {
  const whose = actor.roles.includes("auditor") ? undefined : actor.subject;
  const { items, ...page } = await listImportRecords(deps, whose, request);
  return { ...page, items: items.map(shown) };
}

/** What is wrong with the file, row by row, as it was found. */
export async function listFindings(
  deps: Pick<Deps, "files">,
  actor: Actor,
  id: string,
  request: PageRequest,
): Promise<Page<Problem>> {
  await readImport(deps, actor, id);
  const numbered = (await findingsOf(deps, id)).map((problem, index) => ({ problem, index }));
  const page = listPage(numbered, ({ index }) => String(index), request);
  return { ...page, items: page.items.map(({ problem }) => problem) };
}

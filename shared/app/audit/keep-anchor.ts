import { ANCHOR_ACTION, type AuditAnchor, auditAnchorSchema, COMPANY_CHAIN } from "#domain/audit.ts";
import { canonicalJson } from "#domain/canonical.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { Deps } from "../deps.ts";
import { CLOCK, noted } from "./note.ts";
import { readAnchor } from "./read-audit.ts";

/**
 * Keeps how far the audit has come, once a day: in a file, and by its hash in the company's chain. Whoever cuts a chain has to change the
 * anchors of all days since as well, and the log of the clock tells their hashes too. Of two that keep one at once both are named, and one is
 * kept. A day on which nobody woke the clock has none.
 *
 * @returns the anchor, when it is the day's first; undefined when there is one already, or nothing to anchor
 */
export async function keepAnchor(deps: Pick<Deps, "audit" | "files" | "clock">): Promise<AuditAnchor | undefined> {
  const day = formatInstant(deps.clock.now()).slice(0, 10);
  if (await deps.files.get(fileOf(day))) return undefined;
  const anchor = await readAnchor(deps, day);
  if (anchor.heads.length === 0) return undefined;
  const detail = { chains: String(anchor.heads.length) };
  const deed = { chain: COMPANY_CHAIN, action: ANCHOR_ACTION, subject: day, shown: anchor.hash, detail };
  // Named before it is kept: who dies in between names another, and what is kept is always named.
  await noted(deps, CLOCK, deed, () =>
    deps.files.put(fileOf(day), new TextEncoder().encode(canonicalJson(anchor)), "application/json"),
  );
  return anchor;
}

/**
 * The anchor that was kept on a day.
 *
 * @throws Refusal("notFound")
 */
export async function keptAnchor(deps: Pick<Deps, "files">, day: string): Promise<AuditAnchor> {
  const file = await deps.files.get(fileOf(day));
  if (!file) throw new Refusal("notFound", `no anchor was kept on ${day}`);
  return auditAnchorSchema.parse(JSON.parse(new TextDecoder().decode(file)));
}

function fileOf(day: string): string {
  return `anchors/${day}.json`;
}

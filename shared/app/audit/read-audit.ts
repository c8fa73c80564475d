import type { AuditAnchor, AuditEntry, AuditHead } from "#domain/audit.ts";
import { formatInstant } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import type { Page, PageRequest } from "#ports/page.ts";
import type { Deps } from "../deps.ts";
import { anchorHash } from "./verify-chains.ts";

export interface AuditFilter {
  readonly chain?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** UTC, `YYYY-MM-DD`. */
  readonly day?: string | undefined;
}

const DEFAULT_LIMIT = 50;
/** Entries looked at for one page; what matches may lie far apart, and a page may be short while more follow. */
const LOOKED_AT_MOST = 2_000;
const AT_ONCE = 200;

/** Chain after chain, each in its order. */
export async function listAudit(
  deps: Pick<Deps, "audit">,
  filter: AuditFilter,
  request: PageRequest,
): Promise<Page<AuditEntry>> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  const chains = filter.chain === undefined ? await deps.audit.chains() : [filter.chain];
  const start = startOf(chains, request.cursor);
  const found: AuditEntry[] = [];
  let looked = 0;
  for (const chain of chains.slice(start.index)) {
    let after = chain === start.chain ? start.after : 0;
    for (;;) {
      const entries = await deps.audit.entries(chain, after, AT_ONCE);
      for (const entry of entries) {
        if (found.length === limit || looked === LOOKED_AT_MOST)
          return { items: found, cursor: cursorOf(chain, after) };
        after = entry.seq;
        looked += 1;
        if (matches(entry, filter)) found.push(entry);
      }
      if (entries.length < AT_ONCE) break;
    }
  }
  return { items: found };
}

/**
 * One chain from its last entry back to its first.
 *
 * @throws Refusal("invalid") when no chain is named: in several there is no order but that of clocks
 */
export async function listNewestAudit(
  deps: Pick<Deps, "audit">,
  filter: AuditFilter,
  request: PageRequest,
): Promise<Page<AuditEntry>> {
  const { chain } = filter;
  if (chain === undefined) throw chainNotNamed();
  const limit = request.limit ?? DEFAULT_LIMIT;
  let before = request.cursor === undefined ? await endOf(deps, chain) : startOf([chain], request.cursor).after;
  const found: AuditEntry[] = [];
  let looked = 0;
  while (before > 1) {
    const from = Math.max(0, before - 1 - AT_ONCE);
    const entries = await deps.audit.entries(chain, from, before - 1 - from);
    for (const entry of entries.toReversed()) {
      if (found.length === limit || looked === LOOKED_AT_MOST) return { items: found, cursor: cursorOf(chain, before) };
      before = entry.seq;
      looked += 1;
      if (matches(entry, filter)) found.push(entry);
    }
    if (entries.length === 0) break;
  }
  return { items: found };
}

/** The number that the chain's next entry will have. */
async function endOf(deps: Pick<Deps, "audit">, chain: string): Promise<number> {
  return ((await deps.audit.last(chain))?.seq ?? 0) + 1;
}

function chainNotNamed(): Refusal {
  return new Refusal("invalid", "newest first is the order of one chain", [
    {
      code: "chain-not-named",
      path: "query/chain",
      message: "name the chain whose newest entries are asked for",
      mend: "add `chain`, such as `company`, or leave out `order`",
    },
  ]);
}

/** How far every chain has come. Kept elsewhere, it shows later that none was cut. */
export async function readAnchor(deps: Pick<Deps, "audit" | "clock">, day?: string): Promise<AuditAnchor> {
  const heads: AuditHead[] = [];
  for (const chain of await deps.audit.chains()) {
    const last = await deps.audit.last(chain);
    if (last) heads.push({ chain, seq: last.seq, hash: last.hash });
  }
  const anchor = { ...(day === undefined ? {} : { day }), at: formatInstant(deps.clock.now()), heads };
  return { ...anchor, hash: anchorHash(anchor) };
}

function matches(entry: AuditEntry, { subject, actor, action, day }: AuditFilter): boolean {
  return (
    (subject === undefined || entry.subject === subject) &&
    (actor === undefined || entry.actor === actor) &&
    (action === undefined || entry.action === action) &&
    (day === undefined || entry.at.startsWith(day))
  );
}

function cursorOf(chain: string, after: number): string {
  return Buffer.from(`${after}#${chain}`, "utf8").toString("base64url");
}

function startOf(chains: readonly string[], cursor: string | undefined) {
  if (cursor === undefined) return { index: 0, chain: chains[0], after: 0 };
  const [, after, chain = ""] = /^(\d{1,15})#(.*)$/s.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  const index = chains.indexOf(chain);
  if (after !== undefined && index >= 0) return { index, chain, after: Number(after) };
  throw new Refusal("invalid", "the cursor does not belong to this listing", [
    {
      code: "cursor",
      path: "cursor",
      message: "a cursor continues only the listing that gave it",
      mend: "begin again without a cursor",
    },
  ]);
}

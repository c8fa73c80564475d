import { ANCHOR_ACTION, type AuditAnchor, type AuditEntry, NO_ENTRY } from "#domain/audit.ts";
import { compareText } from "#domain/text.ts";
import { hashOf } from "#engine/hash.ts";

/** Where a chain is not what it was, first of all its breaks. */
export interface ChainBreak {
  readonly chain: string;
  /** Number of the first entry that is wrong, or that is missing. */
  readonly seq: number;
  readonly problem: "changed" | "missing" | "inserted" | "cut" | "gone" | "anchor";
  readonly message: string;
}

export interface AuditVerdict {
  readonly chains: number;
  readonly entries: number;
  readonly breaks: readonly ChainBreak[];
  /** Intents without an outcome: the machine stopped in between, or they are under way. No break. */
  readonly open: readonly AuditEntry[];
}

/**
 * Whether the entries of an export are whole: every hash is of its entry, every entry names the one before, no number is left out or taken
 * twice, every chain still reaches what each anchor saw of it, and each anchor of a day is the one that the audit names. Entries of a
 * chain must stand in their order.
 */
export function verifyChains(entries: readonly AuditEntry[], ...anchors: readonly AuditAnchor[]): AuditVerdict {
  const chains = Map.groupBy(entries, ({ chain }) => chain);
  const breaks: ChainBreak[] = anchors.flatMap((anchor) => {
    const message = anchorProblem(anchor, entries);
    return message === undefined ? [] : [{ chain: "", seq: 0, problem: "anchor" as const, message }];
  });
  for (const [chain, own] of chains) {
    const found = firstBreak(chain, own) ?? anchors.flatMap((anchor) => cutBreak(chain, own, anchor) ?? [])[0];
    if (found) breaks.push(found);
  }
  const seen = new Map(anchors.flatMap(({ heads }) => heads.map(({ chain, seq }) => [chain, seq] as const)));
  for (const [chain, seq] of seen) {
    if (chains.has(chain)) continue;
    const message = `the chain is gone; the anchor saw ${seq} entries of it`;
    breaks.push({ chain, seq: 1, problem: "gone", message });
  }
  return {
    chains: chains.size,
    entries: entries.length,
    breaks: breaks.sort((a, b) => compareText(a.chain, b.chain)),
    open: [...chains.values()].flatMap(openIntents),
  };
}

export function anchorHash({ hash: _, ...content }: Omit<AuditAnchor, "hash"> & { readonly hash?: string }): string {
  return hashOf(content);
}

/** What is wrong with an anchor itself. Who cut a chain would have to change the anchors of all days since, and what names them. */
function anchorProblem(anchor: AuditAnchor, entries: readonly AuditEntry[]): string | undefined {
  const { day } = anchor;
  if (anchorHash(anchor) !== anchor.hash) return "the anchor's hash is not of what it says";
  if (day === undefined) return undefined;
  const named = entries.filter(({ action, subject }) => action === ANCHOR_ACTION && subject === day);
  if (named.length === 0) return `the audit names no anchor for ${day}`;
  return named.some(({ shown }) => shown === anchor.hash)
    ? undefined
    : `the anchor is not the one that the audit names for ${day}`;
}

function firstBreak(chain: string, entries: readonly AuditEntry[]): ChainBreak | undefined {
  let previous = NO_ENTRY;
  for (const [index, entry] of entries.entries()) {
    const seq = index + 1;
    if (entry.seq > seq) {
      const what = `entry ${seq} is missing: ${entry.seq} stands in its place`;
      return { chain, seq, problem: "missing", message: what };
    }
    if (entry.seq < seq) {
      return { chain, seq, problem: "inserted", message: `after entry ${seq - 1} stands ${entry.seq} again` };
    }
    const { hash, ...content } = entry;
    if (hashOf(content) !== hash) {
      return { chain, seq, problem: "changed", message: `entry ${seq} was changed: its hash is of something else` };
    }
    if (entry.previous !== previous) {
      return { chain, seq, problem: "changed", message: `entry ${seq} does not follow the one that stands before it` };
    }
    previous = hash;
  }
  return undefined;
}

function cutBreak(chain: string, entries: readonly AuditEntry[], anchor: AuditAnchor): ChainBreak | undefined {
  const head = anchor.heads.find((one) => one.chain === chain);
  if (!head) return undefined;
  const entry = entries[head.seq - 1];
  if (!entry) {
    const message = `the chain ends at ${entries.length}; the anchor saw ${head.seq} entries of it`;
    return { chain, seq: entries.length + 1, problem: "cut", message };
  }
  if (entry.hash === head.hash) return undefined;
  return { chain, seq: head.seq, problem: "changed", message: `entry ${head.seq} is not the one that the anchor saw` };
}

function openIntents(entries: readonly AuditEntry[]): AuditEntry[] {
  const ended = new Set(entries.flatMap(({ intent }) => (intent === undefined ? [] : [intent])));
  return entries.filter(({ phase, seq }) => phase === "intent" && !ended.has(seq));
}

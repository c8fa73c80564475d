import type { Answer } from "../api/client.ts";

export type Conflict = Answer<"listConflicts">["items"][number];
export type Rejected = Answer<"listRejected">["items"][number];
export type Unreadable = Answer<"listUnreadable">["items"][number];
export type Held = Answer<"listHeldFacts">["items"][number];

export const INBOX_KINDS = ["held", "conflict", "rejected", "unreadable"] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

interface Common {
  /** Unique in the inbox, and stable: it stands in the address. */
  readonly key: string;
  readonly source: string;
  /** What people call it: a fact's id, a delivery's, or the beginning of a row's. */
  readonly name: string;
  readonly at: string;
  /** Mended or settled since; kept for who asks. */
  readonly isDone: boolean;
  /** All that a search looks at. */
  readonly text: string;
}

export type InboxItem =
  | (Common & { readonly kind: "held"; readonly held: Held })
  | (Common & { readonly kind: "conflict"; readonly conflict: Conflict })
  | (Common & { readonly kind: "rejected"; readonly rejected: Rejected })
  | (Common & { readonly kind: "unreadable"; readonly unreadable: Unreadable });

export function ofHeld(held: Held): InboxItem {
  const { source, externalId, participantId, recordedAt, message } = held;
  return {
    kind: "held",
    key: `held:${source}:${externalId}`,
    source,
    name: externalId,
    at: recordedAt,
    isDone: false,
    text: `${externalId} ${participantId} ${message}`,
    held,
  };
}

export function ofConflict(conflict: Conflict): InboxItem {
  const { fact, contentHash, newest = 0 } = conflict;
  return {
    kind: "conflict",
    key: `conflict:${fact.source}:${fact.externalId}:${fact.version}:${contentHash.slice(0, 12)}`,
    source: fact.source,
    name: fact.externalId,
    at: fact.recordedAt,
    isDone: newest > fact.version,
    text: JSON.stringify(fact),
    conflict,
  };
}

export function ofRejected(rejected: Rejected): InboxItem {
  const { source, rowId, message, reason, receivedAt, mendedAt } = rejected;
  const said = fieldsOf(message);
  return {
    kind: "rejected",
    key: `rejected:${source}:${rowId}`,
    source,
    name: typeof said.externalId === "string" ? said.externalId : rowId.slice(0, 12),
    at: receivedAt,
    isDone: mendedAt !== undefined,
    text: `${message} ${reason}`,
    rejected,
  };
}

export function ofUnreadable(unreadable: Unreadable): InboxItem {
  const { source, deliveryId, body, reason, receivedAt, mendedAt } = unreadable;
  return {
    kind: "unreadable",
    key: `unreadable:${source}:${deliveryId}`,
    source,
    name: deliveryId,
    at: receivedAt,
    isDone: mendedAt !== undefined,
    text: `${deliveryId} ${reason} ${body}`,
    unreadable,
  };
}

/** A JSON object's fields; none of anything else. */
export function fieldsOf(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

/** JSON so that people can read it; what is none stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The fact that an item is about, where one is stored. */
export function factOf(item: InboxItem): { readonly source: string; readonly externalId: string } | undefined {
  switch (item.kind) {
    case "held":
      return { source: item.source, externalId: item.held.externalId };
    case "conflict":
      return { source: item.source, externalId: item.conflict.fact.externalId };
    default:
      return undefined;
  }
}

/** The page of a fact. */
export function factHref(source: string, externalId: string): string {
  return `/facts/${encodeURIComponent(source)}/${encodeURIComponent(externalId)}`;
}

/** `source#externalId`, as receipts name facts. */
export function factOfKey(key: string): { readonly source: string; readonly externalId: string } {
  const at = key.indexOf("#");
  return { source: key.slice(0, at), externalId: key.slice(at + 1) };
}

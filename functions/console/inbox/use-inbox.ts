import { useQueries } from "@tanstack/react-query";
import type { ApiClient, Call } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { INBOX_KINDS, type InboxItem, type InboxKind, ofConflict, ofHeld, ofRejected, ofUnreadable } from "./items.ts";

/** Items of one listing: so many pages at first, and more when somebody asks. */
const PAGE = 200;
const EVERY_MS = 30_000;

interface Part {
  readonly kind: InboxKind;
  readonly source: string;
  readonly items: readonly InboxItem[];
  readonly hasMore: boolean;
}

export interface Inbox {
  readonly items: readonly InboxItem[];
  /** Kinds of which more lies on the server than was read. */
  readonly hasMore: ReadonlySet<InboxKind>;
  readonly isLoading: boolean;
  readonly error: Error | undefined;
  readonly retry: () => void;
}

type Reader = (api: ApiClient, source: string, pages: number) => Promise<Part>;

const READERS: Readonly<Record<InboxKind, Reader>> = {
  held: (api, source, pages) => partOf("held", source, pages, (query) => api.json("listHeldFacts", { query }), ofHeld),
  conflict: (api, source, pages) =>
    partOf("conflict", source, pages, (query) => api.json("listConflicts", { params: { source }, query }), ofConflict),
  rejected: (api, source, pages) =>
    partOf("rejected", source, pages, (query) => api.json("listRejected", { params: { source }, query }), ofRejected),
  unreadable: (api, source, pages) =>
    partOf(
      "unreadable",
      source,
      pages,
      (query) => api.json("listUnreadable", { params: { source }, query }),
      ofUnreadable,
    ),
};

type PageQuery = NonNullable<Call<"listHeldFacts">["query"]>;

async function partOf<T>(
  kind: InboxKind,
  source: string,
  pages: number,
  read: (query: PageQuery) => Promise<{ readonly items: readonly T[]; readonly nextCursor?: string | undefined }>,
  itemOf: (item: T) => InboxItem,
): Promise<Part> {
  const items: InboxItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await read({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...answer.items.map(itemOf));
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return { kind, source, items, hasMore: cursor !== undefined };
}

/** Everything that went wrong, of all these sources: each listing is read for itself, so that one that fails hides no other. */
export function useInbox(sources: readonly string[], pages: number): Inbox {
  const { api, may } = useCaller();
  const open: readonly InboxKind[] = INBOX_KINDS.filter((kind) => may(OPERATIONS[kind]));
  const asked = open.flatMap((kind) => (kind === "held" ? [""] : sources).map((source) => ({ kind, source })));
  const answers = useQueries({
    queries: asked.map(({ kind, source }) => ({
      queryKey: ["inbox", kind, source, pages],
      queryFn: () => READERS[kind](api, source, pages),
      refetchInterval: EVERY_MS,
    })),
  });
  const parts = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const items = parts
    .flatMap((part) => part.items)
    .sort((a, b) => b.at.localeCompare(a.at) || (a.key < b.key ? -1 : 1));
  return {
    items,
    hasMore: new Set(parts.filter(({ hasMore }) => hasMore).map(({ kind }) => kind)),
    isLoading: answers.some(({ isLoading }) => isLoading),
    error: answers.find(({ error }) => error !== null)?.error ?? undefined,
    retry: () => {
      for (const answer of answers) if (answer.error !== null) void answer.refetch();
    },
  };
}

const OPERATIONS = {
  held: "listHeldFacts",
  conflict: "listConflicts",
  rejected: "listRejected",
  unreadable: "listUnreadable",
} as const;

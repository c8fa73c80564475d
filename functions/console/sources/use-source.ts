import { useQuery } from "@tanstack/react-query";
import type { Answer, ApiClient, Call } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";

export type Source = Answer<"listSources">["items"][number];
export type SourceKind = NonNullable<Source["kind"]>;
export type Vendor = Exclude<SourceKind, "standard">;
export type Settings = NonNullable<Call<"registerSource">["body"]>;
export type Mapping = NonNullable<Settings["mapping"]>;
export type Expected = NonNullable<Settings["expected"]>;
export type Health = Answer<"getSourceHealth">;

/** One source of the list of all; null where there is none of that name. */
export function useSource(source: string) {
  const { api } = useCaller();
  return useQuery({ queryKey: ["listSources", "one", source], queryFn: () => find(api, source) });
}

async function find(api: ApiClient, source: string): Promise<Source | null> {
  let cursor: string | undefined;
  do {
    const page = await api.json("listSources", { query: { limit: 200 }, cursor });
    const found = page.items.find((one) => one.source === source);
    if (found) return found;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return null;
}

export function kindOf({ kind = "standard" }: Pick<Source, "kind">): SourceKind {
  return kind;
}

/** Where a source delivers to: the page's own host, which the API is reached by. */
export function webhookAddress(source: string): string {
  return `${location.origin}/v1/webhooks/${source}`;
}

/** Of all deliveries of a day, in per cent, those that were not taken. */
export function refusedShare({ counts }: Health): number | undefined {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const refused = (counts.rejected ?? 0) + (counts.conflict ?? 0) + (counts.unauthenticated ?? 0);
  return all === 0 ? undefined : (refused / all) * 100;
}

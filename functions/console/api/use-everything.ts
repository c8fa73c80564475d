import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOperationId } from "#contracts/routes.ts";
import type { Answer, ApiClient, Call } from "./client.ts";
import { useCaller } from "./hooks.ts";

type Listing = { readonly items: readonly unknown[]; readonly nextCursor?: string | undefined };
type ListingId = {
  [K in ApiOperationId]: Answer<K> extends Listing ? K : never;
}[ApiOperationId];

export interface Everything<K extends ListingId> {
  readonly pages: readonly Answer<K>[];
  /** There is more than was asked for. */
  readonly more: boolean;
}

const MOST = 20_000;

interface Options {
  readonly enabled?: boolean;
  /** Pages are fetched until there are so many items. */
  readonly most?: number;
}

/** A listing whole, page after page, where a screen needs all of it at once. */
export function useEverything<K extends ListingId>(operation: K, call: Call<K>, options: Options = {}) {
  const { api } = useCaller();
  const { enabled = true, most = MOST } = options;
  return useQuery<Everything<K>>({
    queryKey: [operation, "everything", call, most],
    queryFn: () => everything(api, operation, call, most),
    enabled,
    placeholderData: keepPreviousData,
  });
}

async function everything<K extends ListingId>(
  api: ApiClient,
  operation: K,
  call: Call<K>,
  most: number,
): Promise<Everything<K>> {
  const pages: Answer<K>[] = [];
  let cursor: string | undefined;
  let count = 0;
  do {
    const page = await api.json(operation, { ...call, cursor });
    const listing: Listing = page;
    pages.push(page);
    count += listing.items.length;
    cursor = listing.nextCursor;
  } while (cursor !== undefined && count < most);
  return { pages, more: cursor !== undefined };
}

import { useEffect } from "react";

interface Pages {
  readonly data?: { readonly pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: (options: { readonly cancelRefetch: boolean }) => unknown;
}

/** Reads on by itself, page by page, up to so many: for listings that are searched or put in order here. */
export function useAllPages({ data, hasNextPage, isFetchingNextPage, fetchNextPage }: Pages, most: number): void {
  const isMore = hasNextPage && !isFetchingNextPage && (data?.pages.length ?? 0) < most;
  useEffect(() => {
    // Several parts of a screen may read the same listing: the first one has it fetched.
    if (isMore) fetchNextPage({ cancelRefetch: false });
  }, [isMore, fetchNextPage]);
}

import { useEffect } from "react";

interface Pages {
  readonly data?: { readonly pages: readonly unknown[] } | undefined;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Reads on by itself, page by page, up to so many: for listings that are searched or put in order here. */
export function useAllPages({ data, hasNextPage, isFetchingNextPage, fetchNextPage }: Pages, most: number): void {
  const isMore = hasNextPage && !isFetchingNextPage && (data?.pages.length ?? 0) < most;
  useEffect(() => {
    if (isMore) fetchNextPage();
  }, [isMore, fetchNextPage]);
}

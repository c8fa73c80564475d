import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "./answered.tsx";
import { ProblemView } from "./problem-view.tsx";

interface Props<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly T[] }>>;
  /** `isReadingOn`: more is being read, so what is not there may still come. */
  readonly children: (items: readonly T[], isReadingOn: boolean) => ReactNode;
}

/** The pages of a listing so far, with a button for the next one. */
export function Listed<T>({ query, children }: Props<T>) {
  const { t } = useLanguage();
  if (query.data === undefined)
    return query.error ? <ProblemView error={query.error} onRetry={() => query.refetch()} /> : <Loading />;
  return (
    <>
      {children(
        query.data.pages.flatMap(({ items }) => items),
        query.isFetchingNextPage,
      )}
      {query.error && <ProblemView error={query.error} onRetry={() => query.refetch()} />}
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("page.more")}
        </Button>
      )}
    </>
  );
}

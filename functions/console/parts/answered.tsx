import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "./problem-view.tsx";

export function Loading() {
  const { t } = useLanguage();
  return (
    <div className="loading" role="status" aria-label={t("app.loading")}>
      <Skeleton active paragraph={{ rows: 4 }} />
    </div>
  );
}

/** What was asked for, once it is there; until then that it is loading, or what went wrong. */
export function Answered<T>({
  query,
  children,
  missing,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  /** Shown instead of a problem where nothing is there yet. */
  readonly missing?: ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    if (missing !== undefined && "status" in query.error && query.error.status === 404) return missing;
    return <ProblemView error={query.error} onRetry={() => query.refetch()} />;
  }
  return <Loading />;
}

import { usePages } from "../api/hooks.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import type { Run } from "./types.ts";

const MOST_PAGES = 50;

export interface Before {
  /** The newest run that had posted when this one was made. */
  readonly run: Run | undefined;
  /** Whether that is known yet. */
  readonly isKnown: boolean;
}

export function useBefore(campaign: string, runId: string): Before {
  const runs = usePages("listRuns", { params: { campaign }, query: { order: "newestFirst", limit: 200 } });
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const run = postedBefore(items, runId);
  useAllPages(runs, run === undefined ? MOST_PAGES : 0);
  return { run, isKnown: runs.data !== undefined && (run !== undefined || !runs.hasNextPage) };
}

/** @param runs newest first */
export function postedBefore(runs: readonly Run[], runId: string): Run | undefined {
  const at = runs.findIndex((one) => one.runId === runId);
  return at < 0 ? undefined : runs.slice(at + 1).find(({ state }) => state === "posted");
}

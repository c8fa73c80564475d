import { useMemo } from "react";
import { usePages } from "../api/hooks.ts";
import { useAllPages } from "../api/use-all-pages.ts";
import { type AddedUp, addedUp } from "./compare.ts";
import type { Run } from "./types.ts";

/** Payees of each currency that are listed; all are counted. */
const LISTED = 500;
/** More answers than a run has parts. */
const MOST_PAGES = 1_000;

/** What is asked of the differences; the API narrows them, as only it sees all. */
export interface Wanted {
  readonly direction: "all" | "more" | "less";
  readonly reward: string | undefined;
}

export interface Compared extends AddedUp {
  readonly isDone: boolean;
  /** How much of all payees is told, in per cent; undefined before the first answer. */
  readonly percent: number | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Asks the API who gets more or less than in the run that posted before, answer by answer, and adds the answers up. */
export function useComparison(run: Run, before: Run | undefined, { direction, reward }: Wanted): Compared {
  const { campaign, runId, state } = run;
  const query = {
    limit: LISTED,
    ...(before ? { against: before.runId } : {}),
    ...(direction === "all" ? {} : { direction }),
    ...(reward === undefined ? {} : { reward }),
  };
  const isComputed = state !== "computing" && state !== "failed";
  const answers = usePages(
    "compareRuns",
    { params: { campaign, runId }, query },
    { enabled: isComputed, keeps: true, isFixed: true },
  );
  const isOld = answers.isPlaceholderData;
  useAllPages(answers, answers.isError || isOld ? 0 : MOST_PAGES);
  // What was asked before is shown until the answer comes, but never another run's.
  const pages = answers.data?.pages[0]?.run === runId ? answers.data.pages : undefined;
  const added = useMemo(() => addedUp(pages ?? [], LISTED), [pages]);
  const { done = 0, of = 1 } = pages?.at(-1)?.parts ?? {};
  return {
    ...added,
    isDone: pages !== undefined && !isOld && !answers.hasNextPage,
    percent: pages === undefined || isOld ? undefined : Math.floor((done / of) * 100),
    error: answers.error,
    retry: () => (pages === undefined ? answers.refetch() : answers.fetchNextPage()),
  };
}

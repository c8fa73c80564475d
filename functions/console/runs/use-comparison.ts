import { useEffect, useMemo, useState } from "react";
import type { ApiClient } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { Comparison, type PayeeChange, type Side } from "./compare.ts";
import type { Run } from "./types.ts";

/** Up to so many lines of both runs are compared without being asked; more take minutes. */
const UNASKED_LINES = 6_000;
const PAGE = 200;
/** What was found so far is shown again after so many pages. */
const TOLD_EVERY = 10;

export interface Compared {
  readonly state: "asks" | "reading" | "stopped" | "done" | "failed";
  readonly read: number;
  /** How many lines both runs have. */
  readonly of: number;
  readonly payees: readonly PayeeChange[];
  readonly error: Error | undefined;
  readonly start: () => void;
  readonly stop: () => void;
}

interface Progress {
  readonly state: "reading" | "stopped" | "done" | "failed";
  readonly read: number;
  readonly payees: readonly PayeeChange[];
  readonly error?: Error;
}

/** Reads the lines of a run and of the one that posted before it, page by page, and tells who gets more or less. */
export function useComparison(run: Run, before: Run | undefined): Compared {
  const { api } = useCaller();
  const of = (run.lineCount ?? 0) + (before?.lineCount ?? 0);
  const [isWanted, setIsWanted] = useState(of <= UNASKED_LINES);
  const [progress, setProgress] = useState<Progress>();
  const { campaign, runId, resultHash } = run;
  const beforeId = before?.runId;
  const sides = useMemo(
    () => [
      { side: "after" as const, call: { campaign, runId, hash: resultHash } },
      ...(beforeId === undefined ? [] : [{ side: "before" as const, call: { campaign, runId: beforeId } }]),
    ],
    [campaign, runId, resultHash, beforeId],
  );
  useEffect(() => {
    if (!isWanted) return;
    const reading = new AbortController();
    setProgress({ state: "reading", read: 0, payees: [] });
    read(api, sides, reading.signal, setProgress);
    return () => reading.abort();
  }, [api, sides, isWanted]);
  return {
    state: progress?.state ?? (isWanted ? "reading" : "asks"),
    read: progress?.read ?? 0,
    of,
    payees: progress?.payees ?? [],
    error: progress?.error,
    start: () => setIsWanted(true),
    stop: () => {
      setIsWanted(false);
      setProgress((now) => now && { ...now, state: "stopped" });
    },
  };
}

type Told = (progress: Progress) => void;

interface ReadSide {
  readonly side: Side;
  readonly call: { readonly campaign: string; readonly runId: string };
}

async function read(api: ApiClient, sides: readonly ReadSide[], signal: AbortSignal, tell: Told): Promise<void> {
  const comparison = new Comparison();
  let count = 0;
  let pages = 0;
  let payees: readonly PayeeChange[] = [];
  const readSide = async ({ side, call: { campaign, runId } }: ReadSide) => {
    let cursor: string | undefined;
    do {
      const page = await api.json("listLines", { params: { campaign, runId }, query: { limit: PAGE }, cursor });
      if (signal.aborted) return;
      comparison.add(side, page.items);
      count += page.items.length;
      cursor = page.nextCursor;
      pages += 1;
      if (pages % TOLD_EVERY === 0) payees = comparison.changes();
      tell({ state: "reading", read: count, payees });
    } while (cursor !== undefined);
  };
  try {
    await Promise.all(sides.map(readSide));
    if (signal.aborted) return;
    comparison.finish();
    tell({ state: "done", read: count, payees: comparison.changes() });
  } catch (error) {
    if (signal.aborted) return;
    tell({
      state: "failed",
      read: count,
      payees: [],
      error: error instanceof Error ? error : new Error(String(error)),
    });
  }
}

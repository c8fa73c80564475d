import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Answer, type ApiClient, ApiProblem } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import type { InboxItem } from "./items.ts";

/** What became of one replay. */
export interface Replayed {
  readonly item: InboxItem;
  readonly state: "taken" | "still" | "failed";
  /** Keys of the facts that it said something of. */
  readonly facts: readonly string[];
  readonly error?: Error;
}

export interface Progress {
  readonly all: number;
  readonly done: readonly Replayed[];
  readonly isRunning: boolean;
}

/** A fact that contradicts another is not mended by being read again: its source sends a higher version. */
export function isReplayable(item: InboxItem): boolean {
  return item.kind !== "conflict" && !item.isDone;
}

/** Replays items one after the other, so that the one that hangs is seen; can be stopped between two. */
export function useReplays() {
  const { api } = useCaller();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const stops = useRef(false);
  const start = async (items: readonly InboxItem[]) => {
    stops.current = false;
    const done: Replayed[] = [];
    setProgress({ all: items.length, done: [], isRunning: true });
    for (const item of items) {
      if (stops.current) break;
      done.push(await replayed(api, item));
      setProgress({ all: items.length, done: [...done], isRunning: true });
    }
    setProgress({ all: items.length, done: [...done], isRunning: false });
    await queries.invalidateQueries();
  };
  const stop = () => {
    stops.current = true;
  };
  return { progress, start, stop, close: () => setProgress(undefined) };
}

async function replayed(api: ApiClient, item: InboxItem): Promise<Replayed> {
  try {
    const receipts = await replay(api, item);
    const isTaken = receipts.every(({ outcome, held }) => outcome === "stored" && held === undefined);
    const facts = receipts.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
    return { item, state: isTaken ? "taken" : "still", facts: [...new Set(facts)] };
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    const isRefused = problem instanceof ApiProblem && problem.status === 422;
    return { item, state: isRefused ? "still" : "failed", facts: [], error: problem };
  }
}

type Receipt = Pick<Answer<"replayDelivery">["receipts"][number], "outcome" | "fact" | "held">;

async function replay(api: ApiClient, item: InboxItem): Promise<readonly Receipt[]> {
  const { source } = item;
  switch (item.kind) {
    case "held": {
      const { externalId } = item.held;
      const fact = `${source}#${externalId}`;
      await api.json("replayFact", { params: { source, externalId } });
      const { held } = await api.json("getFactCredits", { params: { source, externalId } });
      return [{ outcome: "stored", fact, ...(held === undefined ? {} : { held }) }];
    }
    case "rejected":
      return (await api.json("replayRejected", { params: { source, rowId: item.rejected.rowId } })).receipts;
    case "unreadable": {
      const { deliveryId } = item.unreadable;
      return (await api.json("replayDelivery", { params: { source, deliveryId } })).receipts;
    }
    case "conflict":
      return [];
  }
}

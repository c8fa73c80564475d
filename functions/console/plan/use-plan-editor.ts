import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { Answer } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { type Found, foundIn } from "./findings.ts";
import { historyAfter, startHistory } from "./history.ts";
import { type Edit, editPlanText } from "./plan-edit.ts";
import { readPlanText } from "./plan-text.ts";

export type PlanReport = Answer<"validatePlan">;

/** Milliseconds without a key before the server is asked. */
const QUIET_MS = 500;

/** A plan's text with its history, what it says, and what the checks say about it. */
export function usePlanEditor(start: string) {
  const { api, may } = useCaller();
  const [history, change] = useReducer(historyAfter, start, startHistory);
  const { text } = history;
  const read = useMemo(() => readPlanText(text), [text]);
  const lastGood = useRef(read.value);
  if (read.broken.length === 0) lastGood.current = read.value;
  const settled = useSettled(text);
  const isReadable = read.broken.length === 0;
  const check = useQuery({
    queryKey: ["validatePlan", settled],
    queryFn: () => api.json("validatePlan", { text: { type: "application/yaml", content: settled } }),
    enabled: may("validatePlan") && isReadable && settled === text,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before: PlanReport | undefined) => before,
  });
  const found: readonly Found[] = useMemo(() => foundIn(read, check.data), [read, check.data]);
  const setText = useCallback(
    (next: string, by: string) => change({ do: "change", text: next, by, at: performance.now() }),
    [],
  );
  const latest = useRef(text);
  latest.current = text;
  const edit = useCallback(
    (one: Edit) => setText(editPlanText(latest.current, one), `form ${one.path.join("/")} ${one.do}`),
    [setText],
  );
  return {
    text,
    read,
    plan: lastGood.current,
    isReadable,
    found,
    report: isReadable ? check.data : undefined,
    isChecking: settled !== text || check.isFetching,
    setText,
    edit,
    restart: useCallback((next: string) => change({ do: "start", text: next }), []),
    undo: useCallback(() => change({ do: "undo" }), []),
    redo: useCallback(() => change({ do: "redo" }), []),
    canUndo: history.before.length > 0,
    canRedo: history.after.length > 0,
  };
}

export type PlanEditorState = ReturnType<typeof usePlanEditor>;

/** A value that has not changed for a while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

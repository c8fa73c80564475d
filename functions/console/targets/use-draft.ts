import { useEffect, useRef, useState } from "react";
import type { Edit, Edits } from "./sheet.ts";

const UNDO_MOST = 100;

export interface Draft {
  readonly edits: Edits;
  /** The same edits again are no step to undo. */
  readonly set: (next: Edits) => void;
  /** These were saved, unless something else has been written there since; what was before cannot be undone any more. */
  readonly saved: (sent: Edits) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
}

/** What is not saved yet. It lies in the storage of the tab, so that whoever leaves the screen finds it again. */
export function useDraft(campaign: string): Draft {
  const kept = `laurel.targets.${campaign}`;
  const [edits, show] = useState<Edits>(() => read(kept));
  const [before, setBefore] = useState<readonly Edits[]>([]);
  const live = useRef(edits);
  const put = (next: Edits) => {
    live.current = next;
    show(next);
    if (next.size === 0) sessionStorage.removeItem(kept);
    else
      sessionStorage.setItem(kept, JSON.stringify([...next].map(([key, { text, was }]) => [key, text, was ?? null])));
  };
  const set = (next: Edits) => {
    if (isSame(next, live.current)) return;
    setBefore([...before.slice(1 - UNDO_MOST), live.current]);
    put(next);
  };
  const saved = (sent: Edits) => {
    setBefore([]);
    put(new Map([...live.current].filter(([key, { text }]) => sent.get(key)?.text !== text)));
  };
  const undo = () => {
    const last = before.at(-1);
    if (last === undefined) return;
    setBefore(before.slice(0, -1));
    put(last);
  };
  const isOpen = edits.size > 0;
  useEffect(() => {
    if (!isOpen) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isOpen]);
  return { edits, set, saved, undo, canUndo: before.length > 0 };
}

function isSame(a: Edits, b: Edits): boolean {
  return (
    a.size === b.size && [...a].every(([key, { text, was }]) => b.get(key)?.text === text && b.get(key)?.was === was)
  );
}

/** What another release of this page has left is no draft of this one. */
function read(kept: string): Edits {
  const found: unknown = JSON.parse(sessionStorage.getItem(kept) ?? "[]");
  const entries = Array.isArray(found) ? found : [];
  return new Map(entries.flatMap((entry: unknown) => editOf(entry)));
}

function editOf(entry: unknown): [string, Edit][] {
  if (!Array.isArray(entry)) return [];
  const [key, text, was]: unknown[] = entry;
  if (typeof key !== "string" || typeof text !== "string") return [];
  return [[key, { text, was: typeof was === "string" ? was : undefined }]];
}

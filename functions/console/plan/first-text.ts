import type { KeptDraft } from "./drafts.ts";
import { saysPlan, writtenOf } from "./plan-source.ts";
import type { Shape } from "./shape.ts";

/** What an editor begins with, and what of it is saved. */
export interface FirstText {
  readonly text: string;
  readonly saved: string;
  readonly revision: number;
  /** What was not saved and is found again. */
  readonly kept: KeptDraft | undefined;
}

interface Saved {
  readonly draft: unknown;
  readonly revision: number;
  readonly text?: string | undefined;
}

/** The text that the draft was written as, where the server or this browser knows it; else one that says the same. */
export function firstText(shape: Shape, { draft, revision, text }: Saved, kept: KeptDraft | undefined): FirstText {
  const saved = writtenOf(shape, draft, text);
  const asSaved = { text: saved, saved, revision, kept: undefined };
  if (kept === undefined || kept.text === saved) return asSaved;
  const isOnlyHere = text === undefined && kept.isSaved !== false;
  if (isOnlyHere && saysPlan(shape, kept.text, draft)) return { ...asSaved, text: kept.text, saved: kept.text };
  if (kept.isSaved === true) return asSaved;
  return { text: kept.text, saved, revision: kept.revision, kept };
}

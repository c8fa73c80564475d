import type { ReactNode } from "react";

export type Tone = "good" | "busy" | "waiting" | "bad" | "quiet";

/** A state as a word with a coloured dot: never told by colour alone. */
export function StateMark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`state state-${tone}`}>
      <span className="state-dot" aria-hidden="true" />
      {children}
    </span>
  );
}

export const CAMPAIGN_TONES = { draft: "quiet", active: "good", settled: "busy", archived: "quiet" } as const;

export const RUN_TONES = {
  computing: "busy",
  computed: "quiet",
  unchanged: "quiet",
  awaitingApproval: "waiting",
  approved: "busy",
  rejected: "bad",
  posted: "good",
  failed: "bad",
} as const;

export const REBUILD_TONES = {
  never: "quiet",
  due: "waiting",
  crediting: "busy",
  totals: "busy",
  finished: "good",
} as const;

export const APPROVAL_TONES: Readonly<Record<string, Tone>> = {
  waiting: "waiting",
  awaitingApproval: "waiting",
  approved: "busy",
  done: "good",
  posted: "good",
  failed: "bad",
  rejected: "bad",
};

export const RESERVATION_TONES = {
  reserved: "waiting",
  committed: "good",
  released: "quiet",
  expired: "quiet",
} as const;

import type { Reward } from "#domain/plan/plan.ts";
import type { Reckoned } from "./reckon.ts";
import type { Span } from "./spans.ts";

/** What a reward comes to for one payee in one slice. */
export interface Award extends Reckoned {
  readonly reward: Reward;
  readonly span: Span;
  /** Who won it, also where others are paid. */
  readonly winner: string;
}

/** What an earlier reward of the plan came to. */
export type Earlier = (reward: string) => readonly Award[];

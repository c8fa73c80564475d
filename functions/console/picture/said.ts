import type { Figure } from "./figures.ts";

/** What a kind of reward says of itself. */
export interface Said {
  readonly sentence: string;
  readonly example?: string;
  readonly rules: readonly string[];
  readonly figures: readonly Figure[];
}

import type { PlanWords } from "../api/plan-names.ts";
import type { Statement } from "./types.ts";

/** What ids of a statement are called: by the API in the reader's language, else by the plan, else as the id can be spoken. */
export interface Names {
  readonly reward: (id: string) => string;
  readonly measure: (id: string) => string;
  /** Units and people: an id that has no name stays as it is. */
  readonly subject: (id: string) => string;
  readonly other: (id: string) => string;
  /** A month or a window: `2026-01` has no name and needs none. */
  readonly slice: (id: string) => string;
}

export function namesOf(told: Statement["names"], words: Pick<PlanWords, "reward" | "measure" | "label">): Names {
  return {
    reward: (id) => told?.rewards[id] ?? words.reward(id),
    measure: (id) => told?.measures[id] ?? words.measure(id),
    subject: (id) => told?.subjects[id] ?? id,
    other: (id) => told?.others[id] ?? words.label(id),
    slice: (id) => told?.others[id] ?? id,
  };
}

/** `item:rice` as what is handed out; money as it is. */
export function unitName(currency: string, names: Names): string {
  return /^\w+:/.test(currency) ? names.other(currency.replace(/^\w+:/, "")) : currency;
}

import type { NameOf } from "./names.ts";
import { NO_PLAN, type PlanWords } from "./plan-words.ts";
import type { Texts } from "./texts/en.ts";
import { type Language, textsFor } from "./texts/texts.ts";

/** For whom a trace is told, and in which words. */
export interface Telling {
  readonly lang: Language;
  readonly nameOf: NameOf;
  /** The participant who reads: spoken to as "you". Absent: everybody is named. */
  readonly readerId?: string;
  /** Absent: values are told as sums of sales. */
  readonly plan?: PlanWords;
  /** What the trace is of. */
  readonly about?: About;
}

export interface About {
  readonly reward: string;
  /** Of a reward that is decided by slices. */
  readonly slice?: string | undefined;
  /** The value that the subject is judged by. */
  readonly own?: string | undefined;
  /** Pieces that the stock was enough for, where it was not enough for all. */
  readonly handedOut?: string | undefined;
}

/** A step as it is read aloud; `details` are the sales or the people behind a value, one each. */
export interface Explanation {
  readonly sentence: string;
  readonly details: readonly string[];
}

export interface Teller extends Telling {
  readonly texts: Texts;
  readonly plan: PlanWords;
}

export function tellerOf(telling: Telling): Teller {
  return { ...telling, plan: telling.plan ?? NO_PLAN, texts: textsFor(telling.lang) };
}

/** One call as its caller numbers it: the same key of the same caller at the same operation is the same call. */
export interface CallKey {
  /** Subject of the token. */
  readonly caller: string;
  /** Operation id. */
  readonly operation: string;
  /** The caller's `Idempotency-Key`. */
  readonly key: string;
}

/** What was answered, as it went out. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A call that somebody has begun, and its answer once there is one. */
export interface KeptCall {
  /** Names this attempt at the call; no two are the same. */
  readonly attempt: string;
  /** Hash of everything that was asked. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; from then on the key is free again. */
  readonly keptUntil: number;
  /** Undefined while the call is under way, or when the machine that ran it stopped. */
  readonly answer?: KeptAnswer;
}

/** Answers of calls that carry an `Idempotency-Key`, so that a repeated call does nothing and is answered the same. */
export interface AnswerStore {
  call(key: CallKey): Promise<KeptCall | undefined>;
  /** Takes the key if nobody has it, or if who has it is exactly `before`; exactly one of several rivals gets true. */
  begin(key: CallKey, call: KeptCall, before: KeptCall | undefined): Promise<boolean>;
  /** Keeps the answer of a call that this caller began; nothing happens when another has taken the key over. */
  finish(key: CallKey, call: KeptCall, answer: KeptAnswer): Promise<void>;
  /** Makes the key free again: the call came to nothing. Nothing happens when another has taken the key over. */
  release(key: CallKey, call: KeptCall): Promise<void>;
}

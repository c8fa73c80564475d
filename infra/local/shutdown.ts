/** What has been started, so that it can be ended in reverse order: after a failed start, at the end, or when the process is told to go. */
export class Shutdown {
  readonly #closers: (() => unknown)[] = [];
  #ended: Promise<void> | undefined;

  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** From here on, things that fail because others are gone are no news. */
  get ending(): boolean {
    return this.#ended !== undefined;
  }

  /** Ends everything once, whoever asks and however often. What fails to end does not keep the rest from ending. */
  end(): Promise<void> {
    this.#ended ??= this.#endAll();
    return this.#ended;
  }

  async #endAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "not everything ended cleanly");
  }
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** After this an end in order has failed; leaving the process still ends the database with it. */
const PATIENCE_MS = 5_000;

/** Lets Ctrl-C and `kill` end the process in order. Returns how to stop listening for them. */
export function endOnSignals(shutdown: Shutdown): () => void {
  const listeners = Object.entries(EXIT_CODES).map(([signal, exitCode]) => {
    const listener = () => {
      const leave = () => process.exit(exitCode);
      setTimeout(leave, PATIENCE_MS);
      shutdown.end().then(leave, leave);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}

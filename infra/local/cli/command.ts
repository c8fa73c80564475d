/** One word of the command line: `laurel settle …`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  /** @returns the exit code: 0 done, 2 the input or the command line is wrong */
  run(args: readonly string[], terminal: Terminal): number;
}

/** What a command may do outside itself, besides reading files. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** A path as the user meant it. */
  resolve(path: string): string;
}

export const EXIT_OK = 0;
export const EXIT_WRONG_INPUT = 2;

/** The command line itself is wrong; answered with the usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

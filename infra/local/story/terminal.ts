/** What the story writes: headings, text, and one line that shows how far long work is. */
export class StoryTerminal {
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  heading(text: string): void {
    this.#out.write(`\n━━ ${text}\n`);
  }

  text(text: string): void {
    this.#out.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** A bar that redraws itself on a terminal, and a single line at the end elsewhere. */
  progress(label: string, total: number): { add(count: number): void } {
    let done = 0;
    const draw = (end: string) => {
      const full = Math.floor((done / total) * 24);
      this.#out.write(
        `${this.#out.isTTY ? "\r" : ""}${label} ${"█".repeat(full)}${"░".repeat(24 - full)} ${done}/${total}${end}`,
      );
    };
    return {
      add: (count) => {
        done += count;
        if (done >= total) draw("\n");
        else if (this.#out.isTTY) draw("");
      },
    };
  }
}

/** A pause that can be cut short from outside. */
export class Pause {
  #end: (() => void) | undefined;

  async for(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = undefined;
  }

  /** Ends the pause that is on, if any. */
  wake(): void {
    this.#end?.();
  }
}

import type { Clock } from "#ports/system.ts";

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told otherwise: for tests, simulations and the local cloud. */
export class SimulatedClock implements Clock {
  #instant: number;

  /** Milliseconds since the epoch. */
  constructor(instant: number) {
    this.#instant = instant;
  }

  now(): number {
    return this.#instant;
  }

  /** Also backwards: whoever simulates decides. */
  set(instant: number): void {
    this.#instant = instant;
  }

  advance(milliseconds: number): void {
    this.#instant += milliseconds;
  }
}

import { Pause } from "./pause.ts";

const DAY_MS = 86_400_000;

/** Looks at regular times of the real clock whether something is due; one look at a time. */
export function startSchedule(look: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
  const pause = new Pause();
  let stopping = false;
  const run = async () => {
    while (!stopping) {
      await look();
      if (!stopping) await pause.for(everyMs);
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping = true;
      pause.wake();
      await ended;
    },
  };
}

export interface AdvanceOptions {
  /** How far apart the looks are at most; a day by default. */
  readonly stepMs?: number;
  /** Further instants at which to look. */
  readonly wakeAt?: readonly number[];
}

export interface Advancing {
  readonly now: () => number;
  readonly set: (instant: number) => void;
  /** What comes due by itself: the deadline of a waiting job. */
  readonly nextDeadline: () => number | undefined;
  /** Looks what is due at the instant now set, and waits until all that follows from it is done. */
  readonly look: () => Promise<void>;
}

/**
 * Moves a simulated clock to `to`, stopping on the way to look what is due: at regular steps, at the given instants, at
 * deadlines of waiting jobs, and at `to` itself. The same call from the same state takes the same steps.
 */
export async function advance(clock: Advancing, to: number, options: AdvanceOptions = {}): Promise<void> {
  const { stepMs = DAY_MS, wakeAt = [] } = options;
  if (to < clock.now()) throw new Error("the simulated clock runs forwards only");
  if (!(stepMs > 0)) throw new Error("a step takes time");
  while (clock.now() < to) {
    const now = clock.now();
    const stops = [now + stepMs, to, ...wakeAt, clock.nextDeadline() ?? to];
    clock.set(Math.min(...stops.filter((stop) => stop > now && stop <= to)));
    await clock.look();
  }
}

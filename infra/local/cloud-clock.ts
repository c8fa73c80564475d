import { SimulatedClock, systemClock } from "#adapters/system/clock.ts";
import { parseInstant } from "#domain/instant.ts";
import { createClock } from "#functions/clock/app.ts";
import { createNotify } from "#functions/notify/app.ts";
import type { Messengers } from "#ports/messenger.ts";
import type { Clock } from "#ports/system.ts";
import type { LocalDeps } from "./cloud-deps.ts";
import type { LocalDurable } from "./durable.ts";
import { type AdvanceOptions, advance, startSchedule } from "./scheduler.ts";
import type { Shutdown } from "./shutdown.ts";

/** How often the real clock looks what is due. */
const LOOK_EVERY_MS = 5_000;

export type ClockChoice = "real" | { readonly simulatedFrom: string };

export interface TimeKeeping {
  readonly deps: LocalDeps;
  readonly messengers: Messengers;
  readonly durable: LocalDurable;
  readonly idle: () => Promise<void>;
  readonly shutdown: Shutdown;
  readonly log: (message: string, error: unknown) => void;
}

export interface CloudTime {
  setClock(instant: number): void;
  advanceTo(instant: number, options?: AdvanceOptions): Promise<void>;
}

export function businessClock(choice: ClockChoice): Clock {
  if (choice === "real") return systemClock;
  const instant = parseInstant(choice.simulatedFrom);
  if (instant === undefined)
    throw new Error(`${choice.simulatedFrom} is no instant: write it as 2018-05-01T00:00:00+08:00`);
  return new SimulatedClock(instant);
}

/** Looks what is due: regularly when `clock` is real, and when it is moved when it is simulated. */
export function keepTime(clock: Clock, { deps, messengers, durable, idle, shutdown, log }: TimeKeeping): CloudTime {
  // A simulated clock passes a year in a minute: a look at each of its days would be most of the work. Ask for one.
  const lookForDueWork = createClock(deps, { reconciles: !(clock instanceof SimulatedClock) });
  const tellOthers = createNotify({ ...deps, messengers });
  const look = async () => {
    durable.settleDue();
    await lookForDueWork();
    await tellOthers();
  };
  if (!(clock instanceof SimulatedClock)) {
    const schedule = startSchedule(() => look().catch((error) => log("cannot look what is due", error)), LOOK_EVERY_MS);
    shutdown.add(() => schedule.stop());
    const refuse = () => {
      throw new Error("only a simulated clock can be moved");
    };
    return { setClock: refuse, advanceTo: async () => refuse() };
  }
  const moving = {
    now: () => clock.now(),
    set: (instant: number) => clock.set(instant),
    nextDeadline: () => durable.nextDeadline(),
    look: async () => {
      await look();
      await idle();
    },
  };
  return {
    setClock: (instant) => clock.set(instant),
    advanceTo: (instant, options) => advance(moving, instant, options),
  };
}

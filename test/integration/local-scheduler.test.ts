import { describe, expect, it } from "vitest";
import { type Advancing, advance, startSchedule } from "#infra/local/scheduler.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A clock at 0 that notes where it was looked at, with waiting jobs that have deadlines. */
function clockWith(deadlines: number[] = []) {
  const looks: number[] = [];
  let instant = 0;
  const clock: Advancing = {
    now: () => instant,
    set: (to) => {
      instant = to;
    },
    nextDeadline: () => deadlines.find((deadline) => deadline > instant),
    look: async () => void looks.push(instant),
  };
  return { clock, looks };
}

describe("moving a simulated clock", () => {
  it("looks daily, at the instants asked for, at deadlines, and at the end", async () => {
    const { clock, looks } = clockWith([DAY + 5]);
    await advance(clock, 2 * DAY + HOUR, { wakeAt: [HOUR, 9 * DAY] });
    expect(looks).toEqual([HOUR, DAY + 5, 2 * DAY + 5, 2 * DAY + HOUR]);
  });

  it("never looks past its goal, takes no step to where it is, and does not go back", async () => {
    const { clock, looks } = clockWith();
    await advance(clock, HOUR, { stepMs: DAY });
    await advance(clock, HOUR);
    expect(looks).toEqual([HOUR]);
    await expect(advance(clock, 0)).rejects.toThrow("forwards only");
    await expect(advance(clock, DAY, { stepMs: 0 })).rejects.toThrow("takes time");
  });
});

describe("looking at the real clock", () => {
  it("looks again and again, one look at a time, until it is stopped", async () => {
    let looks = 0;
    let looking = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const schedule = startSchedule(async () => {
      looking += 1;
      expect(looking).toBe(1);
      await new Promise((next) => setImmediate(next));
      looking -= 1;
      looks += 1;
      if (looks === 3) resolve();
    }, 1);
    await promise;
    await schedule.stop();
    const atStop = looks;
    await new Promise((next) => setImmediate(next));
    expect(looks).toBe(atStop);
  });
});

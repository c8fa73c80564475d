import { expect, it } from "vitest";
import { SimulatedClock, systemClock } from "#adapters/system/clock.ts";

it("the system's clock tells milliseconds since the epoch", () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

it("a simulated clock stands still until it is told", () => {
  const clock = new SimulatedClock(1_000);
  expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  clock.set(10);
  expect(clock.now()).toBe(10);
});

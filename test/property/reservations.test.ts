import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryReservationStore } from "#adapters/memory/reservation-store.ts";
import { Refusal } from "#domain/problem.ts";
import type { Reservation } from "#domain/reservation.ts";
import type { ReservationStore } from "#ports/reservation-store.ts";
import { COFFEE, ReservationWorld } from "#test/fixtures/reservation-world.ts";

type Command =
  | { readonly do: "reserve"; readonly id: string; readonly quantity: number; readonly holdSeconds: number }
  | { readonly do: "commit" | "release"; readonly id: string }
  | { readonly do: "expire" };

const id = fc.constantFrom("a", "b", "c", "d", "e", "f");
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("reserve" as const),
      id,
      quantity: fc.integer({ min: 1, max: 4 }),
      holdSeconds: fc.constantFrom(30, 90),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("commit" as const, "release" as const), id }) },
  { weight: 1, arbitrary: fc.constant({ do: "expire" as const }) },
);

/** What a command answers: what it made, or the codes of the refusal. */
async function answered(world: ReservationWorld, command: Command): Promise<unknown> {
  try {
    if (command.do === "expire") return await world.expire();
    if (command.do !== "reserve") return await world[command.do](command.id);
    const { quantity, holdSeconds } = command;
    return await world.reserve(command.id, { quantity, holdSeconds });
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ code }) => code).join() || error.kind;
    throw error;
  }
}

async function all(store: ReservationStore): Promise<readonly Reservation[]> {
  return (await store.reservations("small", COFFEE, {})).items;
}

function sum(reservations: readonly Reservation[], state: Reservation["state"]): number {
  return reservations.filter((one) => one.state === state).reduce((total, { quantity }) => total + quantity, 0);
}

describe("reservations", () => {
  it("interleaved in any way never take more than there is, and end in one state each", async () => {
    const rounds = fc.array(
      fc.record({
        seconds: fc.constantFrom(0, 0, 20, 40, 100),
        commands: fc.array(command, { minLength: 1, maxLength: 8 }),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 8 }), rounds, fc.scheduler(), async (capacity, played, scheduler) => {
        const memory = new MemoryReservationStore();
        const ended = new Map<string, string>();
        const check = async () => {
          const stored = await all(memory);
          const level = (await memory.level("small", COFFEE)) ?? { reserved: 0, committed: 0 };
          expect(level).toMatchObject({ reserved: sum(stored, "reserved"), committed: sum(stored, "committed") });
          expect(level.reserved + level.committed).toBeLessThanOrEqual(capacity);
          for (const { reservationId, state } of stored) {
            const before = ended.get(reservationId);
            if (before !== undefined) expect(state).toBe(before);
            if (state !== "reserved") ended.set(reservationId, state);
          }
        };
        // Every call of the store waits until the scheduler picks it, so that a command can be overtaken at each of its steps.
        const watched: ReservationStore = {
          reserve: scheduler.scheduleFunction(async (claim) => memory.reserve(claim).finally(check)),
          close: scheduler.scheduleFunction(async (closed) => memory.close(closed).finally(check)),
          reservation: scheduler.scheduleFunction((key) => memory.reservation(key)),
          due: scheduler.scheduleFunction((campaign, until, count) => memory.due(campaign, until, count)),
          reservations: (campaign, limit, request) => memory.reservations(campaign, limit, request),
          level: (campaign, limit) => memory.level(campaign, limit),
          levels: (campaign) => memory.levels(campaign),
        };
        const world = new ReservationWorld({}, watched);
        await world.publish(capacity);
        for (const { seconds, commands } of played) {
          world.clock.advance(seconds * 1000);
          await scheduler.waitFor(Promise.all(commands.map((one) => answered(world, one))));
          const { left, reserved, committed } = await world.coffee();
          expect(left + reserved + committed).toBe(capacity);
          expect(Math.min(left, reserved, committed)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("one after another are accepted while there is room in the plan in force; repeating any command changes nothing", async () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: command },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("publish" as const), quantity: fc.nat(10) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(20, 40, 100) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const world = new ReservationWorld();
        await world.publish(6);
        for (const one of steps) {
          if (one.do === "publish") {
            const { reserved, committed } = await world.coffee();
            await world.publish(one.quantity);
            const left = Math.max(0, one.quantity - reserved - committed);
            expect(await world.coffee()).toEqual({ capacity: one.quantity, reserved, committed, left });
            continue;
          }
          if (one.do === "wait") {
            world.clock.advance(one.seconds * 1000);
            continue;
          }
          const before = await world.coffee();
          const isNew =
            one.do === "reserve" && (await all(world.reservations)).every((known) => known.reservationId !== one.id);
          const answer = await answered(world, one);
          if (isNew) {
            if (one.quantity <= before.left)
              expect(answer).toMatchObject({ state: "reserved", quantity: one.quantity });
            else expect(answer).toBe("not-enough-left");
          }
          const after = { coffee: await world.coffee(), reservations: await all(world.reservations) };
          expect(await answered(world, one)).toEqual(one.do === "expire" ? [] : answer);
          expect({ coffee: await world.coffee(), reservations: await all(world.reservations) }).toEqual(after);
        }
        // In the end nothing is left open.
        world.clock.advance(1000 * 1000);
        await world.expire();
        expect(await world.coffee()).toMatchObject({ reserved: 0 });
        expect((await all(world.reservations)).map(({ state }) => state)).not.toContain("reserved");
      }),
      { numRuns: 300 },
    );
  });
});

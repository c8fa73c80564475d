import { beforeEach, describe, expect, it } from "vitest";
import { MemoryReservationStore } from "#adapters/memory/reservation-store.ts";
import { listReservations } from "#app/reservations/read-reservations.ts";
import type { Actor } from "#domain/actor.ts";
import { type Problem, Refusal, type RefusalKind } from "#domain/problem.ts";
import { log } from "#functions/_kit/log.ts";
import { createClock } from "#functions/clock/app.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { COFFEE, NOON, ReservationWorld, TILL } from "#test/fixtures/reservation-world.ts";

log.setLogLevel("SILENT");

const OTHER_TILL: Actor = { ...TILL, subject: "other-till" };
const ADMIN: Actor = { ...TILL, subject: "sun.hao", roles: ["administrator"] };
const WELCOME = { kind: "budget", id: "welcome" } as const;

async function refused(pending: Promise<unknown>): Promise<{ kind: RefusalKind; message: string; problem?: Problem }> {
  const error = await pending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${error}`);
  const [problem] = error.problems;
  return { kind: error.kind, message: error.message, ...(problem ? { problem } : {}) };
}

describe("reservations", () => {
  let world: ReservationWorld;
  beforeEach(async () => {
    const budget = (id: string, policy: "firstCome" | "proRata") => ({
      id,
      policy,
      rewards: ["commission"],
      amount: "120.00",
    });
    world = new ReservationWorld({ budgets: [budget("welcome", "firstCome"), budget("shared", "proRata")] });
    await world.publish(3);
  });
  const counts = async () => {
    const { reserved, committed, left } = await world.coffee();
    return [reserved, committed, left];
  };

  it("hold, then commit: what was left goes down once", async () => {
    const made = await world.reserve("order-1", { quantity: 2 });
    expect(made).toMatchObject({ state: "reserved", createdBy: "till", expiresAt: "2018-05-10T04:10:00.000Z" });
    expect(await counts()).toEqual([2, 0, 1]);
    world.clock.advance(60_000);
    expect(await world.reserve("order-1", { quantity: 2 })).toEqual(made);
    const committed = { state: "committed", closedBy: "till", closedAt: "2018-05-10T04:01:00.000Z" };
    expect(await world.commit("order-1")).toMatchObject(committed);
    expect(await world.commit("order-1")).toMatchObject(committed);
    expect(await world.reserve("order-1", { quantity: 2 })).toMatchObject(committed);
    expect(await counts()).toEqual([0, 2, 1]);
  });

  it("hold, then release: it is there for others", async () => {
    await world.reserve("order-1", { quantity: 3 });
    expect(await world.release("order-1")).toMatchObject({ state: "released", closedBy: "till" });
    expect(await world.release("order-1")).toMatchObject({ state: "released" });
    expect(await world.reserve("order-2", { quantity: 3 })).toMatchObject({ state: "reserved" });
    expect(await refused(world.commit("order-1"))).toMatchObject({
      kind: "conflict",
      problem: { code: "state", seen: "released", mend: "reserve again, with another reservationId" },
    });
  });

  it("are refused beyond what is left, with the numbers", async () => {
    await world.reserve("order-1");
    await world.commit("order-1");
    await world.reserve("order-2");
    const { kind, message, problem } = await refused(world.reserve("order-3", { quantity: 2 }));
    expect({ kind, message }).toEqual({ kind: "conflict", message: "1 piece of stock coffee left, 2 pieces asked" });
    expect(problem).toMatchObject({
      code: "not-enough-left",
      message: "3 pieces in all: 1 piece committed, 1 piece reserved",
      seen: "2",
      allowed: "at most 1",
    });
    // Nothing is kept of a refused claim: asked again when there is room, it is accepted.
    await world.release("order-2");
    expect(await world.reserve("order-3", { quantity: 2 })).toMatchObject({ state: "reserved" });
  });

  it("of a budget are in minor units, and told as money", async () => {
    await world.reserve("order-1", { quantity: 10_000 }, WELCOME);
    const { message } = await refused(world.reserve("order-2", { quantity: 2_001 }, WELCOME));
    expect(message).toBe("20.00 CNY of budget welcome left, 20.01 CNY asked");
    expect(await world.limits()).toMatchObject([
      { ref: COFFEE, unit: "pieces", capacity: 3, left: 3 },
      { ref: WELCOME, unit: "minorUnits", capacity: 12_000, reserved: 10_000, committed: 0, left: 2_000 },
    ]);
  });

  it("are refused for what the plan does not have, or shares out otherwise", async () => {
    const tea = { kind: "stock", id: "tea" } as const;
    expect(await refused(world.reserve("a", {}, tea))).toMatchObject({
      kind: "notFound",
      problem: { code: "unknown-limit", seen: "tea", allowed: "coffee" },
    });
    expect(await refused(world.reserve("a", {}, { kind: "budget", id: "shared" }))).toMatchObject({
      kind: "conflict",
      problem: { code: "budget-policy", seen: "proRata", allowed: "firstCome" },
    });
  });

  it("are refused while no version is in force", async () => {
    const campaign = await world.plans.campaign("small");
    if (!campaign) throw new Error("no campaign");
    const { activeVersion: _, ...rest } = campaign;
    await world.plans.saveCampaign({ ...rest, state: "draft", revision: rest.revision + 1 });
    expect(await refused(world.reserve("a"))).toMatchObject({ kind: "conflict", problem: { seen: "draft" } });
  });

  it("refuse the same id for another claim, and say nothing of the first", async () => {
    await world.reserve("order-1", { subject: "c-1" });
    const others = [
      () => world.reserve("order-1", { subject: "c-2" }),
      () => world.reserve("order-1", { quantity: 2 }),
      () => world.reserve("order-1", { holdSeconds: 60 }),
      () => world.reserve("order-1", {}, COFFEE, OTHER_TILL),
    ];
    for (const other of others) {
      const { kind, message, problem } = await refused(other());
      expect({ kind, code: problem?.code }).toEqual({ kind: "conflict", code: "id-taken" });
      expect(message).not.toContain("c-1");
    }
    expect(await counts()).toEqual([1, 0, 2]);
  });

  it("belong to who made them, and to the whole company", async () => {
    await world.reserve("order-1");
    for (const act of [
      () => world.commit("order-1", COFFEE, OTHER_TILL),
      () => world.release("order-1", COFFEE, OTHER_TILL),
    ]) {
      expect((await refused(act())).kind).toBe("notFound");
    }
    expect((await refused(world.commit("order-1", COFFEE, { ...TILL, roles: ["seller"] }))).kind).toBe("forbidden");
    expect(await world.release("order-1", COFFEE, ADMIN)).toMatchObject({ state: "released", closedBy: "sun.hao" });
  });

  describe("when the plan changes", () => {
    it("more can be reserved from a larger stock", async () => {
      await world.reserve("order-1", { quantity: 3 });
      await world.publish(5);
      expect(await world.reserve("order-2", { quantity: 2 })).toMatchObject({ state: "reserved" });
      expect(await world.coffee()).toEqual({ capacity: 5, reserved: 5, committed: 0, left: 0 });
    });

    it("nothing is taken back from a smaller stock, and nothing more promised", async () => {
      await world.reserve("order-1", { quantity: 2 });
      await world.reserve("order-2");
      await world.publish(1);
      expect(await world.coffee()).toEqual({ capacity: 1, reserved: 3, committed: 0, left: 0 });
      const { message } = await refused(world.reserve("order-3"));
      expect(message).toBe("0 pieces of stock coffee left, 1 piece asked");
      expect(await world.commit("order-1")).toMatchObject({ state: "committed" });
      await world.release("order-2");
      expect((await refused(world.reserve("order-3"))).problem?.code).toBe("not-enough-left");
    });

    it("what is no longer in it is still shown, answered and closed", async () => {
      const made = await world.reserve("order-1", { quantity: 2 });
      const bare = new ReservationWorld({}, world.reservations);
      await bare.publish(0, "tea");
      expect(await bare.limits()).toMatchObject([
        { ref: { kind: "stock", id: "tea" }, capacity: 0, left: 0 },
        { ref: COFFEE, unit: "pieces", capacity: 0, reserved: 2, left: 0 },
      ]);
      expect(await bare.reserve("order-1", { quantity: 2 })).toEqual(made);
      expect((await refused(bare.reserve("order-2"))).problem).toMatchObject({ code: "unknown-limit", allowed: "tea" });
      const page = await listReservations(bare, TILL, "small", COFFEE, {});
      expect(page.items).toEqual([made]);
      expect(await bare.commit("order-1")).toMatchObject({ state: "committed" });
    });

    it("a claim that read the plan before the change is judged by the new one", async () => {
      // A store to which the version of a rival comes between our reading of the plan and our write.
      const memory = new MemoryReservationStore();
      let isFirst = true;
      const overtaken = new ReservationWorld(
        {},
        {
          reserve: async (claim) => {
            if (!isFirst) return memory.reserve(claim);
            isFirst = false;
            await overtaken.publish(1);
            await overtaken.reserve("rival");
            return memory.reserve(claim);
          },
          close: (closed) => memory.close(closed),
          reservation: (key) => memory.reservation(key),
          reservations: (campaign, limit, request) => memory.reservations(campaign, limit, request),
          due: (campaign, until, count) => memory.due(campaign, until, count),
          level: (campaign, limit) => memory.level(campaign, limit),
          levels: (campaign) => memory.levels(campaign),
        },
      );
      await overtaken.publish(10);
      expect((await refused(overtaken.reserve("order-1"))).problem).toMatchObject({ allowed: "at most 0" });
    });
  });

  describe("past their time", () => {
    it("cannot be committed from the instant on, freed or not", async () => {
      await world.reserve("order-1");
      world.clock.set(NOON + 600_000 - 1);
      expect(await world.expire()).toEqual([]);
      world.clock.set(NOON + 600_000);
      const late = { kind: "conflict", problem: { code: "expired", seen: "2018-05-10T04:10:00.000Z" } };
      expect(await refused(world.commit("order-1"))).toMatchObject(late);
      expect(await counts()).toEqual([1, 0, 2]);
      expect(await world.expire()).toEqual([{ campaign: "small", expired: 1 }]);
      expect(await refused(world.commit("order-1"))).toMatchObject(late);
      expect(await world.release("order-1")).toMatchObject({ state: "expired" });
      expect(await counts()).toEqual([0, 0, 3]);
      expect(await world.expire()).toEqual([]);
    });

    it("can be committed until then", async () => {
      await world.reserve("order-1");
      world.clock.set(NOON + 600_000 - 1);
      expect(await world.commit("order-1")).toMatchObject({ state: "committed" });
      world.clock.advance(1);
      expect(await world.expire()).toEqual([]);
      expect(await counts()).toEqual([0, 1, 2]);
    });

    it("are all freed, also more than are looked at together, those still open stay", async () => {
      await world.publish(1000);
      for (let index = 0; index < 250; index++) await world.reserve(`order-${index}`, { holdSeconds: 30 });
      await world.reserve("long", { holdSeconds: 3600 });
      world.clock.advance(60_000);
      expect(await world.expire()).toEqual([{ campaign: "small", expired: 250 }]);
      expect(await counts()).toEqual([1, 0, 999]);
    });

    it("are freed when the clock's function wakes, though another part of its work fails", async () => {
      const { deps } = new MemoryCloud();
      const clock = createClock({ ...deps, ...worldDeps(world) });
      await world.reserve("order-1");
      world.clock.advance(600_000);
      await clock();
      expect(await counts()).toEqual([0, 0, 3]);
      await world.reserve("order-2");
      world.clock.advance(600_000);
      const ledger = { ...deps.ledger, runs: () => Promise.reject(new Error("no ledger")) };
      await expect(createClock({ ...deps, ...worldDeps(world), ledger })()).rejects.toThrow("not all that is due");
      expect(await counts()).toEqual([0, 0, 3]);
    });
  });
});

function worldDeps({ plans, reservations, clock }: ReservationWorld) {
  return { plans, reservations, clock };
}

import { beforeEach, describe, expect, it } from "vitest";
import { closeReservation, openReservation, type Reservation } from "#domain/reservation.ts";
import type { ReservationClaim, ReservationStore } from "#ports/reservation-store.ts";
import { ODD_IDS } from "./samples.ts";
import { allPages, inOrder, times } from "./tools.ts";

const NOON = Date.parse("2026-03-06T12:00:00Z");
const COFFEE = { kind: "stock", id: "coffee" } as const;

function reservation(changes: Partial<Reservation> = {}): Reservation {
  const claim = { reservationId: "order-1", subject: "c-1", quantity: 1, holdSeconds: 600 };
  return { ...openReservation(claim, { campaign: "points", limit: COFFEE, createdBy: "till" }, NOON), ...changes };
}

function claim(changes: Partial<Reservation> = {}, capacity = 20, epoch = 1): ReservationClaim {
  return { reservation: reservation(changes), capacity, epoch };
}

function rivals(count: number, capacity: number): ReservationClaim[] {
  return times(count, (index) => claim({ reservationId: `order-${index}` }, capacity));
}

/** What every ReservationStore does. `makeStore` gives an empty one. */
export function describeReservationStore(name: string, makeStore: () => Promise<ReservationStore>): void {
  describe(`ReservationStore: ${name}`, () => {
    let store: ReservationStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    const taken = async () => {
      const level = await store.level("points", COFFEE);
      return { reserved: level?.reserved, committed: level?.committed };
    };

    describe("reserving", () => {
      it("takes from the limit and keeps who took it", async () => {
        expect(await store.level("points", COFFEE)).toBeUndefined();
        expect(await store.reserve(claim({ quantity: 3 }))).toEqual({ outcome: "reserved" });
        expect(await store.reservation(reservation())).toEqual(reservation({ quantity: 3 }));
        const level = { campaign: "points", limit: COFFEE, epoch: 1, reserved: 3, committed: 0 };
        expect(await store.level("points", COFFEE)).toEqual(level);
        expect(await store.levels("points")).toEqual([level]);
        expect(await store.levels("points-2")).toEqual([]);
      });

      it("with an id that is taken answers what stands, and takes nothing", async () => {
        await store.reserve(claim());
        const again = await store.reserve(claim({ quantity: 5, subject: "c-2" }));
        expect(again).toEqual({ outcome: "known", reservation: reservation() });
        expect(await taken()).toEqual({ reserved: 1, committed: 0 });
      });

      it("with an id that is taken answers what stands also when nothing is left", async () => {
        await store.reserve(claim({}, 1));
        expect(await store.reserve(claim({}, 1))).toEqual({ outcome: "known", reservation: reservation() });
      });

      it("gives up to the capacity and not one more", async () => {
        expect(await store.reserve(claim({ quantity: 15 }))).toEqual({ outcome: "reserved" });
        const refused = await store.reserve(claim({ reservationId: "b", quantity: 6 }));
        expect(refused).toMatchObject({ outcome: "refused", level: { reserved: 15, committed: 0 } });
        expect(await store.reservation(reservation({ reservationId: "b" }))).toBeUndefined();
        expect(await store.reserve(claim({ reservationId: "b", quantity: 5 }))).toEqual({ outcome: "reserved" });
        expect(await store.reserve(claim({ reservationId: "c" }))).toMatchObject({ outcome: "refused" });
        expect(await taken()).toEqual({ reserved: 20, committed: 0 });
      });

      it("of more than there ever was is refused before anything was taken", async () => {
        expect(await store.reserve(claim({ quantity: 21 }))).toEqual({ outcome: "refused", level: undefined });
        expect(await store.levels("points")).toEqual([]);
      });

      it("follows a capacity that changes; less than is taken refuses, and takes nothing back", async () => {
        await store.reserve(claim({ quantity: 10 }, 10, 1));
        expect(await store.reserve(claim({ reservationId: "b" }, 12, 2))).toEqual({ outcome: "reserved" });
        expect(await store.reserve(claim({ reservationId: "c" }, 5, 3))).toMatchObject({ outcome: "refused" });
        expect(await taken()).toEqual({ reserved: 11, committed: 0 });
      });

      it("by an older plan than another has reserved by is told so", async () => {
        await store.reserve(claim({}, 5, 7));
        expect(await store.reserve(claim({ reservationId: "b" }, 20, 6))).toEqual({ outcome: "outdated" });
        expect(await taken()).toEqual({ reserved: 1, committed: 0 });
      });

      it("keeps limits and campaigns apart, and odd ids", async () => {
        const budget = { kind: "budget", id: "coffee" } as const;
        for (const reservationId of ODD_IDS) await store.reserve(claim({ reservationId }));
        await store.reserve(claim({ limit: budget, quantity: 500 }, 500));
        await store.reserve(claim({ campaign: "points-2" }, 1));
        expect(await store.level("points", budget)).toMatchObject({ reserved: 500 });
        expect(await store.level("points-2", COFFEE)).toMatchObject({ reserved: 1 });
        const { items, pages } = await allPages((request) => store.reservations("points", COFFEE, request), 2);
        expect(pages).toBe(Math.ceil(ODD_IDS.length / 2));
        expect(items.map(({ reservationId }) => reservationId)).toEqual(inOrder(ODD_IDS, (id) => id));
      });
    });

    describe("closing", () => {
      beforeEach(() => store.reserve(claim({ quantity: 4 }, 4)));
      const open = reservation({ quantity: 4 });
      const committed = closeReservation(open, "committed", NOON + 1000, "till");
      const released = closeReservation(open, "released", NOON + 1000, "till");

      it("by a commit keeps what was taken", async () => {
        expect(await store.close(committed)).toBe("closed");
        expect(await store.reservation(open)).toEqual(committed);
        expect(await taken()).toEqual({ reserved: 0, committed: 4 });
        expect(await store.reserve(claim({ reservationId: "b" }, 4))).toMatchObject({ outcome: "refused" });
      });

      it.each(["released", "expired"] as const)("as %s gives it back", async (state) => {
        expect(await store.close(closeReservation(open, state, NOON + 1000))).toBe("closed");
        expect(await taken()).toEqual({ reserved: 0, committed: 0 });
        expect(await store.reserve(claim({ reservationId: "b", quantity: 4 }, 4))).toEqual({ outcome: "reserved" });
      });

      it("happens once", async () => {
        expect(await store.close(committed)).toBe("closed");
        for (const again of [committed, released]) expect(await store.close(again)).toBe("stale");
        expect(await store.reservation(open)).toEqual(committed);
        expect(await taken()).toEqual({ reserved: 0, committed: 4 });
      });

      it("of what was never reserved changes nothing", async () => {
        const stranger = closeReservation(reservation({ reservationId: "stranger" }), "released", NOON);
        expect(await store.close(stranger)).toBe("stale");
        expect(await store.reservation(stranger)).toBeUndefined();
        expect(await taken()).toEqual({ reserved: 4, committed: 0 });
      });

      it("by rivals at once: exactly one wins, and the limit says what it did", async () => {
        const states = times(12, (index) => (index % 2 === 0 ? committed : closeReservation(open, "expired", NOON)));
        const results = await Promise.all(states.map((state) => store.close(state)));
        expect(results.toSorted()).toEqual(["closed", ...times(11, () => "stale")]);
        const winner = states[results.indexOf("closed")];
        expect(await store.reservation(open)).toEqual(winner);
        expect(await taken()).toEqual({ reserved: 0, committed: winner?.state === "committed" ? 4 : 0 });
      });
    });

    describe("what is due", () => {
      const until = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();
      const held = (reservationId: string, holdSeconds: number) =>
        claim({ reservationId, holdSeconds, expiresAt: until(holdSeconds) });
      const dueIds = async (seconds: number, count = 10) =>
        (await store.due("points", until(seconds), count)).map(({ reservationId }) => reservationId);

      it("is told in the order of expiry, as many as asked, the last instant included", async () => {
        for (const [id, seconds] of Object.entries({ late: 90, soon: 30, next: 60 })) {
          await store.reserve(held(id, seconds));
        }
        expect(await dueIds(29)).toEqual([]);
        expect(await dueIds(60)).toEqual(["soon", "next"]);
        expect(await dueIds(90, 2)).toEqual(["soon", "next"]);
        expect(await store.due("points-2", until(90), 10)).toEqual([]);
      });

      it("is nothing that was closed", async () => {
        await store.reserve(held("a", 30));
        await store.reserve(held("b", 30));
        await store.close(closeReservation(held("a", 30).reservation, "committed", NOON));
        expect(await dueIds(60)).toEqual(["b"]);
      });
    });

    describe("under claims at once", () => {
      const outcomes = async (claims: readonly ReservationClaim[]) => {
        const results = await Promise.all(claims.map((one) => store.reserve(one)));
        return Object.fromEntries(
          ["reserved", "refused", "known", "busy", "outdated"].map((outcome) => [
            outcome,
            results.filter((result) => result.outcome === outcome).length,
          ]),
        );
      };
      const none = { known: 0, busy: 0, outdated: 0 };

      // H05 of the published examples: a limit of 1, and the last of 10 after 9.
      it("the last piece goes to exactly one of two", async () => {
        expect(await outcomes(rivals(2, 1))).toEqual({ ...none, reserved: 1, refused: 1 });
        expect(await taken()).toEqual({ reserved: 1, committed: 0 });
        await store.reserve(claim({ reservationId: "eight more", quantity: 8 }, 10));
        const two = ["x", "y"].map((reservationId) => claim({ reservationId }, 10));
        expect(await outcomes(two)).toEqual({ ...none, reserved: 1, refused: 1 });
        expect(await taken()).toEqual({ reserved: 10, committed: 0 });
      });

      it("of 60 for the last 20 exactly 20 are accepted", async () => {
        expect(await outcomes(rivals(60, 20))).toEqual({ ...none, reserved: 20, refused: 40 });
        expect(await taken()).toEqual({ reserved: 20, committed: 0 });
        const { items } = await allPages((request) => store.reservations("points", COFFEE, request));
        expect(items).toHaveLength(20);
      });

      it("one claim that is sent 20 times is counted once", async () => {
        const same = times(20, () => claim({ quantity: 2 }, 3));
        expect(await outcomes(same)).toEqual({ ...none, reserved: 1, refused: 0, known: 19 });
        expect(await taken()).toEqual({ reserved: 2, committed: 0 });
      });

      it("claims, commits and releases together keep the sum right", async () => {
        const claims = rivals(30, 10);
        await Promise.all(
          claims.map(async (one, index) => {
            const { outcome } = await store.reserve(one);
            if (outcome !== "reserved") return;
            const state = index % 2 === 0 ? "committed" : "released";
            expect(await store.close(closeReservation(one.reservation, state, NOON))).toBe("closed");
          }),
        );
        const { items } = await allPages((request) => store.reservations("points", COFFEE, request));
        const committed = items.filter(({ state }) => state === "committed").length;
        expect(items.every(({ state }) => state !== "reserved")).toBe(true);
        expect(committed).toBeLessThanOrEqual(10);
        expect(await taken()).toEqual({ reserved: 0, committed });
      });
    });
  });
}

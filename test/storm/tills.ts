import type { EdgeDeps } from "#app/deps.ts";
import { commitReservation, releaseReservation } from "#app/reservations/close-reservation.ts";
import { expireDueReservations } from "#app/reservations/expire-due.ts";
import { reserve } from "#app/reservations/reserve.ts";
import type { Actor } from "#domain/actor.ts";
import { Refusal } from "#domain/problem.ts";
import type { Claim, Reservation } from "#domain/reservation.ts";
import type { Storm } from "./storm.ts";
import { COFFEE, SPRINT } from "./world.ts";

/** Tills that reserve from a stock, commit and release, all of it again until they are answered. */

type What = "reserve" | "commit" | "release";

interface Call {
  readonly what: What;
  readonly claim: Claim;
}

/** What a till was told: `ok`, or the code of its refusal. */
export interface TillAnswer extends Call {
  readonly answer: string;
}

const TILL: Actor = { subject: "till", roles: ["integrator"], units: [], sources: ["pos"] };
const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

export class Tills {
  readonly told: TillAnswer[] = [];
  readonly #storm: Storm;
  #calls: Call[] = [];
  #claims = 0;

  constructor(storm: Storm) {
    this.#storm = storm;
  }

  get hasCalls(): boolean {
    return this.#calls.length > 0;
  }

  /** Somebody asks for some of it; some send it twice at once, or use the same id for something else. */
  claim(): void {
    const { random, scheduler } = this.#storm;
    this.#claims += 1;
    const claim = {
      reservationId: `r${this.#claims}`,
      subject: "c-1",
      quantity: random.int(1, 3),
      holdSeconds: random.pick([10 * MINUTE, DAY, 30 * DAY]),
    };
    this.#calls.push({ what: "reserve", claim });
    if (random.chance(30)) {
      scheduler.count("claim twice");
      this.#calls.push({ what: "reserve", claim });
    }
    if (random.chance(10)) this.#calls.push({ what: "reserve", claim: { ...claim, quantity: claim.quantity + 1 } });
  }

  /** One call is on the wire; unless it is answered it is made again. */
  async call(): Promise<void> {
    const { random, scheduler } = this.#storm;
    const [call] = this.#calls.splice(random.int(0, this.#calls.length - 1), 1);
    if (!call) return;
    let answer: string | undefined;
    await scheduler.spawn(
      `till ${call.what} ${call.claim.reservationId}`,
      async (task) => {
        answer = await answerOf(this.#storm.portsOf(task), call);
      },
      (ending) => this.#ended(call, ending === "done" ? answer : undefined),
    );
  }

  /** The clock frees what is held too long. */
  async expire(): Promise<void> {
    await this.#storm.scheduler.spawn(
      "expiry",
      async (task) => void (await expireDueReservations(this.#storm.portsOf(task))),
      () => undefined,
    );
  }

  #ended(call: Call, answer: string | undefined): void {
    const { random, scheduler } = this.#storm;
    if (answer === undefined || answer === "busy") {
      this.#calls.push(call);
      return;
    }
    this.told.push({ ...call, answer });
    if (call.what !== "reserve" || answer !== "ok") return;
    // Some are left to the clock.
    if (random.chance(25)) return;
    const what = random.pick(["commit", "commit", "release"] as const);
    this.#calls.push({ ...call, what });
    if (!random.chance(25)) return;
    scheduler.count("commit against release");
    this.#calls.push({ ...call, what: what === "commit" ? "release" : "commit" });
  }
}

async function answerOf(deps: EdgeDeps, { what, claim }: Call): Promise<string> {
  const key = { campaign: SPRINT, limit: COFFEE, reservationId: claim.reservationId };
  try {
    if (what === "reserve") await reserve(deps, TILL, SPRINT, COFFEE, claim);
    else await (what === "commit" ? commitReservation : releaseReservation)(deps, TILL, key);
    return "ok";
  } catch (error) {
    const [problem] = error instanceof Refusal ? error.problems : [];
    if (!problem) throw error;
    return problem.code;
  }
}

/** RES-3: who was told yes was told the truth, also after everything; and nobody holds on for ever. */
export function brokenPromises(
  told: readonly TillAnswer[],
  reservations: readonly Reservation[],
  now: number,
): string[] {
  const known = new Map(reservations.map((one) => [one.reservationId, one]));
  const open = reservations
    .filter(({ state, expiresAt }) => state === "reserved" && Date.parse(expiresAt) <= now)
    .map(({ reservationId }) => `${reservationId} is held beyond its time`);
  const broken = told
    .filter(({ what, answer, claim }) => {
      const state = known.get(claim.reservationId)?.state;
      if (answer !== "ok") return false;
      if (what === "reserve") return known.get(claim.reservationId)?.quantity !== claim.quantity;
      return what === "commit" ? state !== "committed" : state !== "released" && state !== "expired";
    })
    .map(({ what, claim: { reservationId } }) => {
      return `${what} of ${reservationId} was answered with yes, and it is ${known.get(reservationId)?.state}`;
    });
  return [...open, ...broken];
}

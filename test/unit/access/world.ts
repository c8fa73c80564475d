import type { Actor, Role } from "#domain/actor.ts";
import { EARNED, payPlan } from "#test/fixtures/pay-plans.ts";
import { commission, person, planOf, prizes, race, ranking, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { ADMIN, type Answer, APPROVER, ApiHarness, MARKETING } from "../api-harness.ts";
import { ok } from "../api-world.ts";

/** A world in which everything that can be listed is there three times: of oneself, of the own unit, of another. */

export const CAMPAIGN = "/v1/campaigns/small";
const CLAIMS = { subject: "ann", units: ["east"], sources: ["pos"] } as const;
const OTHER_TEAM: Actor = { subject: "other.team", roles: ["integrator"], units: [], sources: ["other"] };

/** Every role comes with the same claims, so that a cell shows what the role makes of them: units do not help a seller. */
export function actorOf(role: Role): Actor {
  return { ...CLAIMS, roles: [role] };
}

export type Scope = "self" | "own unit" | "other unit" | "own source" | "other source" | "own" | "other";

const SCOPES: Readonly<Record<string, Scope>> = {
  ann: "self",
  bob: "own unit",
  east: "own unit",
  cy: "other unit",
  west: "other unit",
  pos: "own source",
  other: "other source",
};

/** What of the world an id belongs to. */
export function scopeOf(id: string): Scope {
  return SCOPES[id] ?? "other unit";
}

const PLAN = planOf({
  rewards: [
    commission({
      instalments: [
        { id: "now", part: "1/2" },
        { id: "later", part: "1/2", after: "P3M" },
      ],
    }),
    EARNED,
    payPlan({ base: { amount: "100" } }),
    ranking({ prizes: prizes(25) }),
    ranking({ id: "last", prizes: prizes(5), gates: [{ on: "self", measure: "sales", atLeast: { value: "9000" } }] }),
    race({ prizes: prizes(1000, 600) }),
  ],
  stocks: [{ id: "coffee", quantity: 10_000 }],
});

export class AccessWorld {
  readonly harness = new ApiHarness();
  #run = "";
  #claims = 0;

  /** The run that was paid. */
  get run(): string {
    return this.#run;
  }

  static async create(): Promise<AccessWorld> {
    const made = new AccessWorld();
    await made.#launch();
    await made.#pay();
    return made;
  }

  async #launch(): Promise<void> {
    const { cloud } = this.harness;
    const memberships = [person("ann", "east"), person("bob", "east"), person("cy", "west")];
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "50.00"));
    await cloud.launch(world({ plan: PLAN, memberships, targets }));
    await cloud.runRebuilds();
    cloud.clock.set(Date.parse("2018-05-20T00:00:00+08:00"));
    for (const source of ["pos", "other"]) {
      const settings = { name: source, secretNames: [`sources/${source}`] };
      await ok(this.harness.call("PUT", `/v1/sources/${source}`, { as: ADMIN, body: settings }));
    }
    const facts = [sale("ann", 200, "05-02"), sale("bob", 140, "05-03"), sale("cy", 80, "05-04")];
    for (const source of ["pos", "other"]) {
      const reporter: Actor = { ...OTHER_TEAM, sources: [source] };
      const messages = facts.map(({ recordedAt: _, ...fact }) => ({ ...fact, source }));
      await ok(this.harness.post("/v1/facts:batch", reporter, { facts: messages }));
    }
    await cloud.drain();
  }

  async #pay(): Promise<void> {
    const { harness } = this;
    const { cloud } = harness;
    cloud.clock.set(Date.parse("2018-06-17T00:00:00+08:00"));
    const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);
    this.#run = `${CAMPAIGN}/runs/${json.runId}`;
    const { resultHash } = (await ok(harness.get(this.#run, APPROVER))).json;
    await ok(harness.post(`${this.#run}/approve`, APPROVER, { resultHash }));
    await cloud.pay(request);
  }

  /** A new reservation by whom the claims name, and one by somebody else; their paths. */
  async reservations(): Promise<{ own: string; other: string }> {
    const reserve = async (as: Actor) => {
      this.#claims += 1;
      const claim = { reservationId: `order-${this.#claims}`, subject: "x", quantity: 1, holdSeconds: 900 };
      return String((await ok(this.harness.post(RESERVATIONS, as, claim))).headers.location);
    };
    return { own: await reserve(actorOf("integrator")), other: await reserve(OTHER_TEAM) };
  }

  call(method: string, path: string, as: Actor, body?: unknown): Promise<Answer> {
    return this.harness.call(method, path, { as, body });
  }
}

export const RESERVATIONS = `${CAMPAIGN}/limits/stock/coffee/reservations`;

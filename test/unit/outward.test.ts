import { describe, expect, it } from "vitest";
import type { DispatchDeps, FindDeps } from "#app/outward/deps.ts";
import { MOST_TRIES, pauseMs } from "#app/outward/dispatch.ts";
import { tellOthers } from "#app/outward/tell-others.ts";
import type { OutwardEvent } from "#domain/event.ts";
import type { Answered, Telling } from "#ports/messenger.ts";
import { ADMIN, APPROVER, ApiHarness, MARKETING, POS, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN, sale } from "./api-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface SentMessage {
  readonly channel: string;
  readonly part: string;
  readonly event: OutwardEvent;
}

/** A small company whose channels lead to a list, and a receiver that can be told how to answer. */
class World {
  readonly harness = new ApiHarness();
  readonly sent: SentMessage[] = [];
  answer: (message: SentMessage) => Answered = () => ({ taken: true, status: 200 });
  compose: (telling: Telling) => readonly string[] = ({ title, blocks }) => [
    [title, ...blocks.map((block) => (block.kind === "table" ? "" : block.text))].join("\n"),
  ];

  static async launched(): Promise<World> {
    const world = new World();
    await launch(world.harness);
    return world;
  }

  get clock() {
    return this.harness.cloud.clock;
  }

  deps(): FindDeps & DispatchDeps {
    return {
      ...this.harness.cloud.deps,
      messengers: async () => ({
        compose: (telling) => this.compose(telling),
        send: async ({ channel }, part, event) => {
          const message = { channel, part, event };
          const answered = this.answer(message);
          if (answered.taken) this.sent.push(message);
          return answered;
        },
      }),
    };
  }

  look(deps = this.deps()) {
    return tellOthers(deps);
  }

  later(milliseconds: number): void {
    this.clock.set(this.clock.now() + milliseconds);
  }

  set(channel: string, settings: object = {}) {
    const body = { name: "Group", kind: "wecom", secretName: "channels/x", events: ["target.reached"], language: "en" };
    return this.harness.call("PUT", `/v1/channels/${channel}`, { as: MARKETING, body: { ...body, ...settings } });
  }

  async sell(externalId: string, participantId: string, amount: string): Promise<void> {
    await ok(this.harness.post("/v1/facts:batch", POS, { facts: [sale(externalId, participantId, amount)] }));
    await this.harness.cloud.drain();
  }

  async deliveries(channel: string) {
    return (await ok(this.harness.get(`/v1/channels/${channel}/deliveries`, ADMIN))).json.items;
  }
}

describe("what is told", () => {
  it("a unit reaches its target: the group hears it once, whatever happens after", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.look();
    await world.sell("1", "a-1", "499.99");
    await world.look();
    expect(world.sent).toEqual([]);
    await world.sell("2", "a-2", "0.01");
    await world.look();
    expect(world.sent.map(({ part }) => part)).toEqual([
      expect.stringMatching(/^Target reached: .*\n南昌 has reached its .* 500\.00, now 500\.00/),
    ]);
    await world.sell("3", "a-1", "-100.00");
    await world.look();
    await world.sell("4", "a-1", "900.00");
    await world.look();
    await world.look();
    expect(world.sent).toHaveLength(1);
    expect(await world.deliveries("group")).toMatchObject([
      { type: "target.reached", state: "sent", tries: 1, attempts: [{ outcome: "sent", status: 200 }] },
    ]);
  });

  it("a run from request to payout, each to those who want it, in their language", async () => {
    const world = await World.launched();
    await ok(world.set("approvers", { events: ["approval.requested"], language: "zh" }));
    await ok(world.set("everybody", { events: ["run.approved", "run.paid", "campaign.final"], kind: "feishu" }));
    const { cloud } = world.harness;
    cloud.clock.set(Date.parse("2027-03-01T00:00:00Z"));
    const { json: asked } = await ok(world.harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    const [request] = cloud.settlements.splice(0);
    if (!request) throw new Error("no settlement was started");
    await cloud.compute(request);
    await world.look();
    expect(world.sent.map(({ channel, part }) => [channel, part.split("\n")[0]])).toEqual([
      ["approvers", expect.stringMatching(/^待审批：/)],
    ]);
    const run = await ok(world.harness.get(`${CAMPAIGN}/runs/${asked.runId}`, APPROVER));
    await ok(
      world.harness.post(`${CAMPAIGN}/runs/${asked.runId}/approve`, APPROVER, { resultHash: run.json.resultHash }),
    );
    await cloud.pay(request);
    await world.look();
    // The approval was passed between two looks; its record tells it all the same.
    const after = world.sent.slice(1).map(({ channel, event }) => `${channel} ${event.type}`);
    expect(after.sort()).toEqual(["everybody campaign.final", "everybody run.approved", "everybody run.paid"]);
    for (const { event } of world.sent) expect(JSON.stringify(event)).not.toMatch(/amount|total/i);
  });

  it("nothing of before the channel, nothing of other campaigns, nothing while it is off", async () => {
    const world = await World.launched();
    await world.sell("1", "a-1", "600.00");
    await world.later(HOUR);
    await ok(world.set("new", { events: ["campaign.activated"] }));
    await ok(world.set("other", { campaigns: ["another"] }));
    await ok(world.set("off", { enabled: false }));
    await world.look();
    expect(world.sent).toEqual([]);
  });

  it("looks for nothing where nobody listens", async () => {
    const world = await World.launched();
    const deps = world.deps();
    const plans = new Proxy(deps.plans, {
      get: () => expect.fail("it looked"),
    });
    expect(await world.look({ ...deps, plans })).toEqual({ news: 0, sent: 0, failed: 0, dead: 0 });
  });

  it("goes on where it was cut off: between event and message, and between message and its being sent", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    const deps = world.deps();
    const broken = (name: string) =>
      new Proxy(deps.outbox, {
        get: (target, property) => {
          if (property === name) return () => Promise.reject(new Error("cut off"));
          const value = Reflect.get(target, property);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    await expect(world.look({ ...deps, outbox: broken("saveOutgoing") })).rejects.toThrow("cut off");
    await expect(world.look({ ...deps, outbox: broken("due") })).rejects.toThrow("cut off");
    expect(world.sent).toEqual([]);
    await world.look();
    await world.look();
    expect(world.sent).toHaveLength(1);
  });

  it("of two who look at once one sends", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    await Promise.all([world.look(), world.look(), world.look()]);
    expect(world.sent).toHaveLength(1);
  });
});

describe("when it cannot be told", () => {
  it("is tried again with doubling pauses for a day, then given up, and can be sent again", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    world.answer = () => ({ taken: false, status: 503, reason: "answered 503" });
    const begin = world.clock.now();
    const tried: number[] = [];
    let dead = 0;
    for (let minute = 0; minute <= 24 * 60; minute += 1) {
      const told = await world.look();
      if (told.failed + told.dead > 0) tried.push(world.clock.now() - begin);
      dead += told.dead;
      world.later(MINUTE);
    }
    expect(tried).toHaveLength(MOST_TRIES);
    expect(dead).toBe(1);
    const pauses = tried.slice(1).map((time, index) => time - (tried[index] ?? 0));
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(2 ** index * MINUTE);
      expect(pause).toBeLessThanOrEqual(2 ** index * MINUTE * 1.4 + MINUTE);
    }
    const [given] = await world.deliveries("group");
    expect(given).toMatchObject({ state: "dead", tries: MOST_TRIES });
    expect(given.attempts[0]).toMatchObject({ outcome: "failed", status: 503, reason: "answered 503" });
    expect(given.nextAt).toBeUndefined();

    world.answer = () => ({ taken: true });
    await world.look();
    expect(world.sent).toEqual([]);
    await ok(world.harness.post(`/v1/channels/group/deliveries/${given.id}/replay`, MARKETING));
    await world.look();
    expect(world.sent).toHaveLength(1);
  });

  it("messages that failed together are not tried together", () => {
    const pauses = new Set(Array.from({ length: 50 }, (_, index) => pauseMs(`m-${index}`, 5)));
    expect(pauses.size).toBeGreaterThan(40);
    expect(pauseMs("m-1", 5)).toBe(pauseMs("m-1", 5));
  });

  it("comes again when the receiver says, and gives up at once when nobody is there", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    world.answer = () => ({ taken: false, status: 429, retryAfterMs: 30 * MINUTE });
    await world.look();
    world.answer = () => ({ taken: false, status: 410, isGone: true });
    world.later(29 * MINUTE);
    expect(await world.look()).toMatchObject({ failed: 0, dead: 0 });
    world.later(2 * MINUTE);
    expect(await world.look()).toMatchObject({ dead: 1 });
  });

  it("goes on with the part that was not taken", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    world.compose = () => ["one", "two", "three"];
    world.answer = ({ part }) => ({ taken: part === "one" });
    await world.look();
    world.answer = () => ({ taken: true });
    world.later(5 * MINUTE);
    await world.look();
    expect(world.sent.map(({ part }) => part)).toEqual(["one", "two", "three"]);
  });

  it("a message that cannot be written does not keep those behind it", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    await world.sell("1", "a-1", "600.00");
    await world.sell("2", "b-1", "600.00");
    world.compose = ({ event }) => {
      if (event.type === "target.reached" && event.data.unit === "nanchang") throw new TypeError("broken");
      return ["fine"];
    };
    expect(await world.look()).toMatchObject({ sent: 1, failed: 1 });
  });

  it("waits while it is quiet, over midnight too", async () => {
    const world = await World.launched();
    await ok(world.set("group", { quiet: { zone: "Asia/Shanghai", from: "21:00", to: "08:00" } }));
    world.clock.set(Date.parse("2026-03-06T22:30:00+08:00"));
    await world.sell("1", "a-1", "600.00");
    await world.look();
    world.clock.set(Date.parse("2026-03-07T07:59:00+08:00"));
    await world.look();
    expect(world.sent).toEqual([]);
    world.clock.set(Date.parse("2026-03-07T08:00:00+08:00"));
    await world.look();
    expect(world.sent).toHaveLength(1);
  });
});

describe("channels", () => {
  it("are set as a whole and read back; secrets only by name", async () => {
    const world = await World.launched();
    const first = await ok(world.set("group", { campaigns: [PLAN.id] }));
    expect(first.json).toMatchObject({ channel: "group", revision: 1, enabled: true, changedBy: "mei.lin" });
    await world.later(HOUR);
    const second = await ok(world.set("group", { name: "Another" }));
    expect(second.json).toMatchObject({ revision: 2, name: "Another", since: first.json.since });
    expect(second.json.campaigns).toBeUndefined();
    expect((await ok(world.harness.get("/v1/channels", ADMIN))).json.items).toEqual([second.json]);
    expect((await ok(world.harness.get("/v1/channels/group", ADMIN))).json).toEqual(second.json);
  });

  it.each([
    [{ kind: "webhook", address: "http://example.com/hook" }, "/address"],
    [{ kind: "webhook" }, "/address"],
    [{ kind: "wecom", address: "https://example.com/" }, "/address"],
    [{ kind: "slack", secretName: undefined }, "/secretName"],
    [{ kind: "email", secretName: undefined }, "/recipients"],
    [{ kind: "eventbridge" }, "/secretName"],
    [{ events: ["bulletin.published"] }, "/bulletins"],
    [{ bulletins: { day: 1, hour: 9 } }, "/bulletins"],
    [{ events: ["bulletin.published"], bulletins: { day: 31, hour: 9 } }, "/bulletins/day"],
    [{ quiet: { zone: "Nowhere", from: "21:00", to: "08:00" } }, "/quiet/zone"],
    [{ events: ["everything"] }, "/events/0"],
  ])("refuses %j", async (settings, path) => {
    const world = await World.launched();
    const problem = problemOf(await world.set("group", settings));
    expect(problem.problems?.map((one) => one.path)).toContain(path);
  });

  it("stay of their kind, and are not there before they are set", async () => {
    const world = await World.launched();
    await ok(world.set("group"));
    expect((await world.set("group", { kind: "slack" })).status).toBe(409);
    expect((await world.harness.get("/v1/channels/none", ADMIN)).status).toBe(404);
    expect((await world.harness.get("/v1/channels/none/deliveries", ADMIN)).status).toBe(404);
    expect((await world.harness.post("/v1/channels/group/deliveries/none/replay", MARKETING)).status).toBe(404);
    expect((await world.harness.call("PUT", "/v1/channels/group", { as: ADMIN, body: {} })).status).toBe(403);
  });
});

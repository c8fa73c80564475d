import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/actor.ts";
import { EARNED, payPlan } from "#test/fixtures/pay-plans.ts";
import { commission, person, planOf, sale, world } from "#test/fixtures/plan-builder.ts";
import { APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING, SELLER } from "./api-harness.ts";
import { ok } from "./api-world.ts";

const CAMPAIGN = "/v1/campaigns/small";
const EAST: Actor = { ...MANAGER, units: ["east"] };

/** Half of the commission is paid a month later, and a pay plan counts a component: three lines a seller and month. */
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
  ],
});

describe("what a run computed beside its lines", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;

  /** Asks for a run and computes it. */
  async function computed(kind: string): Promise<string> {
    const { json } = await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind }));
    const [request] = cloud.settlements.splice(0);
    if (request === undefined) throw new Error("no settlement was started");
    await cloud.compute(request);
    return `${CAMPAIGN}/runs/${json.runId}`;
  }

  const told = async (path: string, as: Actor) =>
    (await ok(harness.get(path, as))).json.items.map(
      ({ lineId, amount }: { lineId: string; amount: string }) => `${lineId} ${amount}`,
    );

  let provisional: string;
  let final: string;

  beforeAll(async () => {
    const memberships = [person("ann", "east"), person("bob", "east"), person("cy", "west")];
    await cloud.launch(world({ plan: PLAN, memberships }));
    await cloud.runRebuilds();
    cloud.clock.set(Date.parse("2018-05-20T00:00:00+08:00"));
    const facts = [sale("ann", 200, "05-02"), sale("bob", 40, "05-03"), sale("cy", 80, "05-04")];
    await ok(
      harness.post(
        "/v1/facts:batch",
        { ...AUDITOR, roles: ["integrator"], sources: ["pos"] },
        {
          facts: facts.map(({ recordedAt: _, ...message }) => message),
        },
      ),
    );
    await cloud.drain();
    provisional = await computed("provisional");
    cloud.clock.set(Date.parse("2018-06-17T00:00:00+08:00"));
    final = await computed("final");
  });

  it("is listed of a provisional run and of a final one: what is held, with when it falls due", async () => {
    const later = [
      "commission:participant:ann:later 10.00",
      "commission:participant:bob:later 2.00",
      "commission:participant:cy:later 4.00",
    ];
    expect(await told(`${final}/held`, AUDITOR)).toEqual(later);
    // In May nothing of it is due yet.
    expect(await told(`${provisional}/held`, AUDITOR)).toHaveLength(6);
    expect(await told(`${provisional}/held`, AUDITOR)).toEqual(expect.arrayContaining(later));
    const { json } = await ok(harness.get(`${final}/held`, AUDITOR));
    expect(json.items[0]).toMatchObject({ part: "later", due: "2018-09-01T00:00:00+08:00", currency: "CNY" });
    expect(json.items[0].trace.at(0)).toMatchObject({ step: "measure" });
  });

  it("is listed: components, which are not among the lines", async () => {
    expect(await told(`${final}/components`, AUDITOR)).toEqual([
      "earned:participant:ann:2018-05 200.00",
      "earned:participant:bob:2018-05 40.00",
      "earned:participant:cy:2018-05 80.00",
    ]);
    const lines = await told(`${final}/lines`, AUDITOR);
    expect(lines.some((line: string) => line.startsWith("earned"))).toBe(false);
    expect(lines).toContain("pay:participant:ann:2018-05 300.00");
  });

  it("comes by the page", async () => {
    const first = await ok(harness.get(`${final}/held?limit=2`, AUDITOR));
    expect(first.json.items.map(({ payee: { id } }: { payee: { id: string } }) => id)).toEqual(["ann", "bob"]);
    const next = await ok(harness.get(`${final}/held?limit=2&cursor=${first.json.nextCursor}`, AUDITOR));
    expect(next.json.items.map(({ payee: { id } }: { payee: { id: string } }) => id)).toEqual(["cy"]);
    expect(next.json.nextCursor).toBeUndefined();
    expect((await harness.get(`${final}/components?cursor=${first.json.nextCursor}`, AUDITOR)).status).toBe(422);
  });

  it("is seen of the own branch by its manager, and by no seller", async () => {
    expect(await told(`${final}/held`, EAST)).toEqual([
      "commission:participant:ann:later 10.00",
      "commission:participant:bob:later 2.00",
    ]);
    expect(await told(`${final}/components`, { ...EAST, units: ["west"] })).toEqual([
      "earned:participant:cy:2018-05 80.00",
    ]);
    for (const list of ["held", "components"]) {
      expect((await harness.get(`${final}/${list}`, { ...SELLER, subject: "ann" })).status, list).toBe(403);
      expect((await harness.get(`${CAMPAIGN}/runs/small.final-9/${list}`, AUDITOR)).status, list).toBe(404);
    }
  });

  it("is told to a seller in the own statement, and only there", async () => {
    const { resultHash, runId, campaign } = (await ok(harness.get(final, APPROVER))).json;
    await ok(harness.post(`${final}/approve`, APPROVER, { resultHash }));
    await cloud.pay({ campaign, runId });
    const ann: Actor = { ...SELLER, subject: "ann" };
    const { json } = await ok(harness.get(`${CAMPAIGN}/statements/participant/ann`, ann));
    expect(json.held).toMatchObject([{ payee: { id: "ann" }, amount: "10.00" }]);
    expect(json.components).toMatchObject([{ payee: { id: "ann" }, amount: "200.00" }]);
    expect((await harness.get(`${CAMPAIGN}/statements/participant/bob`, ann)).status).toBe(403);
  });

  it("is nothing of a run that holds nothing and counts nothing", async () => {
    const plain = new ApiHarness();
    await plain.cloud.launch(world({}));
    await plain.cloud.runRebuilds();
    plain.cloud.clock.set(Date.parse("2018-05-20T00:00:00+08:00"));
    const { json } = await ok(plain.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "provisional" }));
    for (const list of ["held", "components"]) {
      expect((await ok(plain.get(`${CAMPAIGN}/runs/${json.runId}/${list}`, AUDITOR))).json).toEqual({ items: [] });
    }
  });
});

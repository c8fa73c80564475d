import { beforeAll, describe, expect, it } from "vitest";
import { storedFacts } from "#app/asking/stored-facts.ts";
import type { Actor } from "#domain/actor.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MANAGER, MARKETING, POS, problemOf, SELLER } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PLAN, sale } from "./api-world.ts";

const [COMMISSION, RANKING] = PLAN.rewards;
const DRAFT = { ...PLAN, rewards: [{ ...COMMISSION, rate: "6%" }, RANKING] };

describe("questions to a campaign in force", () => {
  const harness = new ApiHarness();
  const { cloud } = harness;
  const simulation = (as: Actor, body: unknown = {}) => harness.post(`${CAMPAIGN}/simulations`, as, body);
  const whatIf = (as: Actor, participantId: string, more: object = {}) =>
    harness.post(`${CAMPAIGN}/what-if`, as, {
      participantId,
      sales: 2,
      amount: "500.00",
      at: "2026-03-20T12:00",
      ...more,
    });

  beforeAll(async () => {
    await launch(harness);
    const facts = ["a-1", "a-2", "b-1"].map((who, index) => sale(String(index), who, "600.00"));
    await ok(harness.post("/v1/facts:batch", POS, { facts }));
    await cloud.drain();
  });

  it("simulates the campaign's own draft, which is still the plan in force", async () => {
    for (const as of [MARKETING, APPROVER, AUDITOR]) {
      const { json } = await ok(simulation(as));
      // 3 % of 600.00 for three people; 8000.00 and 5000.00 for two branches.
      expect(json.cost.all).toEqual({ before: "13054.00", after: "13054.00", difference: "0.00" });
      expect(json.simulationHash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("simulates a plan of the body", async () => {
    const { json } = await ok(simulation(MARKETING, { plan: DRAFT }));
    expect(json.cost.all).toEqual({ before: "13054.00", after: "13108.00", difference: "54.00" });
    expect(json.payees.winners).toMatchObject({ count: 3, difference: "54.00" });
    expect(json.payees.unchanged).toMatchObject({ count: 2, after: "13000.00" });
    expect(json.draft.asOf).toBe("2026-03-06T00:00:00+08:00");
  });

  it("simulates a new campaign on the facts of an earlier one", async () => {
    const period = { start: "2027-03-01T00:00", end: "2027-06-01T00:00", zone: "Asia/Shanghai" };
    await ok(harness.post("/v1/campaigns", MARKETING, { ...DRAFT, id: "spring-2027", period }));
    const rows = ["nanchang", "jiujiang"].map((subject) => ({
      subject,
      measure: "premium",
      label: "start",
      slice: "",
      value: "1000.00",
    }));
    await ok(harness.post("/v1/campaigns/spring-2027/targets:import", MARKETING, { rows }));
    const body = { against: PLAN.id, shiftToPeriod: true };
    const { json } = await ok(harness.post("/v1/campaigns/spring-2027/simulations", MARKETING, body));
    expect(json.shift).toMatchObject({ days: 365, facts: 3, counted: 3 });
    // Under its own targets the second branch stays below: 5000.00 less, and 54.00 more of commission.
    expect(json.cost.all.difference).toBe("-4946.00");
    expect((await harness.post("/v1/campaigns/spring-2027/simulations", MARKETING, {})).status).toBe(409);
    // By itself, on the facts of last year's spring, with everybody's name.
    const past = { alone: true, everyone: true, factsFrom: "2026-03-01" };
    const byItself = await ok(harness.post("/v1/campaigns/spring-2027/simulations", MARKETING, past));
    expect(byItself.json.cost.all.after).toBe(json.cost.all.after);
    expect(byItself.json.cost.all.before).toBe("0.00");
    expect(byItself.json.everyone).toMatchObject({ more: 0 });
    const bad = problemOf(
      await harness.post("/v1/campaigns/spring-2027/simulations", MARKETING, { factsFrom: "soon" }),
    );
    expect(bad.problems).toMatchObject([{ path: "/factsFrom" }]);
  });

  it("knows only what was recorded by the instant that is asked for", async () => {
    const { json } = await ok(simulation(MARKETING, { plan: DRAFT, asOf: "2026-03-01T00:00" }));
    expect(json.cost.all.after).toBe("0.00");
    const problem = problemOf(await simulation(MARKETING, { asOf: "yesterday" }));
    expect(problem.problems).toMatchObject([{ path: "/asOf", seen: "yesterday" }]);
  });

  it("tells what is wrong with a plan of the body", async () => {
    const bad = problemOf(await simulation(MARKETING, { plan: { ...DRAFT, recovery: "never" } }));
    expect(bad.problems).toMatchObject([{ path: "/plan/recovery" }]);
    const unfit = { ...DRAFT, rewards: [{ ...RANKING, level: "region" }], budgets: [] };
    const problem = problemOf(await simulation(MARKETING, { plan: unfit }));
    expect(problem).toMatchObject({
      status: 422,
      problems: [{ code: "unknown-level", path: "/plan/rewards/0/level" }],
    });
  });

  it("lets nobody simulate who does not read the whole company", async () => {
    for (const as of [SELLER, MANAGER, POS]) expect((await simulation(as)).status).toBe(403);
  });

  it("answers a seller about themself only", async () => {
    const { json } = await ok(whatIf(SELLER, "a-1"));
    // 3 % of 600.00, then of 1600.00.
    expect(json.total).toEqual({ before: "18.00", after: "48.00", difference: "30.00" });
    expect(json.supposed).toMatchObject({
      product: "LAY",
      channel: "individual",
      attributes: { entry: "app" },
      counted: 2,
    });
    expect(json.rewards[1]).toMatchObject({
      reward: "branch-ranking",
      subject: { kind: "unit", id: "nanchang" },
      before: { value: "1200.00", rank: 1 },
      after: { value: "2200.00", rank: 1 },
    });
    for (const other of ["a-2", "b-1", "nobody"]) expect((await whatIf(SELLER, other)).status, other).toBe(403);
  });

  it("answers a branch manager about the own people, and the company about all", async () => {
    expect((await whatIf(MANAGER, "a-2")).status).toBe(200);
    for (const other of ["b-1", "nobody"]) expect((await whatIf(MANAGER, other)).status, other).toBe(403);
    for (const as of [MARKETING, APPROVER, AUDITOR]) expect((await whatIf(as, "b-1")).status).toBe(200);
    for (const as of [POS, ADMIN]) expect((await whatIf(as, "b-1")).status).toBe(403);
    expect(problemOf(await whatIf(AUDITOR, "nobody")).problems).toMatchObject([{ path: "/participantId" }]);
  });

  it("says what is missing where it cannot know what would be sold", async () => {
    const problem = problemOf(await whatIf(AUDITOR, "b-2"));
    expect(problem.problems.map(({ path }) => path)).toEqual(["/product", "/channel"]);
    const more = { product: "LAY", channel: "individual", attributes: { entry: "app" } };
    const { json } = await ok(whatIf(AUDITOR, "b-2", more));
    expect(json.total.difference).toBe("30.00");
    expect((await whatIf(AUDITOR, "b-2", { sales: 1001 })).status).toBe(422);
  });

  it("stores nothing", async () => {
    const before = await storedFacts(cloud.deps);
    await ok(whatIf(SELLER, "a-1"));
    await ok(simulation(MARKETING, { plan: DRAFT }));
    expect(await storedFacts(cloud.deps)).toEqual(before);
    expect(await cloud.deps.ledger.runs(PLAN.id)).toEqual([]);
    expect([cloud.settlements, cloud.dirtyFacts]).toEqual([[], []]);
  });

  it("refuses when there are too many facts for one call", async () => {
    await expect(storedFacts(cloud.deps, { most: 2 })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("more than 2"),
      problems: [{ code: "too-many-facts" }],
    });
    expect(await storedFacts(cloud.deps, { most: 3 })).toHaveLength(3);
  });
});

it("has no answer before a version is in force", async () => {
  const harness = new ApiHarness();
  await found(harness);
  const question = { participantId: "a-1", sales: 1, amount: "1.00", at: "2026-03-20T12:00" };
  expect((await harness.post(`${CAMPAIGN}/simulations`, MARKETING, {})).status).toBe(409);
  expect((await harness.post(`${CAMPAIGN}/what-if`, AUDITOR, question)).status).toBe(409);
  expect((await harness.post("/v1/campaigns/none/simulations", MARKETING, {})).status).toBe(404);
});

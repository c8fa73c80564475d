import { beforeEach, describe, expect, it } from "vitest";
import { readBundle } from "#domain/bundle.ts";
import { planInEffect } from "#domain/conduct.ts";
import { settle } from "#engine/settle.ts";
import { verify } from "#verify/verify.ts";
import { AUDITOR, problemOf } from "./api-harness.ts";
import { CAMPAIGN, ok, PLAN } from "./api-world.ts";
import { LifeWorld, WHY } from "./lifecycle-world.ts";

const PILOT = { units: ["nanchang"], until: "2026-04-01T00:00" };

let world: LifeWorld;
beforeEach(async () => {
  world = new LifeWorld();
  await world.published();
});

/** The example as a pilot in one branch; a sale of each branch in it, and one of each after it. */
async function piloted(): Promise<void> {
  await world.decided("/activate", { version: 1, pilot: PILOT });
  world.at("2026-03-06T00:00");
  await world.sold("1", "a-1", "2026-03-05T10:00");
  await world.sold("2", "b-1", "2026-03-05T11:00");
}

describe("a pilot", () => {
  it("counts the sales of its units alone, and after its time nobody's, each with the reason", async () => {
    const { content } = await world.decided("/activate", { version: 1, pilot: PILOT });
    expect(content.pilot).toEqual({ units: ["nanchang"], until: "2026-03-31T16:00:00.000Z" });
    world.at("2026-03-06T00:00");
    expect(await world.life()).toMatchObject({ phase: "pilot", conduct: { pilot: { units: ["nanchang"] } } });
    await world.sold("1", "a-1", "2026-03-05T10:00");
    await world.sold("2", "b-1", "2026-03-05T11:00");
    world.at("2026-04-02T00:00");
    await world.sold("3", "a-1", "2026-04-01T10:00");
    expect((await world.life()).phase).toBe("pilotOver");
    expect(await world.premium("nanchang")).toBe("100.00");
    expect(await world.premium("jiujiang")).toBe("0.00");
    const asked = await ok(world.post("/runs", { kind: "provisional" }));
    const [request] = world.cloud.settlements.splice(0);
    if (!request) throw new Error("no run was started");
    await world.cloud.compute(request);
    const { json } = await ok(world.harness.get(String(asked.headers.location), AUDITOR));
    expect(json.totals.facts).toMatchObject({ counted: 1, notCounted: { "pilot-scope": 1, "pilot-over": 1 } });
  });

  it.each([
    ["fromRollOut", "0.00", "200.00"],
    ["wholePeriod", "100.00", "300.00"],
  ])("is rolled out %s by a second person; its own sales count throughout", async (others, before, after) => {
    await piloted();
    world.at("2026-04-10T00:00");
    await world.sold("3", "a-1", "2026-04-05T10:00");
    await world.decided("/roll-out", { others, ...WHY });
    expect((await world.life()).phase).toBe("active");
    expect(await world.premium("nanchang")).toBe("200.00");
    expect(await world.premium("jiujiang")).toBe(before);
    world.at("2026-04-12T00:00");
    await world.sold("4", "b-1", "2026-04-11T10:00", "200.00");
    expect(await world.premium("jiujiang")).toBe(after);
  });

  it("that is stopped pays what it earned, and nothing else", async () => {
    await piloted();
    world.at("2026-04-10T00:00");
    const { content } = await world.decided("/stop", { end: "2026-04-01T00:00", ...WHY });
    expect(content.impact).toMatchObject({ before: "3.00", after: "3.00", difference: "0.00" });
    expect((await world.life()).phase).toBe("closing");
    world.at("2026-04-17T00:00");
    await world.tick();
    expect(await world.computed(`${CAMPAIGN}/runs/${PLAN.id}.final-1`)).toMatchObject({ postedTotal: "3.00" });
  });

  it.each([
    ["of a unit that is not there", { ...PILOT, units: ["beijing"] }, "unknown-unit", "/pilot/units/0"],
    ["of more than three months", { ...PILOT, until: "2026-06-01T00:01" }, "pilot-time", "/pilot/until"],
    ["that is over", { ...PILOT, until: "2026-01-01T00:00" }, "pilot-time", "/pilot/until"],
  ])("%s is refused", async (_name, pilot, code, path) => {
    const refused = problemOf(await world.post("/activate", { version: 1, pilot }));
    expect(refused).toMatchObject({ status: 422, problems: [{ code, path }] });
  });

  it("begins a campaign: what is in force for all is not piloted", async () => {
    await world.decided("/activate", { version: 1 });
    await world.newVersion({ ...PLAN, lateFacts: "P10D" });
    const refused = problemOf(await world.post("/activate", { version: 2, pilot: PILOT }));
    expect(refused.problems).toMatchObject([{ code: "phase", seen: "active" }]);
  });

  it("keeps its units under a new version, and takes nothing of what it paid when it is rolled out", async () => {
    const rewards = PLAN.rewards.map((one) => ({ ...one, gates: [], per: "month", accumulate: "slice" }));
    const monthly = { ...PLAN, runs: "month", rewards, budgets: [] };
    await world.newVersion(monthly);
    await world.decided("/activate", { version: 2, pilot: PILOT });
    world.at("2026-03-06T00:00");
    await world.sold("1", "a-1", "2026-03-05T10:00", "600.00");
    await world.sold("2", "b-1", "2026-03-05T11:00", "900.00");
    await world.newVersion({ ...monthly, lateFacts: "P10D" });
    await world.decided("/activate", { version: 3 });
    expect(await world.life()).toMatchObject({ phase: "pilot", conduct: { pilot: { units: ["nanchang"] } } });
    world.at("2026-04-20T00:00");
    // The commission of 18.00 and the first prize, which jiujiang would have won.
    expect(await world.settled("interim")).toMatchObject({ postedTotal: "8018.00" });
    world.at("2026-04-21T00:00");
    const taken = problemOf(await world.post("/roll-out", { others: "wholePeriod", ...WHY }));
    expect(taken).toMatchObject({ status: 422, problems: [{ code: "paid-in-pilot", seen: "1 lines" }] });
    await world.decided("/roll-out", { others: "fromRollOut", ...WHY });
    expect((await world.life()).phase).toBe("active");
  });
});

describe("whoever checks a run of a pilot or a pause", () => {
  it("comes to the same by other code, and finds a sale that was counted against them", async () => {
    await piloted();
    await ok(world.post("/pause", { counts: false, ...WHY }));
    world.at("2026-03-08T00:00");
    await world.sold("3", "a-1", "2026-03-07T10:00");
    const { deps } = world.cloud;
    const [campaign, version, units, people, targets] = await Promise.all([
      deps.plans.campaign(PLAN.id),
      deps.plans.version(PLAN.id, 1),
      deps.plans.units(),
      deps.plans.allPeople(),
      deps.plans.targets(PLAN.id),
    ]);
    if (!campaign || !version) throw new Error("the campaign is gone");
    const memberships = people.flatMap((person) => person.memberships);
    const facts = (await deps.facts.scan(0, 1, {})).items;
    const asOf = "2026-03-09T00:00:00.000Z";
    const bundle = (plan: typeof version.plan) => {
      const sources = { plan: planInEffect(version.plan, campaign.conduct), units, memberships, targets };
      const settlement = settle({ ...sources, facts, asOf: Date.parse(asOf) });
      return readBundle({ ...sources, plan, facts, asOf, settlement });
    };
    const inEffect = bundle(planInEffect(version.plan, campaign.conduct));
    expect(inEffect.settlement).toMatchObject({ totals: { facts: { notCounted: { "pilot-scope": 1, paused: 1 } } } });
    expect(verify(inEffect)).toMatchObject({ agrees: true });
    expect(verify(bundle(version.plan))).toMatchObject({ agrees: false });
  });
});

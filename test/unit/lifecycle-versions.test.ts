import { beforeEach, describe, expect, it } from "vitest";
import { APPROVER, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN } from "./api-world.ts";
import { LifeWorld, WHY } from "./lifecycle-world.ts";

let world: LifeWorld;
beforeEach(() => {
  world = new LifeWorld();
});

/** Its rewards with a lower commission. */
function lowered(plan: { readonly rewards: readonly object[] } = PLAN) {
  return plan.rewards.map((one) => ("rate" in one ? { ...one, rate: "2%" } : one));
}

/** Sales of March and April, the campaign in the middle of its period. */
async function running(): Promise<void> {
  await launch(world.harness);
  await world.sold("1", "a-1", "2026-03-05T10:00");
  world.at("2026-04-10T00:00");
  await world.sold("2", "b-1", "2026-04-05T10:00");
  world.at("2026-04-11T00:00");
}

const activation = (more: object = {}) => world.post("/activate", { version: 2, ...more });
const shown = async (id: string) => (await ok(world.harness.get(`/v1/approvals/${id}`, APPROVER))).json;

describe("another version of a campaign that runs", () => {
  it("is approved with who gains and who loses how much before everybody's eyes", async () => {
    await running();
    await world.newVersion({ ...PLAN, rewards: lowered() });
    const { json } = await ok(activation());
    const { content, hash } = await shown(json.id);
    expect(content.impact).toMatchObject({
      ...{ before: "6.00", after: "4.00", difference: "-2.00", winners: { count: 0 } },
      losers: { count: 2, difference: "-2.00" },
      posted: { lines: 0, changed: 0 },
    });
    expect((await ok(activation())).json).toMatchObject({ id: json.id, hash });
    // What is sold meanwhile is of after the instant that was told of.
    world.at("2026-04-12T00:00");
    await world.sold("3", "a-2", "2026-04-11T10:00");
    expect((await ok(activation())).json.id).toBe(json.id);
    await ok(world.approve(json));
    await world.cloud.runRebuilds();
    world.at("2026-06-20T00:00");
    expect(await world.settled()).toMatchObject({ planVersion: 2, postedTotal: "6.00" });
  });

  it("tells which lines that are posted it would change, and has to be shown anew when a run was posted since", async () => {
    const monthly = {
      ...PLAN,
      runs: "month",
      budgets: [],
      rewards: PLAN.rewards.map((one) => ({ ...one, gates: [], per: "month", accumulate: "slice" })),
    };
    await world.published();
    await world.newVersion(monthly);
    await world.decided("/activate", { version: 2 });
    world.at("2026-03-06T00:00");
    await world.sold("1", "a-1", "2026-03-05T10:00");
    world.at("2026-04-20T00:00");
    await world.newVersion({ ...monthly, rewards: lowered(monthly) });
    const early = await ok(world.post("/activate", { version: 3 }));
    expect((await shown(early.json.id)).content.impact.posted).toMatchObject({ lines: 0 });
    expect(await world.settled("interim")).toMatchObject({ postedTotal: "8003.00" });
    const late = problemOf(await world.approve(early.json));
    expect(late).toMatchObject({ status: 412, problems: [{ code: "changed-since" }] });
    world.at("2026-04-21T00:00");
    await ok(world.harness.post(`/v1/approvals/${early.json.id}/reject`, APPROVER, WHY));
    const { json } = await ok(world.post("/activate", { version: 3 }));
    expect((await shown(json.id)).content.impact.posted).toEqual({
      lines: 2,
      changed: 1,
      less: 1,
      difference: "-1.00",
    });
  });
});

describe("a day from which a version has effect", () => {
  const effectiveFrom = "2026-04-01T00:00";

  it("is refused when something of before would come to something else, with the first line that would", async () => {
    await running();
    await world.newVersion({ ...PLAN, rewards: lowered() });
    const refused = problemOf(await activation({ effectiveFrom }));
    expect(refused).toMatchObject({ status: 422, problems: [{ code: "changes-before", path: "/effectiveFrom" }] });
    expect(refused.problems?.[0]?.message).toContain("comes to 3.00 now and to 2.00 by the new version");
  });

  it("is approved when all of before stays as it is, whatever changes after it", async () => {
    await running();
    const from = "2026-03-31T16:00:00.000Z";
    await world.newVersion({ ...PLAN, uncounted: [{ id: "stocktaking", from, until: "2026-04-08T00:00:00Z" }] });
    const { json } = await ok(activation({ effectiveFrom }));
    expect((await shown(json.id)).content).toMatchObject({
      effectiveFrom: from,
      impact: { before: "6.00", after: "3.00", losers: { count: 1 } },
    });
    await ok(world.approve(json));
    await world.cloud.runRebuilds();
    expect(await world.premium("jiujiang")).toBe("0.00");
    expect((await ok(world.harness.get(CAMPAIGN, APPROVER))).json.activeVersion).toBe(2);
  });

  it("says nothing where no version is in force", async () => {
    await world.published();
    const refused = problemOf(await world.post("/activate", { version: 1, effectiveFrom }));
    expect(refused.problems).toMatchObject([{ code: "nothing-before" }]);
  });
});

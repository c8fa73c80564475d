import { beforeEach, describe, expect, it } from "vitest";
import { evaluationSchema } from "#domain/evaluation.ts";
import { ADMIN, APPROVER, AUDITOR, MANAGER, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN } from "./api-world.ts";
import { LifeWorld, WHY } from "./lifecycle-world.ts";

let world: LifeWorld;
beforeEach(() => {
  world = new LifeWorld();
});

const read = (query = "", as = AUDITOR) => world.harness.get(`${CAMPAIGN}/evaluation${query}`, as);
const told = async (query = "") => evaluationSchema.parse((await ok(read(query))).json);

/** Two branches, of which nanchang passes its gate of 500: 1,000 in all, 3 % of it, and the first prize. */
async function sold(): Promise<void> {
  await launch(world.harness);
  await world.sold("1", "a-1", "2026-03-05T10:00", "600.00");
  await world.sold("2", "a-2", "2026-03-05T11:00", "100.00");
  await world.sold("3", "b-1", "2026-03-20T12:00", "300.00");
  world.at("2026-03-21T00:00");
}

describe("an evaluation", () => {
  it("tells cost, results and cost per unit of result, by unit and product and against targets", async () => {
    await sold();
    const report = await told();
    expect(report).toMatchObject({
      version: 1,
      currency: "CNY",
      facts: { counted: 3 },
      cost: { computed: "8030.00", posted: "0.00" },
      results: [{ measure: "premium", value: "1000.00", costPerUnit: "8.03" }],
    });
    expect(report.cost.byReward).toEqual([
      { reward: "branch-ranking", unit: "CNY", computed: "8000.00" },
      { reward: "commission", unit: "CNY", computed: "30.00" },
    ]);
    const unit = (id: string) => report.byUnit.find((row) => row.unit === id);
    expect(unit("company")).toMatchObject({ cost: "8030.00", results: [{ value: "1000.00" }], targets: [] });
    // 8,021 for 700 never ends as a decimal: it is told as the fraction that it is.
    expect(unit("nanchang")).toMatchObject({
      ...{ cost: "8021.00", results: [{ value: "700.00", costPerUnit: "8021/700" }] },
      targets: [{ measure: "premium", label: "start", target: "500.00", attained: "1.4" }],
    });
    expect(unit("jiujiang")).toMatchObject({ cost: "9.00", targets: [{ attained: "0.6" }] });
    expect(report.byProduct).toEqual([
      { product: "LAY", facts: 3, results: [{ measure: "premium", value: "1000.00" }] },
    ]);
    expect(report.approved?.approval).toContain(`${PLAN.id}.activation-`);
  });

  it("looks at what occurred before an instant only", async () => {
    await sold();
    const report = await told("?until=2026-03-10T00:00");
    expect(report).toMatchObject({ until: "2026-03-09T16:00:00.000Z", results: [{ value: "700.00" }] });
    expect(problemOf(await read("?until=soon"))).toMatchObject({ status: 422, problems: [{ path: "/until" }] });
  });

  it("is a table too, and is told to whom pay is told", async () => {
    await sold();
    const { text, headers } = await ok(read("?format=csv&bom=false"));
    expect(String(headers["content-type"])).toContain("text/csv");
    const lines = text.trim().split(/\r?\n/);
    expect(lines[0]).toBe('Section,"Unit, reward or product",Measure,Figure,Value');
    expect(lines).toContain("unit,nanchang,premium,costPerUnit,8021/700");
    expect(lines).toContain("attained,jiujiang,premium,start,0.6");
    for (const as of [ADMIN, MANAGER]) expect((await read("", as)).status).toBe(403);
  });

  it("is held against what the change was to cost when it was approved", async () => {
    await sold();
    const rewards = PLAN.rewards.map((one) => ("rate" in one ? { ...one, rate: "2%" } : one));
    await world.newVersion({ ...PLAN, rewards });
    await world.decided("/activate", { version: 2, simulationHash: "a".repeat(64) });
    world.at("2026-03-23T00:00");
    await world.sold("4", "b-2", "2026-03-22T12:00", "100.00");
    world.at("2026-03-24T00:00");
    expect((await told()).approved).toMatchObject({
      ...{ simulationHash: "a".repeat(64), expected: "8020.00", difference: "2.00" },
      expectedAsOf: "2026-03-20T15:59:00.000Z",
    });
  });
});

describe("the evaluations that are made by themselves", () => {
  it("are made once when the pilot's time is over, of what occurred in it, and kept", async () => {
    await world.published();
    await world.decided("/activate", { version: 1, pilot: { units: ["nanchang"], until: "2026-04-01T00:00" } });
    world.at("2026-03-06T00:00");
    await world.sold("1", "a-1", "2026-03-05T10:00");
    await world.tick();
    expect(problemOf(await read("?kept=pilot")).status).toBe(404);
    world.at("2026-04-02T00:00");
    await world.tick();
    const kept = await told("?kept=pilot");
    expect(kept).toMatchObject({
      until: "2026-03-31T16:00:00.000Z",
      cost: { computed: "3.00" },
      facts: { counted: 1 },
    });
    const { json } = await ok(world.harness.get(CAMPAIGN, APPROVER));
    expect(json.evaluations).toMatchObject([{ of: "pilot", hash: kept.evaluationHash }]);
    world.at("2026-04-03T00:00");
    await world.sold("2", "a-1", "2026-03-07T10:00");
    await world.tick();
    expect((await ok(world.harness.get(CAMPAIGN, APPROVER))).json.revision).toBe(json.revision);
    expect(await told("?kept=pilot")).toEqual(kept);
  });

  it("are made when the final run is posted, with what was posted", async () => {
    await sold();
    world.at("2026-06-20T00:00");
    await world.settled();
    world.at("2026-06-20T01:00");
    await world.tick();
    expect(await told("?kept=end")).toMatchObject({ cost: { computed: "8030.00", posted: "8030.00" } });
    await ok(world.post("/archive", WHY));
    await world.tick();
    expect(await told("?kept=end")).toMatchObject({ cost: { posted: "8030.00" } });
  });
});

import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { readTrend } from "#app/boards/read-trend.ts";
import type { Actor } from "#domain/actor.ts";
import { MAKER } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, ranking, sale } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const PLAN = planOf({
  measures: [
    { id: "sales", aggregate: "sum", of: "amount" },
    { id: "largest", aggregate: "max", of: "amount" },
    { id: "orders", aggregate: "count" },
  ],
  rewards: [ranking()],
});
/** She moves from one branch to another in the middle. */
const ANN = [person("ann", "east", { to: "2018-05-10" }), person("ann", "coast", { from: "2018-05-10" })];

async function launched() {
  return SmallSettlement.launch({
    plan: PLAN,
    memberships: [...ANN, person("bob", "east")],
    facts: [
      sale("ann", 10, "05-02"),
      sale("ann", 5, "05-02 23:59"),
      // Still the second of May in London.
      sale("ann", 7, "05-03 00:00"),
      sale("ann", -2, "05-12"),
      sale("bob", 1, "05-03"),
    ],
  });
}

const asked = { campaign: CAMPAIGN, participantId: "ann" };

describe("the trend of a person", () => {
  it("tells the value at the end of each day of the plan's zone, wherever they sold", async () => {
    const { cloud } = await launched();
    const { measures } = await readTrend(cloud.deps, MAKER, asked);
    expect(measures).toEqual([
      {
        measure: "sales",
        days: [
          { day: "2018-05-02", value: "15.00", facts: 2 },
          { day: "2018-05-03", value: "22.00", facts: 1 },
          { day: "2018-05-12", value: "20.00", facts: 1 },
        ],
      },
      {
        measure: "largest",
        days: [
          { day: "2018-05-02", value: "10.00", facts: 2 },
          { day: "2018-05-03", value: "10.00", facts: 1 },
          { day: "2018-05-12", value: "10.00", facts: 1 },
        ],
      },
      {
        measure: "orders",
        days: [
          { day: "2018-05-02", value: "2", facts: 2 },
          { day: "2018-05-03", value: "3", facts: 1 },
          { day: "2018-05-12", value: "4", facts: 1 },
        ],
      },
    ]);
  });

  it("ends at the value that the board shows, and follows a correction of an earlier day", async () => {
    const campaign = await launched();
    const { deps } = campaign.cloud;
    await campaign.tell(sale("ann", 5, "05-02 23:59", { version: 2, status: "cancelled" }));
    const [sales] = (await readTrend(deps, MAKER, asked)).measures;
    expect(sales?.days.map(({ value }) => value)).toEqual(["10.00", "17.00", "15.00"]);
    const { boards } = await readBoards(deps, CAMPAIGN);
    expect(boards[0]?.rows.find(({ subject }) => subject === "ann")?.value).toBe(sales?.days.at(-1)?.value);
  });

  it("is shown to herself, and to no other seller", async () => {
    const { cloud } = await launched();
    const seller = (subject: string): Actor => ({ subject, roles: ["seller"], units: [], sources: [] });
    expect((await readTrend(cloud.deps, seller("ann"), asked)).participantId).toBe("ann");
    await expect(readTrend(cloud.deps, seller("bob"), asked)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

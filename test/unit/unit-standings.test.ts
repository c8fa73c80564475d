import { describe, expect, it } from "vitest";
import { listUnitStandings } from "#app/boards/list-unit-standings.ts";
import type { Actor } from "#domain/actor.ts";
import { MAKER } from "#test/fixtures/memory-cloud.ts";
import { planOf, ranking, sale, target } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

async function launched() {
  const { cloud } = await SmallSettlement.launch({
    plan: planOf({ rewards: [ranking()] }),
    targets: [target("east", "start", "50.00"), target("north", "start", "200.00")],
    facts: [sale("ann", 60, "05-02"), sale("cy", 50, "05-03"), sale("eve", 40, "05-03")],
  });
  const below = async (parent?: string, as: Actor = MAKER) => {
    const { items } = await listUnitStandings(cloud.deps, as, CAMPAIGN, { parent });
    return items.map(({ unit, below: count, measures }) => `${unit} +${count} ${measures[0]?.value}`);
  };
  return { cloud, below };
}

const manager = (...units: string[]): Actor => ({ subject: "luo", roles: ["branch-manager"], units, sources: [] });

describe("the standing of units", () => {
  it("rolls up level by level, from the top", async () => {
    const { below } = await launched();
    expect(await below()).toEqual(["firm +2 150.00"]);
    expect(await below("firm")).toEqual(["north +2 110.00", "south +1 40.00"]);
    expect(await below("north")).toEqual(["east +0 60.00", "west +0 50.00"]);
    expect(await below("west")).toEqual([]);
  });

  it("is told against the targets that a unit has", async () => {
    const { cloud } = await launched();
    const { items } = await listUnitStandings(cloud.deps, MAKER, CAMPAIGN, { parent: "firm" });
    const [north, south] = items;
    expect(north?.measures[0]?.targets).toEqual([
      { label: "start", value: "200.00", attainment: "110.00/200.00", percent: 55, reached: false },
    ]);
    expect(south?.measures[0]?.targets).toEqual([]);
  });

  it("begins for a manager with their own units, and ends with them", async () => {
    const { below } = await launched();
    expect(await below(undefined, manager("north", "east"))).toEqual(["north +2 110.00"]);
    expect(await below("north", manager("north"))).toEqual(["east +0 60.00", "west +0 50.00"]);
    await expect(below("firm", manager("north"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(below("moon")).rejects.toMatchObject({ kind: "notFound" });
  });

  it("comes in pages", async () => {
    const { cloud } = await launched();
    const first = await listUnitStandings(cloud.deps, MAKER, CAMPAIGN, { parent: "firm", limit: 1 });
    expect(first.items.map(({ unit }) => unit)).toEqual(["north"]);
    const request = { parent: "firm", limit: 1, cursor: first.cursor };
    const second = await listUnitStandings(cloud.deps, MAKER, CAMPAIGN, request);
    expect(second.items.map(({ unit }) => unit)).toEqual(["south"]);
    expect(second.cursor).toBeUndefined();
  });
});

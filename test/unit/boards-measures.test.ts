import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import type { Fact } from "#domain/fact.ts";
import { type PlanDocument, planOf, race, ranking, sale, score, target, UNITS } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const MEASURES: PlanDocument["measures"] = [
  { id: "sales", aggregate: "sum", of: "amount" },
  { id: "orders", aggregate: "count" },
  { id: "largest", aggregate: "max", of: "amount" },
  { id: "grade", aggregate: "last", of: "value" },
  { id: "customers", aggregate: "distinct", of: "customer" },
  { id: "each", ratio: { numerator: "sales", denominator: "orders", empty: "exclude" } },
  { id: "growth", ratio: { numerator: "sales", denominator: "sales", of: "previous", empty: "zero" } },
];

/** Boards of a campaign with a target of every measure for the branches and their province. */
async function boardsOf(rewards: PlanDocument["rewards"], ...facts: readonly Fact[]) {
  const plan = planOf({ measures: MEASURES, attributes: { customer: "string" }, rewards });
  const targets = ["east", "west", "coast", "north", "ann", "bob", "cy", "dan", "eve"].flatMap((unit) => [
    target(unit, "start", "1.00"),
    ...MEASURES.slice(2).map(({ id }) => target(unit, "start", "4", id)),
  ]);
  const { cloud } = await SmallSettlement.launch({ plan, targets, facts });
  const boards = await readBoards(cloud.deps, CAMPAIGN);
  const progress = (measure: string) =>
    Object.fromEntries(boards.progress.filter((row) => row.measure === measure).map((row) => [row.unit, row.value]));
  return { ...boards, progressOf: progress };
}

function sold(who: string, amount: number, local: string, customer: string) {
  return sale(who, amount, local, { attributes: { customer } });
}

describe("progress of a unit above several people and places", () => {
  it("shows the largest, the last and the different ones, each by its own rule", async () => {
    const { progressOf } = await boardsOf(
      [ranking()],
      sold("ann", 40, "05-02", "x"),
      sold("bob", 70, "05-03", "y"),
      sold("cy", 50, "05-04", "x"),
      score("ann", "9", "05-06"),
      score("bob", "3", "05-08"),
      score("cy", "5", "05-07"),
    );
    expect(progressOf("largest")).toMatchObject({ east: "70.00", west: "50.00", north: "70.00" });
    expect(progressOf("grade")).toMatchObject({ east: "3.000000", west: "5.000000", north: "3.000000" });
    expect(progressOf("customers")).toMatchObject({ east: "2", west: "1", north: "2" });
  });

  it("takes the greater fact key for the last one where two happened at once", async () => {
    const first = score("ann", "9", "05-06", { externalId: "k-1" });
    const second = score("cy", "2", "05-06", { externalId: "k-2" });
    const { progressOf } = await boardsOf([ranking()], second, first);
    expect(progressOf("grade")).toMatchObject({ north: "2.000000" });
  });

  it("takes a ratio of the unit's two measures", async () => {
    const { progress, notShown } = await boardsOf(
      [ranking()],
      sold("ann", 4, "05-02", "x"),
      sold("cy", 3, "05-03", "y"),
    );
    const rows = progress.filter(({ measure }) => measure === "each");
    expect(rows.find(({ unit }) => unit === "north")).toMatchObject({
      value: "3.5",
      facts: 4,
      targets: [{ label: "start", value: "4", attainment: "7/8", percent: 87.5, reached: false }],
    });
    expect(rows.find(({ unit }) => unit === "east")?.targets[0]).toMatchObject({ percent: 100, reached: true });
    expect(notShown).toContainEqual({ unit: "coast", measure: "each", why: "emptyRatio" });
    expect(notShown).toContainEqual({ unit: "east", measure: "growth", why: "slices" });
    expect(progress.some(({ measure }) => measure === "growth")).toBe(false);
  });
});

describe("more different values than are kept", () => {
  // 5,000 are kept of all measures together: of 250 measures 20 each. Whoever has more alone is still counted right.
  const measures = Array.from({ length: 250 }, (_, index) => ({
    id: `m-${index}`,
    aggregate: "distinct" as const,
    of: "customer",
  }));
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      sale("ann", 1, "05-02", { externalId: `s-${index}`, attributes: { customer: `c-${index}` } }),
    );
  const rewards = [
    ranking({ id: "provinces", measure: "m-1", level: "province" }),
    ranking({ id: "people", measure: "m-1" }),
  ];

  async function standing(...facts: readonly Fact[]) {
    const plan = planOf({ measures, attributes: { customer: "string" }, rewards });
    const targets = ["east", "west", "north"].map((unit) => target(unit, "start", "4", "m-1"));
    const { cloud } = await SmallSettlement.launch({ plan, targets, facts });
    const { progress, boards, notShown } = await readBoards(cloud.deps, CAMPAIGN);
    return {
      progress: Object.fromEntries(progress.map(({ unit, value }) => [unit, value])),
      boards: boards.map(({ reward }) => reward),
      notShown,
    };
  }

  it("are counted where they lie together", async () => {
    expect(await standing(...many(21))).toEqual({
      progress: { north: "21", east: "21", west: "0" },
      boards: ["provinces", "people"],
      notShown: [],
    });
  });

  it("leave out what they make unknown, and say so", async () => {
    expect(await standing(...many(21), sold("cy", 1, "05-03", "c-7"))).toEqual({
      progress: { east: "21", west: "1" },
      boards: ["people"],
      notShown: [
        { reward: "provinces", why: "parts" },
        { unit: "north", measure: "m-1", why: "parts" },
      ],
    });
  });

  it("are put together as long as they can be", async () => {
    const { progress } = await standing(...many(20), sold("cy", 1, "05-03", "c-7"), sold("dan", 1, "05-03", "other"));
    expect(progress).toEqual({ north: "21", east: "20", west: "2" });
  });
});

describe("a board", () => {
  it("of a ratio is in the order of the exact fractions", async () => {
    const { boards } = await boardsOf(
      [ranking({ measure: "each", ties: "samePrize" })],
      sold("ann", 10, "05-02", "x"),
      sold("ann", 10, "05-03", "x"),
      sold("ann", 11, "05-04", "x"),
      sold("bob", 10.5, "05-02", "x"),
    );
    expect(boards[0]?.rows).toMatchObject([
      { subject: "bob", rank: 1, value: "10.5" },
      { subject: "ann", rank: 2, value: "31/3" },
    ]);
  });

  it("puts first who came first to as many different ones, wherever they came from", async () => {
    const rows = (
      await boardsOf(
        [ranking({ measure: "customers", level: "province" })],
        sold("ann", 1, "05-02", "x"),
        sold("ann", 1, "05-09", "y"),
        sold("cy", 1, "05-04", "y"),
        sold("cy", 1, "05-08", "x"),
        sold("eve", 1, "05-03", "x"),
        sold("eve", 1, "05-05", "y"),
      )
    ).boards[0]?.rows;
    // North had both on the 4th, though each of its branches had them later.
    expect(rows?.map(({ subject, rank }) => [subject, rank])).toEqual([
      ["north", 1],
      ["south", 2],
    ]);
  });

  it("is left out where progress does not tell it, with the reason", async () => {
    const { boards, notShown } = await boardsOf([
      ranking({ id: "monthly", per: "month", accumulate: "slice" }),
      ranking({ id: "faster", measure: "growth", ties: "samePrize", per: "month", accumulate: "slice" }),
    ]);
    expect(boards).toEqual([]);
    expect(notShown.filter((left) => "reward" in left)).toEqual([
      { reward: "monthly", why: "slices" },
      { reward: "faster", why: "slices" },
    ]);
  });

  it("is left out while a unit that came later has no target", async () => {
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "1.00"));
    const { cloud } = await SmallSettlement.launch({ plan: planOf({ rewards: [race()] }), targets, facts: [] });
    const { plans } = cloud.deps;
    await plans.putUnits([...UNITS, { unit: "island", parent: "south", level: "branch", name: "Island" }]);
    await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
    expect(await readBoards(cloud.deps, CAMPAIGN)).toMatchObject({
      boards: [],
      notShown: [{ reward: "race", why: "targets" }],
    });
  });

  it("whose ties go by the earlier reach of a last value is left out where that was put together", async () => {
    const grades = ranking({ id: "grades", measure: "grade", level: "branch" });
    const together = await boardsOf([grades], score("ann", "5", "05-02"), score("bob", "5", "05-03"));
    expect(together.notShown).toContainEqual({ reward: "grades", why: "parts" });
    const apart = await boardsOf([grades], score("ann", "3", "05-02"), score("bob", "5", "05-03"));
    expect(apart.boards[0]?.rows[0]).toMatchObject({ subject: "east", rank: 1, value: "5.000000" });
  });
});

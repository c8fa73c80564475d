import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import type { Fact } from "#domain/fact.ts";
import { at, planOf, prizes, race, ranking, sale, target } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const TARGETS = ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00"));

async function raceBoard(...facts: readonly Fact[]) {
  const campaign = await SmallSettlement.launch({
    plan: planOf({ rewards: [race({ prizes: prizes(1000, 600) })] }),
    targets: TARGETS,
    facts,
  });
  const { boards, progress } = await readBoards(campaign.cloud.deps, CAMPAIGN);
  return { rows: boards[0]?.rows ?? [], progress };
}

describe("the board of a race", () => {
  it("shows who has reached the target and when, and what the others miss", async () => {
    const { rows } = await raceBoard(sale("cy", 60, "05-02"), sale("dan", 40, "05-04"), sale("ann", 99.99, "05-03"));
    expect(rows).toMatchObject([
      { subject: "west", rank: 1, state: "winning", prize: "1000.00", reachedAt: at("05-04"), target: "start" },
      { subject: "east", state: "notYet", value: "99.99", missing: "0.01" },
      { subject: "coast", state: "notYet", value: "0.00", reason: "nothing was sold that counts" },
    ]);
  });

  it("keeps a place that was reached before something was returned, as the settlement does", async () => {
    const { rows, progress } = await raceBoard(sale("ann", 100, "05-02"), sale("ann", -30, "05-03"));
    expect(rows[0]).toMatchObject({ subject: "east", rank: 1, value: "70.00", reachedAt: at("05-02") });
    const [target] = progress.find(({ unit }) => unit === "east")?.targets ?? [];
    expect(target).toMatchObject({ value: "100.00", percent: 70, reached: false });
  });
});

it("the board of a ranking by attainment goes by parts of the target, and shows the values", async () => {
  const campaign = await SmallSettlement.launch({
    plan: planOf({ rewards: [ranking({ level: "branch", by: { attainment: "quota" }, prizes: prizes(1000, 600) })] }),
    targets: [target("east", "quota", "200.00"), target("west", "quota", "50.00"), target("coast", "quota", "40.00")],
    facts: [sale("ann", 100, "05-02"), sale("cy", 45, "05-03")],
  });
  const { boards } = await readBoards(campaign.cloud.deps, CAMPAIGN);
  expect(boards[0]?.rows).toMatchObject([
    { subject: "west", rank: 1, value: "45.00", prize: "1000.00" },
    { subject: "east", rank: 2, value: "100.00", prize: "600.00" },
    { subject: "coast", state: "notYet" },
  ]);
});

it("scorecards, pools and overrides have no board, and do not keep others from having one", async () => {
  const HEADER = { level: "participant", pay: "self" } as const;
  const campaign = await SmallSettlement.launch({
    plan: planOf({
      rewards: [
        {
          ...HEADER,
          id: "card",
          kind: "scorecard",
          kpis: [{ id: "k", weight: "1", measure: "sales", by: "value", scoring: { asIs: true }, missing: "zero" }],
        },
        {
          ...HEADER,
          id: "pot",
          kind: "pool",
          measure: "sales",
          pot: { amount: "9.00" },
          share: { byContribution: true },
        },
        {
          ...HEADER,
          id: "lead",
          kind: "override",
          level: "branch",
          leaders: { roles: ["manager"], membership: "periodEnd", several: "each", nobody: "forfeit" },
          from: { measure: "sales" },
          own: "included",
          rate: "1%",
          rounding: { mode: "down", unit: "0.01" },
        },
        ranking(),
      ],
    }),
    facts: [sale("ann", 100, "05-02")],
  });
  const { boards } = await readBoards(campaign.cloud.deps, CAMPAIGN);
  expect(boards.map(({ reward }) => reward)).toEqual(["ranking"]);
});

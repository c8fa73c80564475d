import { describe, expect, it } from "vitest";
import { maskBoard, maskName } from "#app/boards/masking.ts";
import { readBoardsInSight } from "#app/boards/read-boards-in-sight.ts";
import { readOwnPlace } from "#app/boards/read-own-place.ts";
import type { Actor } from "#domain/actor.ts";
import type { Board } from "#domain/board.ts";
import type { BoardPolicy } from "#domain/plan/plan.ts";
import { person, planOf, prizes, ranking, sale } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const BOARD: Board = {
  reward: "ranking",
  kind: "ranking",
  level: "participant",
  measure: "sales",
  subjects: 3,
  rows: [
    { subject: "a-1", name: "杜思远", value: "300.00", rank: 1, prize: "25.00", state: "winning" },
    { subject: "a-2", name: "Ann Lee", value: "200.00", rank: 2, state: "placed", missing: "100.00" },
    { subject: "a-3", name: "彭杰", value: "10.00", state: "notYet", reason: "10.00 of 50.00" },
  ],
};
const masked = (policy: BoardPolicy, board = BOARD) =>
  maskBoard(board, policy, ({ subject }) => subject === "a-2").rows;

describe("masking", () => {
  it("keeps the first character of a name, and not its length", () => {
    expect(["杜思远", "彭杰", " Ann Lee", "👩‍👩‍👧 x", ""].map(maskName)).toEqual([
      "杜**",
      "彭**",
      "A**",
      "👩‍👩‍👧**",
      "**",
    ]);
  });

  it("shows of others what the plan shows, and the own row whole", () => {
    expect(masked({ names: "shown", amounts: "shown" })).toEqual(BOARD.rows);
    const [first, own, last] = masked({ names: "masked", amounts: "hidden" });
    expect(first).toEqual({ subject: "other-1", name: "杜**", value: "", rank: 1, state: "winning" });
    // What is missing to a place with a name is the amount of another.
    expect(own).toEqual({ subject: "a-2", name: "Ann Lee", value: "200.00", rank: 2, state: "placed" });
    expect(last).toEqual({ subject: "other-3", name: "彭**", value: "", state: "notYet" });
    expect(masked({ names: "masked", amounts: "shown" })[0]).toEqual({
      ...BOARD.rows[0],
      subject: "other-1",
      name: "杜**",
    });
    expect(masked({ names: "hidden", amounts: "shown" })).toEqual([BOARD.rows[1]]);
  });

  it("leaves units their names", () => {
    expect(masked({ names: "masked", amounts: "hidden" }, { ...BOARD, level: "branch" })[0]).toEqual({
      subject: "a-1",
      name: "杜思远",
      value: "",
      rank: 1,
      state: "winning",
    });
  });
});

describe("what a seller reads of the boards", () => {
  const SELLER: Actor = { subject: "bob", roles: ["seller"], units: ["east"], sources: [] };

  const launched = (boards: BoardPolicy | undefined) =>
    SmallSettlement.launch({
      plan: planOf({ rewards: [ranking({ prizes: prizes(25, 15) })], ...(boards ? { boards } : {}) }),
      memberships: [person("ann", "east"), person("bob", "east"), person("cy", "west")],
      facts: [sale("ann", 200, "05-02"), sale("bob", 100, "05-03"), sale("cy", 50, "05-04")],
    });

  async function rowsOf(boards: BoardPolicy | undefined, actor: Actor) {
    const campaign = await launched(boards);
    const read = await readBoardsInSight(campaign.cloud.deps, actor, CAMPAIGN);
    return { rows: read.boards[0]?.rows.map(({ name, rank, value }) => [name, rank, value]), progress: read.progress };
  }

  it("is the own row with its place, where the plan says nothing", async () => {
    expect(await rowsOf(undefined, SELLER)).toEqual({ rows: [["BOB", 2, "100.00"]], progress: [] });
  });

  it("is what the plan says of the others", async () => {
    expect((await rowsOf({ names: "masked", amounts: "hidden" }, SELLER)).rows).toEqual([
      ["A**", 1, ""],
      ["BOB", 2, "100.00"],
      ["C**", 3, ""],
    ]);
  });

  it("is the own place, with what the next one has more where nobody can tell whose that is", async () => {
    const gapWith = async (boards: BoardPolicy | undefined) => {
      const campaign = await launched(boards);
      const asked = { campaign: CAMPAIGN, board: "ranking", participantId: "bob" };
      const { row, place, ahead } = await readOwnPlace(campaign.cloud.deps, SELLER, asked);
      expect([row?.value, place?.from]).toEqual(["100.00", 2]);
      return ahead?.missing;
    };
    expect(await gapWith(undefined)).toBe("100");
    expect(await gapWith({ names: "masked", amounts: "shown" })).toBe("100");
    expect(await gapWith({ names: "masked", amounts: "hidden" })).toBeUndefined();
    expect(await gapWith({ names: "shown", amounts: "hidden" })).toBeUndefined();
  });

  it("does not open anything to a manager beyond the own units, who is no seller", async () => {
    const manager: Actor = { ...SELLER, subject: "luo.jie", roles: ["branch-manager"] };
    const names = (await rowsOf({ names: "shown", amounts: "shown" }, manager)).rows?.map(([name]) => name);
    expect(names).toEqual(["ANN", "BOB"]);
  });
});

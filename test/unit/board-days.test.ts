import type { DynamoDBStreamEvent } from "aws-lambda";
import { describe, expect, it, vi } from "vitest";
import { keepDay } from "#app/boards/keep-day.ts";
import { readBoards } from "#app/boards/read-boards.ts";
import { readBoardsInSight } from "#app/boards/read-boards-in-sight.ts";
import { readOwnPlace } from "#app/boards/read-own-place.ts";
import { readUnitTrend } from "#app/boards/read-unit-trend.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import type { DirtyProgress } from "#app/crediting/roll-up.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Actor } from "#domain/actor.ts";
import { log } from "#functions/_kit/log.ts";
import { createClock } from "#functions/clock/app.ts";
import { createRollupWorker } from "#functions/rollup/app.ts";
import { MAKER } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, prizes, race, ranking, sale, target } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

log.setLogLevel("SILENT");

const PLAN = planOf({
  rewards: [ranking(), race({ prizes: prizes(1000) })],
  boards: { names: "masked", amounts: "hidden" },
});
const TARGETS = ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00"));
const FIRST_DAY = [sale("ann", 60, "05-02"), sale("cy", 50, "05-02 13:00"), sale("eve", 40, "05-02 14:00")];

const seller = (subject: string): Actor => ({ subject, roles: ["seller"], units: [], sources: [] });

async function launched(): Promise<SmallSettlement> {
  return SmallSettlement.launch({ plan: PLAN, targets: TARGETS, facts: FIRST_DAY });
}

/** The clock wakes up at a local time. */
async function wake({ cloud }: SmallSettlement, local: string, tick = clockOf(cloud)): Promise<void> {
  cloud.clock.set(Date.parse(`2018-${local.replace(" ", "T")}:00+08:00`));
  await tick();
}

function clockOf(cloud: SmallSettlement["cloud"]) {
  return createClock(cloud.deps, { reconciles: false });
}

/** `ann 1 <2`: who, the place now, the place before. */
async function moved({ cloud }: SmallSettlement, reward: string): Promise<string[]> {
  const { boards } = await readBoards(cloud.deps, CAMPAIGN);
  const rows = boards.find((board) => board.reward === reward)?.rows ?? [];
  return rows.map(({ subject, rank = "-", before = "-" }) => `${subject} ${rank} <${before}`);
}

describe("the places of yesterday", () => {
  it("are told of every row that had one when the day was over", async () => {
    const campaign = await launched();
    expect(await moved(campaign, "ranking")).toEqual(["ann 1 <-", "cy 2 <-", "eve 3 <-"]);
    await wake(campaign, "05-03 00:01");
    await campaign.tell(sale("eve", 30, "05-03 09:00"), sale("bob", 55, "05-03 10:00"));
    expect(await moved(campaign, "ranking")).toEqual(["eve 1 <3", "ann 2 <1", "bob 3 <-", "cy 4 <2"]);
    const { boards } = await readBoards(campaign.cloud.deps, CAMPAIGN);
    expect(boards[0]?.since).toEqual({ day: "2018-05-02", at: "2018-05-02T16:01:00.000Z" });
  });

  it("are told of races of units, too", async () => {
    const campaign = await launched();
    await campaign.tell(sale("cy", 50, "05-02 15:00"));
    await wake(campaign, "05-03 00:01");
    await campaign.tell(sale("ann", 40, "05-03 09:00"));
    expect(await moved(campaign, "race")).toEqual(["west 1 <1", "east 2 <-", "coast - <-"]);
  });

  it("are kept once a day, by the plan's zone, whoever wakes up how often", async () => {
    const campaign = await launched();
    const keeps = vi.spyOn(campaign.cloud.deps.derived, "setDayBoard");
    const tick = clockOf(campaign.cloud);
    await wake(campaign, "05-02 23:59", tick);
    // The day before the first sale is a day of the campaign like any other.
    expect(await campaign.cloud.deps.derived.keptDay(CAMPAIGN)).toBe("2018-05-01");
    const before = keeps.mock.calls.length;
    await wake(campaign, "05-03 00:00", tick);
    await wake(campaign, "05-03 00:01", tick);
    await wake(campaign, "05-03 08:00", clockOf(campaign.cloud));
    expect(keeps.mock.calls.length - before).toBe(2);
    expect(await campaign.cloud.deps.derived.keptDay(CAMPAIGN)).toBe("2018-05-02");
  });

  it("are of the newest day that is over, when nobody woke up for some", async () => {
    const campaign = await launched();
    await wake(campaign, "05-09 07:00");
    const { boards } = await readBoards(campaign.cloud.deps, CAMPAIGN);
    expect(boards[0]?.since).toEqual({ day: "2018-05-08", at: "2018-05-08T23:00:00.000Z" });
  });

  it("are kept neither before the campaign nor long after it, nor while it is credited anew", async () => {
    const campaign = await launched();
    const { cloud } = campaign;
    const running = await cloud.deps.plans.campaign(CAMPAIGN);
    if (!running) throw new Error("it was launched");
    await cloud.deps.plans.saveCampaign({ ...running, epoch: running.epoch + 1, revision: running.revision + 1 });
    await wake(campaign, "05-03 00:01");
    await cloud.deps.plans.saveCampaign({ ...running, revision: running.revision + 2 });
    await wake(campaign, "04-20 00:01");
    await wake(campaign, "05-01 12:00");
    await wake(campaign, "06-24 00:00");
    expect(await cloud.deps.derived.keptDay(CAMPAIGN)).toBeUndefined();
    await wake(campaign, "06-22 23:59");
    expect(await cloud.deps.derived.keptDay(CAMPAIGN)).toBe("2018-06-21");
  });

  it("show sellers no more of others than places show", async () => {
    const campaign = await launched();
    await wake(campaign, "05-03 00:01");
    await campaign.tell(sale("eve", 30, "05-03 09:00"));
    const { boards } = await readBoardsInSight(campaign.cloud.deps, seller("ann"), CAMPAIGN);
    expect(boards[0]?.rows).toEqual([
      { subject: "other-1", name: "E**", value: "", rank: 1, before: 3, state: "winning" },
      expect.objectContaining({ subject: "ann", rank: 2, before: 1, value: "60.00" }),
      { subject: "other-3", name: "C**", value: "", rank: 3, before: 2, state: "winning" },
    ]);
  });
});

describe("the own place of yesterday", () => {
  it("is exact among those that were kept, and absent of who had none", async () => {
    const campaign = await launched();
    await wake(campaign, "05-03 00:01");
    await campaign.tell(sale("bob", 1, "05-03 09:00"));
    const place = (participantId: string) =>
      readOwnPlace(campaign.cloud.deps, MAKER, { campaign: CAMPAIGN, board: "ranking", participantId });
    expect(await place("eve")).toMatchObject({
      before: { from: 3, to: 3, of: 3, isExact: true },
      since: { day: "2018-05-02" },
    });
    expect((await place("bob")).before).toBeUndefined();
  });

  it("is between two bounds behind those that were kept, by what one had sold until then", async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `p-${String(index).padStart(3, "0")}`);
    const campaign = await SmallSettlement.launch({
      plan: planOf({ rewards: [ranking()] }),
      memberships: ids.map((id) => person(id, "east")),
      facts: ids.map((id, index) => sale(id, 1000 - index * 5, "05-02")),
    });
    await wake(campaign, "05-03 00:01");
    // From the 141st place to the first.
    await campaign.tell(sale("p-140", 5000, "05-03 09:00"));
    const asked = { campaign: CAMPAIGN, board: "ranking", participantId: "p-140" };
    const { place, before } = await readOwnPlace(campaign.cloud.deps, seller("p-140"), asked);
    expect(place).toEqual({ from: 1, to: 1, of: 150, isExact: true });
    expect(before?.isExact).toBe(false);
    expect(before?.from).toBeGreaterThan(100);
    expect(before?.from).toBeLessThanOrEqual(141);
    expect(before?.to).toBeGreaterThanOrEqual(141);
    expect(before?.of).toBe(150);
  });

  it("begins with the last place that was kept, for those who were equal to its holder", async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `p-${String(index).padStart(3, "0")}`);
    const campaign = await SmallSettlement.launch({
      plan: planOf({ rewards: [ranking({ ties: "samePrize" })] }),
      memberships: ids.map((id) => person(id, "east")),
      facts: ids.map((id, index) => sale(id, index < 90 ? 1000 - index : 500, "05-02")),
    });
    await wake(campaign, "05-03 00:01");
    const asked = { campaign: CAMPAIGN, board: "ranking", participantId: "p-119" };
    // The thirty from the 91st on are all 91st.
    const { before } = await readOwnPlace(campaign.cloud.deps, seller("p-119"), asked);
    expect(before).toEqual({ from: 91, to: 120, of: 120, isExact: false });
  });
});

describe("where workers keep boards", () => {
  it("they keep the day before the first sale of the next counts, and the clock leaves it to them", async () => {
    const campaign = await launched();
    const { cloud } = campaign;
    const running = await cloud.deps.plans.campaign(CAMPAIGN);
    if (!running) throw new Error("it was launched");
    const spread = { shards: {}, keepsBoards: true };
    await cloud.deps.plans.saveCampaign({ ...running, spread, revision: running.revision + 1 });
    await campaign.tell(sale("ann", 1, "05-02 20:00"), sale("cy", 1, "05-02 20:00"), sale("eve", 1, "05-02 20:00"));
    await wake(campaign, "05-03 00:01");
    expect(await cloud.deps.derived.keptDay(CAMPAIGN)).toBeUndefined();
    const { recordedAt, ...message } = sale("eve", 90, "05-03 09:00");
    cloud.clock.set(Date.parse(recordedAt));
    await recordFacts(cloud.deps, [message]);
    for (const fact of cloud.dirtyFacts.splice(0)) await cloud.credit(fact);
    const { batchItemFailures } = await createRollupWorker(cloud.deps)(streamOf(cloud.dirtyCredits.splice(0)));
    expect(batchItemFailures).toEqual([]);
    expect(await moved(campaign, "ranking")).toEqual(["eve 1 <3", "ann 2 <1", "cy 3 <2"]);
    expect(await cloud.deps.derived.keptDay(CAMPAIGN)).toBe("2018-05-02");
  });
});

/** As a database's stream tells that credits changed. */
function streamOf(dirty: readonly DirtyProgress[]): DynamoDBStreamEvent {
  return {
    Records: dirty.map(({ campaign, place, participantId }, index) => ({
      eventID: String(index),
      dynamodb: {
        SequenceNumber: String(index),
        Keys: {
          PK: { S: `camp#${campaign}#unit#${place.leaf}#${place.shard}` },
          SK: { S: `who#${participantId}#fact#pos#x` },
        },
      },
    })),
  };
}

describe("the trend of a unit", () => {
  const asked = { campaign: CAMPAIGN, unit: "north" };

  it("tells the value at the end of each day, of all below it", async () => {
    const campaign = await launched();
    await campaign.tell(sale("dan", 5, "05-04 09:00"), sale("ann", -10, "05-05 09:00"));
    const { by, name, measures } = await readUnitTrend(campaign.cloud.deps, MAKER, asked);
    expect({ by, name, measures }).toEqual({
      by: "sales",
      name: "North",
      measures: [
        {
          measure: "sales",
          days: [
            { day: "2018-05-02", value: "110.00", facts: 2 },
            { day: "2018-05-04", value: "115.00", facts: 1 },
            { day: "2018-05-05", value: "105.00", facts: 1 },
          ],
        },
      ],
    });
  });

  it("of very many facts is told by how days ended, as long as these were kept", async () => {
    const campaign = await launched();
    await wake(campaign, "05-03 00:01");
    await campaign.tell(sale("dan", 5, "05-04 09:00"));
    await wake(campaign, "05-05 00:01");
    await wake(campaign, "05-06 00:01");
    const { by, measures } = await readUnitTrend(campaign.cloud.deps, MAKER, asked, { most: 2 });
    expect({ by, days: measures[0]?.days }).toEqual({
      by: "days",
      days: [
        { day: "2018-05-02", value: "110.00", facts: 2 },
        { day: "2018-05-04", value: "115.00", facts: 1 },
      ],
    });
  });

  it("is shown to who manages the unit, and of units that there are", async () => {
    const { cloud } = await launched();
    const manager: Actor = { subject: "luo", roles: ["branch-manager"], units: ["east"], sources: [] };
    expect((await readUnitTrend(cloud.deps, manager, { ...asked, unit: "east" })).unit).toBe("east");
    await expect(readUnitTrend(cloud.deps, manager, asked)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(readUnitTrend(cloud.deps, MAKER, { ...asked, unit: "moon" })).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});

it("a day that is kept again says the same, and moves nothing", async () => {
  const { cloud } = await launched();
  const live = await new LiveRules().one(cloud.deps, CAMPAIGN);
  expect(await keepDay(cloud.deps, live, "2018-05-02")).toBe(true);
  const first = await cloud.deps.derived.dayBoards(CAMPAIGN);
  expect(await keepDay(cloud.deps, live, "2018-05-02")).toBe(false);
  expect(await cloud.deps.derived.dayBoards(CAMPAIGN)).toEqual(first);
});

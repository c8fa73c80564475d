import { beforeAll, describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { readOwnPlace } from "#app/boards/read-own-place.ts";
import { RecentScenes } from "#app/boards/scene.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { raiseEpoch } from "#app/crediting/raise-epoch.ts";
import { spreadCampaign } from "#app/crediting/respread.ts";
import { rollUp } from "#app/crediting/roll-up.ts";
import { wantedSpread } from "#app/crediting/spread.ts";
import { startDueWork } from "#app/settlement/due-work.ts";
import type { Actor } from "#domain/actor.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, prizes, race, ranking, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { told } from "#test/fixtures/spread-world.ts";

const CAMPAIGN = "small";
const LEAVES = ["east", "west", "coast"] as const;
const PEOPLE = 12_000;
const PATIENCE_MS = 120_000;

const ids = Array.from({ length: PEOPLE }, (_, index) => `p-${String(index).padStart(5, "0")}`);
/** Nobody has sold as much as somebody else. */
const soldBy = (index: number) => 100 + ((index * 7919) % PEOPLE);
const inOrder = ids.map((id, index) => ({ id, sold: soldBy(index) })).sort((a, b) => b.sold - a.sold);

/** A store that counts what it is asked. */
function counting(derived: DerivedStore): { derived: DerivedStore; asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const proxy = new Proxy(derived, {
    get(store, name) {
      const method = Reflect.get(store, name);
      if (typeof method !== "function") return method;
      return (...given: unknown[]) => {
        asked.set(String(name), (asked.get(String(name)) ?? 0) + 1);
        return Reflect.apply(method, store, given);
      };
    },
  });
  return { derived: proxy, asked };
}

describe("the boards of twelve thousand", () => {
  const cloud = new MemoryCloud();

  beforeAll(async () => {
    const memberships = ids.map((id, index) => person(id, LEAVES[index % LEAVES.length] ?? "east"));
    const rewards = [
      ranking(),
      race({ id: "sprint", level: "participant", targets: ["start"], prizes: prizes(5, 4, 3) }),
      ranking({ id: "of-branches", level: "branch" }),
    ];
    const targets = ids.map((id) => target(id, "start", "12050.00"));
    await cloud.launch(world({ plan: planOf({ rewards }), memberships, targets }));
    await cloud.runRebuilds();
    await told(
      cloud,
      ids.map((id, index) => sale(id, soldBy(index), `05-02 ${10 + (index % 12)}:00`)),
    );
    await creditFacts(cloud.deps, cloud.dirtyFacts.splice(0));
    await rollUp(cloud.deps, cloud.dirtyCredits.splice(0));
  }, PATIENCE_MS);

  it("are kept by workers, over so many places that none is of more than a thousand or so", async () => {
    const campaign = await cloud.deps.plans.campaign(CAMPAIGN);
    expect(campaign?.spread).toEqual({ keepsBoards: true, shards: { east: 4, west: 4, coast: 4, "-": 16 } });
    const boards = await cloud.deps.derived.allPlaceBoards(CAMPAIGN);
    expect(boards.length).toBe(12);
    expect(boards.reduce((sum, { boards: of }) => sum + (of.ranking?.people ?? 0), 0)).toBe(PEOPLE);
    for (const { boards: of } of boards) expect(of.ranking?.best.length).toBe(100);
  });

  it("are read with four requests, none of which reads people", async () => {
    const { derived, asked } = counting(cloud.deps.derived);
    const { boards } = await readBoards({ ...cloud.deps, derived }, CAMPAIGN);
    expect([...asked].sort()).toEqual([
      ["allPlaceBoards", 1],
      ["dayBoards", 1],
      ["reaches", 1],
      ["totals", 1],
    ]);
    const best = inOrder.slice(0, 100).map(({ id }, index) => `${index + 1} ${id}`);
    expect(boards[0]?.rows.map(({ rank, subject }) => `${rank} ${subject}`)).toEqual(best);
    expect(boards[0]?.subjects).toBe(PEOPLE);
    expect(boards[1]?.rows.slice(0, 3).every(({ state, reachedAt }) => state === "winning" && reachedAt)).toBe(true);
  });

  it("tell one who is far down where they are, between bounds, with as few requests", async () => {
    const { derived, asked } = counting(cloud.deps.derived);
    const place = 4150;
    const { id = "", sold = 0 } = inOrder[place - 1] ?? {};
    const own = await readOwnPlace({ ...cloud.deps, derived }, MAKER, {
      campaign: CAMPAIGN,
      board: "ranking",
      participantId: id,
    });
    expect(own.row).toMatchObject({ subject: id, value: `${sold}.00`, state: "placed" });
    expect(own.place).toMatchObject({ of: PEOPLE, isExact: false });
    expect(own.place?.from).toBeLessThanOrEqual(place);
    expect(own.place?.to).toBeGreaterThanOrEqual(place);
    expect((own.place?.to ?? 0) - (own.place?.from ?? 0)).toBeLessThan(sold / 31);
    expect([...asked.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(5);
  });

  it("tell one of the best the exact place, and what the next has more", async () => {
    const { id: participantId = "", sold = 0 } = inOrder[9] ?? {};
    const own = await readOwnPlace(cloud.deps, MAKER, { campaign: CAMPAIGN, board: "ranking", participantId });
    const more = (inOrder[8]?.sold ?? 0) - sold;
    expect(own).toMatchObject({
      row: { rank: 10 },
      place: { from: 10, to: 10, of: PEOPLE, isExact: true },
      ahead: { rank: 9, missing: String(more) },
    });
  });

  it("tell a seller the own place only, and the manager those of the own unit", async () => {
    const ask = (actor: Actor, participantId: string) =>
      readOwnPlace(cloud.deps, actor, { campaign: CAMPAIGN, board: "ranking", participantId });
    const [first = "", second = ""] = ids;
    const seller: Actor = { subject: first, roles: ["seller"], units: [], sources: [] };
    const manager: Actor = { subject: "m", roles: ["branch-manager"], units: ["east"], sources: [] };
    expect((await ask(seller, first)).place?.of).toBe(PEOPLE);
    await expect(ask(seller, second)).rejects.toMatchObject({ kind: "forbidden" });
    expect((await ask(manager, first)).place?.of).toBe(PEOPLE);
    await expect(ask(manager, second)).rejects.toMatchObject({ kind: "forbidden" });
    const unknown = { campaign: CAMPAIGN, board: "of-branches", participantId: first };
    await expect(readOwnPlace(cloud.deps, MAKER, unknown)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("are read once for all who ask within some seconds", async () => {
    const { derived, asked } = counting(cloud.deps.derived);
    const recent = new RecentScenes(new LiveRules());
    for (const participantId of ids.slice(0, 20)) {
      await readOwnPlace(
        { ...cloud.deps, derived },
        MAKER,
        { campaign: CAMPAIGN, board: "ranking", participantId },
        recent,
      );
    }
    expect(asked.get("allPlaceBoards")).toBe(1);
    cloud.clock.advance(10_000);
    const asking = { campaign: CAMPAIGN, board: "ranking", participantId: ids[0] ?? "" };
    await readOwnPlace({ ...cloud.deps, derived }, MAKER, asking, recent);
    expect(asked.get("allPlaceBoards")).toBe(2);
  });
});

describe("how far a campaign is spread", () => {
  const people = (count: number, unit: string) =>
    Array.from({ length: count }, (_, index) => person(`${unit}-${index}`, unit));

  it("hangs on its people, and is never lowered", () => {
    expect(wantedSpread(people(1000, "east"))).toBeUndefined();
    expect(wantedSpread(people(1001, "east"))).toEqual({ shards: { east: 2, "-": 2 }, keepsBoards: false });
    expect(wantedSpread(people(3, "west"), { shards: { east: 8 }, keepsBoards: true })).toEqual({
      shards: { east: 8 },
      keepsBoards: true,
    });
  });

  it("is raised with the epoch, and a rebuild is started once", async () => {
    const cloud = new MemoryCloud();
    await cloud.launch(world());
    await cloud.runRebuilds();
    const before = await cloud.deps.plans.campaign(CAMPAIGN);
    expect(await spreadCampaign(cloud.deps, CAMPAIGN)).toEqual(before);
    const came = people(1500, "east").map((one) => ({ participantId: one.participantId, memberships: [one] }));
    await cloud.deps.plans.putPeople(came);
    const after = await spreadCampaign(cloud.deps, CAMPAIGN);
    expect(after).toMatchObject({ epoch: (before?.epoch ?? 0) + 1, spread: { shards: { east: 2 } } });
    expect(await spreadCampaign(cloud.deps, CAMPAIGN)).toEqual(after);
    expect(cloud.rebuilds).toEqual([{ campaign: CAMPAIGN, epoch: after.epoch }]);
  });

  const moved = (count: number, unit: string) =>
    people(count, unit).map((one) => ({ participantId: one.participantId, memberships: [one] }));

  it("follows its people when everything is credited anew, and not when only some are", async () => {
    const cloud = new MemoryCloud();
    await cloud.launch(world());
    await cloud.runRebuilds();
    await cloud.deps.plans.putPeople(moved(1500, "east"));
    const who = [{ id: "east-0", leaves: ["east"] }];
    await raiseEpoch(cloud.deps, CAMPAIGN, { credits: "people", totals: "people", who, reason: "move", by: "mei" });
    expect((await cloud.deps.plans.campaign(CAMPAIGN))?.spread).toBeUndefined();
    await cloud.runRebuilds();
    await raiseEpoch(cloud.deps, CAMPAIGN);
    expect((await cloud.deps.plans.campaign(CAMPAIGN))?.spread).toEqual({
      shards: { east: 2, "-": 2 },
      keepsBoards: false,
    });
  });

  it("is looked after by the clock once a place holds four times its people, and nobody is paid otherwise for it", async () => {
    const cloud = new MemoryCloud();
    const { plans } = cloud.deps;
    await cloud.launch(world());
    await cloud.runRebuilds();
    const arrive = async (count: number) => {
      await plans.putPeople(moved(count, "east"));
      const revision = await plans.directoryRevision();
      for (let next = revision + 1; next <= revision + 1 + (revision % 2 === 0 ? 1 : 0); next += 1)
        await plans.setDirectoryRevision(next);
    };
    await arrive(3900);
    expect(await startDueWork(cloud.deps)).toEqual([]);
    await arrive(4100);
    const { epoch: before = 0 } = (await plans.campaign(CAMPAIGN)) ?? {};
    expect(await startDueWork(cloud.deps)).toEqual([{ campaign: CAMPAIGN, action: "rebuild" }]);
    expect(await startDueWork(cloud.deps)).toEqual([]);
    expect(await plans.campaign(CAMPAIGN)).toMatchObject({
      epoch: before + 1,
      changedEpoch: before,
      spread: { shards: { east: 8 } },
    });
    await cloud.runRebuilds();
    expect(await startDueWork(cloud.deps)).toEqual([]);
    const told = await cloud.deps.audit.entries(`campaign:${CAMPAIGN}`, 0, 100);
    expect(told.filter(({ action }) => action === "campaign.spread").map(({ actor, phase }) => [actor, phase])).toEqual(
      [
        ["laurel.clock", "intent"],
        ["laurel.clock", "done"],
      ],
    );
  });
});

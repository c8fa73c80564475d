import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { editDraft } from "#app/campaigns/edit-draft.ts";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { readRebuild, requestRebuild } from "#app/crediting/read-rebuild.ts";
import { startDueRebuild } from "#app/crediting/rebuild-due.ts";
import { beginRebuild } from "#app/crediting/rebuild-job.ts";
import { runRebuild } from "#app/crediting/run-rebuild.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { importUnits } from "#app/directory/import-units.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Campaign } from "#domain/campaign.ts";
import type { Membership } from "#domain/org.ts";
import type { Plan } from "#domain/plan/plan.ts";
import { MAKER, MemoryCloud, PLAIN_STEPS } from "#test/fixtures/memory-cloud.ts";
import { commission, PEOPLE, person, planOf, prizes, race, sale, target, UNITS } from "#test/fixtures/plan-builder.ts";

const CAMPAIGN = "sprint";
const SALES_EACH = 5;
const SELLERS = [...new Set(PEOPLE.map(({ participantId }) => participantId))];

const PLAN = planOf({
  id: CAMPAIGN,
  name: { en: "Sprint" },
  rewards: [race({ prizes: prizes(100, 60) }), commission({ rate: "10%" })],
});
const TARGETS = [
  target("east", "start", "300.00"),
  target("west", "start", "200.00"),
  target("coast", "start", "150.00"),
];

/** What stores were asked, by method. */
class Counted {
  readonly calls = new Map<string, unknown[][]>();

  over<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (of, name) => {
        const member: unknown = Reflect.get(of, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => {
          this.calls.set(String(name), [...(this.calls.get(String(name)) ?? []), args]);
          return Reflect.apply(member, of, args);
        };
      },
    });
  }

  times(name: string): number {
    return this.calls.get(name)?.length ?? 0;
  }
}

/** A campaign with five sales of each seller, credited and added up. */
async function launched(plan: Plan = PLAN): Promise<MemoryCloud> {
  const cloud = new MemoryCloud();
  await cloud.launch({ plan, units: UNITS, memberships: PEOPLE, targets: TARGETS });
  // At rest: an odd number would mean that an import died.
  await cloud.deps.plans.setDirectoryRevision((await cloud.deps.plans.directoryRevision()) + 1);
  cloud.clock.set(Date.parse("2018-05-20T00:00:00Z"));
  await cloud.runRebuilds();
  for (const seller of SELLERS) {
    for (let number = 1; number <= SALES_EACH; number += 1) await sell(cloud, seller, `${seller}-${number}`);
  }
  await cloud.drain();
  return cloud;
}

async function sell(cloud: MemoryCloud, participantId: string, externalId: string): Promise<void> {
  const { recordedAt: _, ...message } = sale(participantId, "40.00", "05-02 10:00", { externalId });
  expect(await recordFacts(cloud.deps, [message])).toMatchObject([{ outcome: "stored" }]);
}

/** Does what is due, and tells what it asked of the stores. */
async function recredited(cloud: MemoryCloud): Promise<Counted> {
  const counted = new Counted();
  const deps = { ...cloud.deps, facts: counted.over(cloud.deps.facts), derived: counted.over(cloud.deps.derived) };
  for (const request of cloud.rebuilds.splice(0)) await runRebuild(deps, request, PLAIN_STEPS);
  cloud.dirtyFacts.length = 0;
  await cloud.drain();
  return counted;
}

async function campaignOf(cloud: MemoryCloud): Promise<Campaign> {
  const campaign = await cloud.deps.plans.campaign(CAMPAIGN);
  if (!campaign) throw new Error("it was launched");
  return campaign;
}

async function sumsByUnit(cloud: MemoryCloud): Promise<Record<string, string>> {
  const { progress } = await readBoards(cloud.deps, CAMPAIGN);
  return Object.fromEntries(progress.map(({ unit, value }) => [unit, value]));
}

function rows<T>(values: readonly T[]) {
  const placeOf = (column: string) => column;
  return { goodRowsOnly: false, badRows: [], rows: values.map((value) => ({ value, placeOf })) };
}

const moved = (id: string, ...memberships: Membership[]) =>
  rows(memberships.length > 0 ? memberships : [person(id, "coast")]);

describe("people who change", () => {
  it("have their own facts credited anew, and no others: reads and writes are theirs", async () => {
    const cloud = await launched();
    const before = await sumsByUnit(cloud);
    const report = await importPeople(cloud.deps, MAKER, moved("ann"));
    expect(report.recrediting).toMatchObject([{ campaign: CAMPAIGN, credits: "people", people: 1 }]);
    const counted = await recredited(cloud);
    expect(counted.times("scan")).toBe(0);
    expect(counted.times("versions")).toBe(SALES_EACH);
    expect(counted.times("setCredit")).toBe(SALES_EACH);
    expect(
      new Set(counted.calls.get("setProgress")?.map(([progress]) => Reflect.get(Object(progress), "participantId"))),
    ).toEqual(new Set(["ann"]));
    const after = await sumsByUnit(cloud);
    expect([before.coast, after.coast]).not.toEqual([after.coast, before.coast]);
    expect(await campaignOf(cloud)).toMatchObject({ epoch: 2, rebuiltEpoch: 2, countsFrom: 1 });
    expect((await campaignOf(cloud)).recredit).toBeUndefined();
  });

  it("say nothing to a campaign whose days they change nothing in", async () => {
    const cloud = await launched();
    const memberships = [person("ann", "east", { to: "2030-01-01" }), person("ann", "west", { from: "2030-01-01" })];
    const report = await importPeople(cloud.deps, MAKER, moved("ann", ...memberships));
    expect(report).toMatchObject({ taken: 2, rebuilding: [], recrediting: [] });
    expect(cloud.rebuilds).toEqual([]);
    expect(await campaignOf(cloud)).toMatchObject({ epoch: 1 });
  });

  it("who come on file have what was held credited, also where they only have a part of a sale that the plan does not divide", async () => {
    const cloud = await launched();
    const { recordedAt: _, ...message } = sale("ann", "40.00", "05-02 10:00", { externalId: "shared" });
    const splits = [
      { participantId: "ann", part: "1/2" },
      { participantId: "newcomer", part: "1/2" },
    ];
    await recordFacts(cloud.deps, [{ ...message, splits }]);
    await sell(cloud, "newcomer", "own");
    await cloud.drain();
    expect((await cloud.deps.derived.held({})).items).toHaveLength(2);
    await importPeople(cloud.deps, MAKER, moved("newcomer", person("newcomer", "coast")));
    const counted = await recredited(cloud);
    expect((await cloud.deps.derived.held({})).items).toEqual([]);
    expect(counted.times("scan")).toBe(0);
    const shared = await cloud.deps.derived.credit(CAMPAIGN, { leaf: "east", shard: 0 }, "ann", "pos#shared");
    expect(shared).toMatchObject({ outcome: "counted", epoch: 2 });
  });

  it("who are hired after a campaign change nothing that it pays, unless facts name them", async () => {
    const cloud = await launched();
    await importPeople(cloud.deps, MAKER, moved("late", person("late", "coast", { from: "2030-01-01" })));
    await recredited(cloud);
    expect(await campaignOf(cloud)).toMatchObject({ epoch: 2, rebuiltEpoch: 2, changedEpoch: 1 });
    await sell(cloud, "later", "own");
    await cloud.drain();
    await importPeople(cloud.deps, MAKER, moved("later", person("later", "coast", { from: "2030-01-01" })));
    expect(await campaignOf(cloud)).toMatchObject({ epoch: 3, changedEpoch: 1 });
    await recredited(cloud);
    expect(await campaignOf(cloud)).toMatchObject({ epoch: 3, rebuiltEpoch: 3, changedEpoch: 3 });
  });

  it("have everything credited anew where an import was taken for dead and another went before it", async () => {
    const cloud = await launched();
    const { plans } = cloud.deps;
    const putPeople: typeof plans.putPeople = async (people) => {
      await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
      await plans.putPeople(people);
    };
    const slow = new Proxy(plans, {
      get: (store, name) => {
        if (name === "putPeople") return putPeople;
        const member: unknown = Reflect.get(store, name);
        return typeof member === "function" ? member.bind(store) : member;
      },
    });
    await expect(importPeople({ ...cloud.deps, plans: slow }, MAKER, moved("ann"))).rejects.toThrow(/another import/);
    expect((await campaignOf(cloud)).recredit).toMatchObject({ credits: "all" });
  });
});

describe("what is of no fact", () => {
  it("targets: no fact is read and no credit written; the unit's reach is another", async () => {
    const cloud = await launched();
    await importTargets(cloud.deps, MAKER, CAMPAIGN, rows([target("coast", "start", "50.00")]));
    const counted = await recredited(cloud);
    for (const call of ["scan", "versions", "setCredit", "setProgress"])
      expect([call, counted.times(call)]).toEqual([call, 0]);
    expect(counted.times("setReach")).toBeGreaterThan(0);
  });

  it("a version that pays otherwise for the same: no fact is read; one that counts otherwise: all are", async () => {
    const cloud = await launched();
    const pays = { ...PLAN, rewards: planOf({ rewards: [commission({ rate: "7%" })] }).rewards };
    await publishAndActivate(cloud, pays);
    const counted = await recredited(cloud);
    expect(["scan", "versions", "setCredit"].map((call) => counted.times(call))).toEqual([0, 0, 0]);
    await publishAndActivate(cloud, { ...pays, counts: [{ id: "own", when: 'channel == "individual"' }] });
    const again = await recredited(cloud);
    expect(again.times("versions")).toBe(SELLERS.length * SALES_EACH);
  });

  it("the tree: totals alone, unless the plan's audience is of units that moved", async () => {
    const cloud = await launched();
    const units = rows([{ unit: "coast", parent: "north", level: "branch", name: "Coast" }]);
    expect(await importUnits(cloud.deps, MAKER, units)).toMatchObject({
      recrediting: [{ credits: "none", people: 0 }],
    });
    expect((await recredited(cloud)).times("versions")).toBe(0);
    const audience = { units: ["south"], membership: "occurrence" as const };
    const other = await launched({ ...PLAN, audience });
    await importUnits(other.deps, MAKER, units);
    const counted = await recredited(other);
    const onCoast = PEOPLE.filter(({ unit }) => unit === "coast").length;
    expect(counted.times("setCredit")).toBe(onCoast * SALES_EACH);
  });

  it("facts outside the campaign's days are read, and nothing else is done about them", async () => {
    const cloud = await launched();
    const { recordedAt: _, ...message } = sale("ann", "40.00", "05-02 10:00", { externalId: "old" });
    await recordFacts(cloud.deps, [{ ...message, occurredAt: "2016-05-02T10:00:00+08:00" }]);
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const counted = await recredited(cloud);
    expect(counted.times("versions")).toBe(SELLERS.length * SALES_EACH);
  });
});

async function publishAndActivate(cloud: MemoryCloud, plan: Plan): Promise<void> {
  const { revision } = await campaignOf(cloud);
  const draft = await editDraft(cloud.deps, MAKER, CAMPAIGN, plan, revision);
  const { version } = await publishVersion(cloud.deps, MAKER, CAMPAIGN, draft.revision);
  await activateCampaign(cloud.deps, MAKER, CAMPAIGN, version);
}

describe("a rebuild", () => {
  const TINY = { bounds: { facts: 2, milliseconds: 60_000, people: 1 }, steps: 4, segments: 2 };

  it("hands over again and again, and each execution goes on where the one before has stopped", async () => {
    const cloud = await launched();
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const [request] = cloud.rebuilds.splice(0);
    if (!request) throw new Error("it was started");
    let attempt = 1;
    while ((await runRebuild(cloud.deps, { ...request, attempt }, PLAIN_STEPS, TINY)) === "handedOver") {
      const { state, seen } = await readRebuild(cloud.deps, CAMPAIGN);
      expect(state === "crediting" || state === "totals").toBe(true);
      expect(seen).toBeLessThanOrEqual(SELLERS.length * SALES_EACH);
      expect(await startDueRebuild(cloud.deps, await campaignOf(cloud))).toBe(true);
      attempt += 1;
    }
    expect(attempt).toBeGreaterThan(3);
    expect(await readRebuild(cloud.deps, CAMPAIGN)).toMatchObject({
      state: "finished",
      credits: "all",
      by: MAKER.subject,
      attempt,
      segments: { done: 3, of: 3 },
      seen: SELLERS.length * SALES_EACH,
      about: SELLERS.length * SALES_EACH,
      credited: SELLERS.length * SALES_EACH,
    });
  });

  it("that is cut off after any of its steps does none of what was kept again", async () => {
    const cloud = await launched();
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const [request] = cloud.rebuilds.splice(0);
    if (!request) throw new Error("it was started");
    const counted = new Counted();
    const deps = { ...cloud.deps, facts: counted.over(cloud.deps.facts) };
    for (let most = 2; most < 200; most += 1) {
      let left = most;
      const dying = {
        ...PLAIN_STEPS,
        step: <T>(_name: string, work: () => Promise<T>) => (left-- > 0 ? work() : Promise.reject(new Error("dead"))),
      };
      const steps = {
        ...dying,
        each: async <T, R>(
          _name: string,
          items: readonly T[],
          work: (own: typeof dying, item: T, index: number) => Promise<R>,
        ) => {
          const results: R[] = [];
          for (const [index, item] of items.entries()) results.push(await work(dying, item, index));
          return results;
        },
      };
      const ended = await runRebuild(deps, request, steps, TINY).catch(() => "dead");
      if (ended !== "dead" && ended !== "handedOver") break;
      if ((await readRebuild(deps, CAMPAIGN)).state === "totals") break;
    }
    expect(counted.times("versions")).toBe(SELLERS.length * SALES_EACH);
  });

  it("gives way to a newer epoch", async () => {
    const cloud = await launched();
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const [request] = cloud.rebuilds.splice(0);
    if (!request) throw new Error("it was started");
    await beginRebuild(cloud.deps, request);
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    expect(await runRebuild(cloud.deps, request, PLAIN_STEPS)).toBe("nothing");
    expect(await readRebuild(cloud.deps, CAMPAIGN)).toMatchObject({ state: "due", epoch: 3 });
  });

  it("that stopped is started by the clock after a while, and by hand at once", async () => {
    const cloud = await launched();
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const [request] = cloud.rebuilds.splice(0);
    if (!request) throw new Error("it was started");
    expect(await startDueRebuild(cloud.deps, await campaignOf(cloud))).toBe(false);
    await beginRebuild(cloud.deps, request);
    cloud.clock.advance(10 * 60_000);
    expect(await startDueRebuild(cloud.deps, await campaignOf(cloud))).toBe(false);
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "here");
    expect(cloud.rebuilds.splice(0)).toEqual([{ campaign: CAMPAIGN, epoch: 2 }]);
    cloud.clock.advance(10 * 60_000);
    expect(await startDueRebuild(cloud.deps, await campaignOf(cloud))).toBe(true);
    await cloud.runRebuilds();
    expect(await startDueRebuild(cloud.deps, await campaignOf(cloud))).toBe(false);
    await expect(requestRebuild(cloud.deps, MAKER, CAMPAIGN, "here")).rejects.toThrow(/nothing of sprint is left/);
  });
});

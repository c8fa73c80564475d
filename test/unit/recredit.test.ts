import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { raiseEpochs } from "#app/crediting/raise-epoch.ts";
import { finishRebuild } from "#app/crediting/rebuild.ts";
import { rollUp } from "#app/crediting/roll-up.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import { jiangxi } from "#test/fixtures/campaign.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

const CAMPAIGN = "jiangxi-travel-2018";
const SELLER = "a-nanchang-001";
const ID = { source: "pos", externalId: "1" };

async function launched(): Promise<MemoryCloud> {
  const cloud = new MemoryCloud();
  await cloud.launch(jiangxi());
  await cloud.runRebuilds();
  return cloud;
}

async function sell(cloud: MemoryCloud, changes: { version?: number; participantId?: string } = {}): Promise<void> {
  const sale = {
    kind: "sale",
    ...ID,
    version: 1,
    status: "active",
    participantId: SELLER,
    occurredAt: "2018-07-02T10:00:00+08:00",
    amount: "500.00",
    currency: "CNY",
    product: "LAY",
    channel: "individual",
    attributes: { entry: "app" },
    ...changes,
  };
  expect(await recordFacts(cloud.deps, [sale])).toMatchObject([{ outcome: "stored" }]);
}

/** The seller belongs, and always belonged, to another branch; the campaigns' rules are of a new epoch. */
async function moveToGanzhou(cloud: MemoryCloud): Promise<void> {
  const { plans } = cloud.deps;
  const membership = { participantId: SELLER, name: "杜思远", unit: "ganzhou", role: "agent", from: null, to: null };
  await plans.putPeople([{ participantId: SELLER, memberships: [membership] }]);
  await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
  await raiseEpochs(cloud.deps);
}

async function premiums(cloud: MemoryCloud): Promise<Record<string, string>> {
  const { progress } = await readBoards(cloud.deps, CAMPAIGN);
  return Object.fromEntries(progress.filter(({ facts }) => facts > 0).map(({ unit, value }) => [unit, value]));
}

describe("crediting anew", () => {
  it("leaves nothing where an older rule had put a sale, though its credit still lies there", async () => {
    const cloud = await launched();
    await sell(cloud);
    await cloud.drain();
    expect(await premiums(cloud)).toEqual({ nanchang: "500.00" });
    await moveToGanzhou(cloud);
    await cloud.runRebuilds();
    await cloud.drain();
    expect(await premiums(cloud)).toEqual({ ganzhou: "500.00" });
  });

  it("misses no sale that a worker credits by old rules while a rebuild, which did not find it, comes to its end", async () => {
    const cloud = await launched();
    await sell(cloud);
    const { derived } = cloud.deps;
    let changed = false;
    const overtaken: typeof derived.setCredit = async (credit) => {
      if (!changed) {
        changed = true;
        await moveToGanzhou(cloud);
        for (const { campaign, epoch } of cloud.rebuilds.splice(0)) await finishRebuild(cloud.deps, campaign, epoch);
      }
      return derived.setCredit(credit);
    };
    const deps = {
      ...cloud.deps,
      derived: new Proxy(derived, { get: (store, name) => (name === "setCredit" ? overtaken : bound(store, name)) }),
    };
    expect(await creditFacts(deps, [ID])).toEqual([]);
    cloud.dirtyFacts.length = 0;
    await cloud.drain();
    expect(changed).toBe(true);
    expect(await premiums(cloud)).toEqual({ ganzhou: "500.00" });
  });

  it("leaves no total that a slow roll-up makes by old rules, after a rebuild that found none there to bring up to date", async () => {
    const cloud = await launched();
    await sell(cloud);
    for (const id of cloud.dirtyFacts.splice(0)) await cloud.credit(id);
    const dirty = cloud.dirtyCredits.splice(0);
    const { derived } = cloud.deps;
    let changed = false;
    const overtaken: typeof derived.progress = async (...of) => {
      if (!changed) {
        changed = true;
        await moveToGanzhou(cloud);
        await cloud.runRebuilds();
        await cloud.drain();
      }
      return derived.progress(...of);
    };
    await rollUp(
      {
        ...cloud.deps,
        derived: new Proxy(derived, { get: (store, name) => (name === "progress" ? overtaken : bound(store, name)) }),
      },
      dirty,
    );
    expect(changed).toBe(true);
    expect(await premiums(cloud)).toEqual({ ganzhou: "500.00" });
  });
});

describe("a fact that is held", () => {
  it("is not put on the list again by a slow worker that saw only the version which was corrected since", async () => {
    const cloud = await launched();
    await sell(cloud, { participantId: "nobody-knows" });
    const { derived } = cloud.deps;
    const overtaken: typeof derived.hold = async (held) => {
      await sell(cloud, { version: 2 });
      await cloud.drain();
      return derived.hold(held);
    };
    const deps = {
      ...cloud.deps,
      derived: new Proxy(derived, { get: (store, name) => (name === "hold" ? overtaken : bound(store, name)) }),
    };
    cloud.dirtyFacts.length = 0;
    expect(await creditFacts(deps, [ID])).toEqual([]);
    expect((await derived.held({})).items).toEqual([]);
    expect(await premiums(cloud)).toEqual({ nanchang: "500.00" });
  });
});

/** A method of a store that keeps its own `this`: stores have private fields, which a proxy does not. */
function bound(store: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(store, name);
  return typeof member === "function" ? member.bind(store) : member;
}

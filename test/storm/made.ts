import { readBoards } from "#app/boards/read-boards.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { raiseEpochs } from "#app/crediting/raise-epoch.ts";
import { rollUp } from "#app/crediting/roll-up.ts";
import type { Deps } from "#app/deps.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Sale } from "#domain/fact.ts";
import { forDirty } from "#functions/_kit/stream-batch.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, race, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { checkAll } from "./checks.ts";
import { People } from "./people.ts";
import { drain, rest } from "./play.ts";
import { over } from "./ports.ts";
import type { Made } from "./sabotage.ts";
import { Storm } from "./storm.ts";
import { unlessEqual } from "./unless-equal.ts";
import { CUT_OFF } from "./world.ts";

/**
 * Coincidences that are too rare to wait for, made: each tells what went wrong in it, which is nothing while the guard of its name
 * stands. Those of derived data and of intake; `made-settlements.ts` has those of payments.
 */

const PLAN = planOf({ rewards: [race({ targets: ["start"] })] });
const EAST = { leaf: "east", shard: 0 };

/** A race of the branches to 100.00 each, whose workers have nothing to do. */
async function launched(): Promise<MemoryCloud> {
  const cloud = new MemoryCloud();
  cloud.clock.set(Date.parse("2018-05-20T00:00:00Z"));
  const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00"));
  await cloud.launch(world({ plan: PLAN, targets }));
  await cloud.runRebuilds();
  return cloud;
}

async function sell(cloud: MemoryCloud, ...sales: readonly Sale[]): Promise<void> {
  await recordFacts(
    cloud.deps,
    sales.map(({ recordedAt: _, ...message }) => message),
  );
}

/** The workers do what there is to do, while one of them has waited since before with what it read. */
function overtakenBefore(
  deps: Deps,
  write: "setProgress" | "setReach" | "setCredit" | "hold",
  meanwhile: () => Promise<void>,
): Deps {
  let isOvertaken = false;
  const derived = new Proxy(deps.derived, {
    get: (store, name) => {
      const member: unknown = Reflect.get(store, name);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        if (name === write && !isOvertaken) {
          isOvertaken = true;
          await meanwhile();
        }
        return Reflect.apply(member, store, args);
      };
    },
  });
  return { ...deps, derived };
}

/** A slow roll-up has read the sale of 60.00; another comes and is rolled up; then the slow one writes. */
export const slowProgress: Made = async () => {
  const cloud = await launched();
  await sell(cloud, sale("ann", 60, "05-02"));
  for (const id of cloud.dirtyFacts.splice(0)) await cloud.credit(id);
  const dirty = cloud.dirtyCredits.splice(0);
  const meanwhile = async () => {
    await sell(cloud, sale("ann", 50, "05-03"));
    await cloud.drain();
  };
  await rollUp(overtakenBefore(cloud.deps, "setProgress", meanwhile), dirty);
  const progress = await cloud.deps.derived.progress(PLAN.id, EAST, "ann");
  return unlessEqual("ann's progress", progress?.measures.sales?.value, 11_000);
};

/**
 * Ann has sold for 60.00. A slow roll-up has read a further sale of 50.00; that is cancelled and rolled up, which leaves the sum as it was; then
 * the slow one writes.
 */
export const equalSum: Made = async () => {
  const cloud = await launched();
  const further = sale("ann", 50, "05-03");
  await sell(cloud, sale("ann", 60, "05-02"));
  await cloud.drain();
  await sell(cloud, further);
  for (const id of cloud.dirtyFacts.splice(0)) await cloud.credit(id);
  const dirty = cloud.dirtyCredits.splice(0);
  const meanwhile = async () => {
    await sell(cloud, { ...further, version: 2, status: "cancelled" });
    await cloud.drain();
  };
  await rollUp(overtakenBefore(cloud.deps, "setProgress", meanwhile), dirty);
  const progress = await cloud.deps.derived.progress(PLAN.id, EAST, "ann");
  return unlessEqual("ann's progress", progress?.measures.sales?.value, 6_000);
};

/** A slow roll-up has seen that east reached its target on the 12th; a sale of the 2nd comes late, by which it was the 10th. */
export const slowReach: Made = async () => {
  const cloud = await launched();
  await sell(cloud, sale("ann", 60, "05-10"), sale("ann", 60, "05-12"));
  for (const id of cloud.dirtyFacts.splice(0)) await cloud.credit(id);
  const dirty = cloud.dirtyCredits.splice(0);
  const meanwhile = async () => {
    await sell(cloud, sale("ann", 50, "05-02"));
    await cloud.drain();
  };
  await rollUp(overtakenBefore(cloud.deps, "setReach", meanwhile), dirty);
  const reach = await cloud.deps.derived.reach(PLAN.id, "east");
  const [at] = Object.values(reach?.reaches ?? {}).map((one) => new Date(one.at).toISOString());
  return unlessEqual("the instant that east reached its target", at, "2018-05-10T04:00:00.000Z");
};

/**
 * A slow worker credits a sale by old rules; ann is moved and everything credited anew; then the slow one writes, dies, and its
 * message is put aside, so that nobody looks again.
 */
export const oldRules: Made = async () => {
  const cloud = await launched();
  const { plans } = cloud.deps;
  await sell(cloud, sale("ann", 60, "05-02", { externalId: "1" }));
  await plans.putPeople([{ participantId: "bob", memberships: [person("bob", "west")] }]);
  const meanwhile = async () => {
    await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
    await raiseEpochs(cloud.deps);
    await cloud.runRebuilds();
    await cloud.drain();
  };
  const deps = overtakenBefore(cloud.deps, "setCredit", meanwhile);
  let isDead = false;
  const dies = over(deps.derived, {
    setCredit: async (credit) => {
      if (!isDead) await deps.derived.setCredit(credit);
      isDead = true;
      throw new Error("the worker died");
    },
  });
  await creditFacts({ ...deps, derived: dies }, [{ source: "pos", externalId: "1" }]);
  await cloud.drain();
  const { progress } = await readBoards(cloud.deps, PLAN.id);
  return unlessEqual("east's sales", progress.find(({ unit }) => unit === "east")?.value, "60.00");
};

/**
 * A slow worker has looked up rules that do not know zoe; she comes on file, and nothing is found that would be credited anew for her; then the
 * slow one holds her sale.
 */
export const behindRebuild: Made = async (sabotage) => {
  const cloud = await launched();
  const { plans } = cloud.deps;
  // At rest: an odd number would mean that an import died.
  await plans.setDirectoryRevision((await plans.directoryRevision()) + 1);
  await sell(cloud, sale("zoe", 60, "05-02"));
  const meanwhile = async () => {
    const zoe = person("zoe", "east");
    const rows = [{ value: zoe, placeOf: (column: string) => column }];
    await importPeople(cloud.deps, MAKER, { rows, badRows: [], goodRowsOnly: false });
    await cloud.runRebuilds();
    await cloud.drain();
  };
  const liveRules = sabotage?.newContainer?.() ?? new LiveRules();
  const slow = overtakenBefore(cloud.deps, "hold", meanwhile);
  const [failure] = await creditFacts(slow, cloud.dirtyFacts.splice(0), { liveRules });
  if (failure) throw failure.error;
  await cloud.drain();
  const { progress } = await readBoards(cloud.deps, PLAN.id);
  return unlessEqual("east's sales", progress.find(({ unit }) => unit === "east")?.value, "60.00");
};

/** An intake has its time stamp from before the cut-off, and waits with the store for longer than the final run does. */
export const inFlight: Made = async (sabotage) => {
  const storm = new Storm(seededRandom(4711), sabotage);
  const people = new People(storm);
  await people.launch();
  await drain(storm, people);
  storm.advance(CUT_OFF - 1000 - storm.clock.now());
  for (let fact = 0; fact < 6; fact += 1) people.tellFact(false);
  while (people.hasOutbox) await people.deliver();
  while (storm.scheduler.someAt((what) => what !== "facts.put")) {
    storm.scheduler.delay("facts.put");
    await storm.scheduler.step();
  }
  storm.advance(3 * 60_000);
  await people.due();
  await rest(storm, people);
  return checkAll(storm, people);
};

/** One sale changes four times within a batch. */
export const sameSubject: Made = async (sabotage) => {
  const records = [1, 2, 3, 4].map((number) => ({
    dynamodb: { Keys: { name: { S: "pos#1" } }, SequenceNumber: String(number) },
  }));
  let done = 0;
  const batches = sabotage?.isDeduped === false ? records.map((record) => [record]) : [records];
  for (const batch of batches) {
    await forDirty(batch, { subjectOf: () => "pos#1", nameOf: (name) => name }, async (subjects) => {
      done += subjects.length;
      return [];
    });
  }
  return unlessEqual("how often the sale is credited", done, 1);
};

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import { readRebuild, requestRebuild } from "#app/crediting/read-rebuild.ts";
import { startDueRebuild } from "#app/crediting/rebuild-due.ts";
import { type DirtyProgress, rollUp } from "#app/crediting/roll-up.ts";
import type { RebuildSettings } from "#app/crediting/run-rebuild.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { inParallel } from "#app/parallel.ts";
import type { Campaign } from "#domain/campaign.ts";
import { createRebuild } from "#functions/rebuild/app.ts";
import { createLocalJobs } from "#infra/local/durable.ts";
import { derivedFromFacts, derivedTold } from "#test/fixtures/derived-told.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, planOf, race, sale, target, world } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN } from "#test/fixtures/small-settlement.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { Machine } from "./machine.ts";

/**
 * The rebuild as it is deployed, on DynamoDB Local: facts and derived data in tables, steps as operations of durable executions that
 * hand over to one another. It is cut up very small, and the process that carries it is stopped and begun anew between its steps.
 */

const CUT_SMALL: RebuildSettings = {
  segments: 2,
  steps: 3,
  bounds: { facts: 3, milliseconds: 60_000, people: 3 },
};

const BRANCHES = ["east", "west", "coast"] as const;
const SELLERS = Array.from({ length: 18 }, (_, index) => `seller-${String(index).padStart(2, "0")}`);
const branchOf = (index: number) => BRANCHES[index % BRANCHES.length] ?? "east";
const WORLD = world({
  plan: planOf({ rewards: [race()] }),
  memberships: SELLERS.map((id, index) => person(id, branchOf(index))),
  targets: BRANCHES.map((branch) => target(branch, "start", "1300.00")),
  facts: SELLERS.flatMap((id, index) => [2, 9].map((day) => sale(id, 100 + index, `05-0${day}`))),
});

const client = localClient();
let folder: string;
let cloud: MemoryCloud;
/** What the stream of the derived table reports to the roll-up, which works beside the rebuild. */
const dirty: DirtyProgress[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "laurel-rebuild-"));
  const tables = await freshTables();
  cloud = new MemoryCloud();
  await cloud.launch(WORLD);
  await cloud.runRebuilds();
  const derived = reported(new DynamoDerivedStore(client, tables.derived));
  Object.assign(cloud.deps, { facts: new DynamoFactStore(client, tables.facts), derived });
  await inParallel(8, WORLD.facts, (fact) => cloud.deps.facts.put(fact));
  expect(await creditFacts(cloud.deps, WORLD.facts)).toEqual([]);
  await rollUp(cloud.deps, dirty.splice(0));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reported(store: DynamoDerivedStore): DynamoDerivedStore {
  const set = store.setCredit.bind(store);
  store.setCredit = async (credit) => {
    const isNew = await set(credit);
    const { campaign, place, participantId } = credit;
    if (isNew) dirty.push({ campaign, place, participantId });
    return isNew;
  };
  return store;
}

function machine(writesLeft?: number): Machine {
  const register = (of: Machine) => {
    const { facts, derived, plans } = cloud.deps;
    const stores = { facts: of.mortal(facts), derived: of.mortal(derived), plans: of.mortal(plans) };
    of.durable.register("rebuild", createRebuild({ ...cloud.deps, ...stores }, CUT_SMALL));
  };
  return new Machine({ clock: cloud.clock, folder, register }, writesLeft);
}

/** Machines carry on, each dying after so many writes, and the clock starts what is due, until nothing is. */
async function untilNothingIsDue(writes: number) {
  let deaths = 0;
  /** What was being done whenever the next execution took over. */
  const handedOver: string[] = [];
  for (let machines = 1; machines < 100; machines += 1) {
    const carrier = machine(writes + machines);
    for (;;) {
      if ((await carrier.end()) === "dead") {
        deaths += 1;
        break;
      }
      await rollUp(cloud.deps, dirty.splice(0));
      const jobs = createLocalJobs(carrier.durable);
      if (!(await startDueRebuild({ ...cloud.deps, jobs }, await theCampaign()))) return { deaths, handedOver };
      handedOver.push((await readRebuild(cloud.deps, CAMPAIGN)).state);
    }
  }
  throw new Error("it never comes to an end");
}

async function theCampaign(): Promise<Campaign> {
  const campaign = await cloud.deps.plans.campaign(CAMPAIGN);
  if (!campaign) throw new Error("it was launched");
  return campaign;
}

describe("a rebuild on DynamoDB, cut up small", () => {
  it("is handed over from execution to execution, and comes to what the facts say, though it is stopped again and again", async () => {
    const before = await derivedTold(cloud.deps, cloud.deps.derived, CAMPAIGN);
    const moved = SELLERS.flatMap((id, index) => (index % 2 === 0 ? [person(id, branchOf(index + 1))] : []));
    const rows = moved.map((value) => ({ value, placeOf: (column: string) => column }));
    await importPeople(cloud.deps, MAKER, { goodRowsOnly: false, badRows: [], rows });
    await requestRebuild(cloud.deps, MAKER, CAMPAIGN, "start");
    const request = cloud.rebuilds.at(-1);
    if (!request) throw new Error("nothing was started");

    const first = machine(3);
    await createLocalJobs(first.durable).startRebuild(request.campaign, request.epoch);
    expect(await first.end()).toBe("dead");
    const { deaths, handedOver } = await untilNothingIsDue(4);
    expect(deaths).toBeGreaterThan(5);
    expect(handedOver.filter((doing) => doing === "crediting").length).toBeGreaterThan(1);
    expect(handedOver.filter((doing) => doing === "totals").length).toBeGreaterThan(1);

    const executions = machine().durable.executions();
    const names = [...handedOver, "end"].map((_, index) => `rebuild-small-${request.epoch}-${index + 1}`);
    expect(executions.map(({ name, status }) => `${name} ${status}`)).toEqual(names.map((name) => `${name} succeeded`));
    expect(await readRebuild(cloud.deps, CAMPAIGN)).toMatchObject({
      state: "finished",
      epoch: request.epoch,
      attempt: handedOver.length + 1,
      segments: { done: 3, of: 3 },
      seen: WORLD.facts.length,
    });

    const after = await derivedTold(cloud.deps, cloud.deps.derived, CAMPAIGN);
    expect(after).toEqual(await derivedTold(cloud.deps, await derivedFromFacts(cloud.deps, [CAMPAIGN]), CAMPAIGN));
    expect(after.credits).toHaveLength(WORLD.facts.length);
    for (const what of ["credits", "progress", "totals", "reaches"] as const)
      expect(after[what], what).not.toEqual(before[what]);
  });
});

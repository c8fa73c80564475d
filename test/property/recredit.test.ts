import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { createCampaign } from "#app/campaigns/create-campaign.ts";
import { editDraft } from "#app/campaigns/edit-draft.ts";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { requestRebuild } from "#app/crediting/read-rebuild.ts";
import { importPeople } from "#app/directory/import-people.ts";
import { importUnits } from "#app/directory/import-units.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Membership, OrgUnit } from "#domain/org.ts";
import { Refusal } from "#domain/problem.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import { derivedFromFacts, derivedTold } from "#test/fixtures/derived-told.ts";
import { type Random, seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { PEOPLE, person, target, UNITS } from "#test/fixtures/plan-builder.ts";
import { changedTarget, factVersions, monthlyPlan, sprintPlan, TARGETS } from "../storm/world.ts";

const CAMPAIGNS = ["sprint", "monthly"] as const;
const BRANCHES = ["east", "west", "coast"] as const;

/** A newcomer, who is named by facts before anybody knows them; and who sells. */
const NAMED = [...new Set(PEOPLE.map(({ participantId }) => participantId)), "zoe"];

describe("what is computed anew after a change, and nothing else", () => {
  it("is what the facts say: credits, progress, totals, reaches and held facts, whatever changed and however it is cut up", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async (seed) => {
        const random = seededRandom(seed);
        const cloud = new MemoryCloud();
        cloud.rebuildSettings = {
          bounds: { facts: random.int(1, 9), milliseconds: 60_000, people: random.int(1, 4) },
          steps: random.int(3, 40),
        };
        await launch(cloud, random);
        for (let turn = 1; turn <= 30; turn += 1) {
          await (random.chance(65) ? sell(cloud, random, turn) : change(cloud, random));
          if (random.chance(50)) await cloud.drain((size) => random.int(0, Math.max(0, size - 1)));
          if (random.chance(50)) await cloud.runRebuilds(random.int(1, 3));
        }
        await cloud.runRebuilds();
        await cloud.drain();
        const fromFacts = await derivedFromFacts(cloud.deps, CAMPAIGNS);
        for (const id of CAMPAIGNS) {
          const told = await derivedTold(cloud.deps, cloud.deps.derived, id);
          expect(told).toEqual(await derivedTold(cloud.deps, fromFacts, id));
        }
        expect(await heldIn(cloud.deps.derived)).toEqual(await heldIn(fromFacts));
      }),
      { numRuns: 40 },
    );
  });
});

async function launch(cloud: MemoryCloud, random: Random): Promise<void> {
  const { plans } = cloud.deps;
  await plans.putUnits(UNITS);
  await plans.putPeople(PEOPLE.map((of) => ({ participantId: of.participantId, memberships: [of] })));
  await plans.setDirectoryRevision(1);
  await plans.setDirectoryRevision(2);
  await plans.putTargets("sprint", [...TARGETS, target("island", "start", "100.00")]);
  for (const plan of [sprintPlan(random), monthlyPlan(random)]) {
    const { id, revision } = await createCampaign(cloud.deps, MAKER, withAudience(random, plan));
    const { version } = await publishVersion(cloud.deps, MAKER, id, revision);
    await activateCampaign(cloud.deps, MAKER, id, version);
  }
}

/** In some campaigns it matters to which units people belong, and as what. */
function withAudience<P extends ReturnType<typeof sprintPlan>>(random: Random, plan: P): P {
  if (random.chance(50)) return plan;
  const membership = random.pick(["occurrence", "periodEnd"] as const);
  return { ...plan, audience: { units: [random.pick(["east", "west", "north"])], membership } };
}

async function sell(cloud: MemoryCloud, random: Random, number: number): Promise<void> {
  await recordFacts(cloud.deps, factVersions(random, number, random.chance(30)));
}

async function change(cloud: MemoryCloud, random: Random): Promise<void> {
  const { deps } = cloud;
  const drawn = random.int(1, 10);
  if (drawn <= 5) return void (await importPeople(deps, MAKER, rows(movedPerson(random))));
  if (drawn <= 6) return void (await importUnits(deps, MAKER, rows(movedUnit(random))));
  if (drawn <= 7) return void (await importTargets(deps, MAKER, "sprint", rows([changedTarget(random)])));
  if (drawn <= 8) return void (await requestRebuild(deps, MAKER, random.pick(CAMPAIGNS), "start"));
  const plan = withAudience(random, random.chance(50) ? sprintPlan(random) : monthlyPlan(random));
  const { revision } = (await deps.plans.campaign(plan.id)) ?? { revision: 0 };
  const draft = await editDraft(deps, MAKER, plan.id, plan, revision);
  const { version } = await publishVersion(deps, MAKER, plan.id, draft.revision);
  await unlessNobodyIsIn(activateCampaign(deps, MAKER, plan.id, version));
}

/** Everybody may have moved away from the units of an audience: then the old version stays in force. */
async function unlessNobodyIsIn(activation: Promise<unknown>): Promise<void> {
  try {
    await activation;
  } catch (error) {
    const isEmpty = error instanceof Refusal && error.problems.some(({ code }) => code === "audience-empty");
    if (!isEmpty) throw error;
  }
}

/** For good, from a day on, or outside the days of both campaigns. */
function movedPerson(random: Random): Membership[] {
  const id = random.pick(NAMED);
  const [from = "east", to = "west"] = random.shuffled(BRANCHES);
  if (random.chance(40)) return [person(id, to)];
  const day = random.pick(["2018-05-10", "2018-03-20", "2017-01-01", "2019-01-01"]);
  return [person(id, from, { to: day }), person(id, to, { from: day })];
}

/** A branch that comes to be, or hangs elsewhere. */
function movedUnit(random: Random): OrgUnit[] {
  const above = UNITS.filter(({ unit }) => UNITS.some(({ parent }) => parent === unit)).map(({ unit }) => unit);
  const known = UNITS.find(({ unit }) => unit === random.pick(BRANCHES));
  if (!known || random.chance(30)) return [{ unit: "island", parent: random.pick(above), level: "branch", name: "I" }];
  return [{ ...known, parent: random.pick(above) }];
}

function rows<T>(values: readonly T[]) {
  const placeOf = (column: string) => column;
  return { goodRowsOnly: false, badRows: [], rows: values.map((value) => ({ value, placeOf })) };
}

async function heldIn(derived: DerivedStore): Promise<string[]> {
  const { items } = await derived.held({ limit: 1000 });
  return items.map(({ externalId, version }) => `${externalId} ${version}`).sort();
}

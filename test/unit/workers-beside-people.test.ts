import { beforeEach, describe, expect, it, vi } from "vitest";
import { raiseEpoch } from "#app/crediting/raise-epoch.ts";
import type { Campaign } from "#domain/campaign.ts";
import { MARKETING, problemOf } from "./api-harness.ts";
import { CAMPAIGN, ok, PLAN } from "./api-world.ts";
import { LifeWorld, WHY } from "./lifecycle-world.ts";

/** Workers keep with a campaign how far they are with it. That must be in nobody's way. */

let world: LifeWorld;
beforeEach(async () => {
  world = new LifeWorld();
  await world.published();
  await world.decided("/activate", { version: 1 });
  world.at("2026-03-10T00:00");
});

const read = async (): Promise<Campaign> => (await ok(world.harness.get(CAMPAIGN, MARKETING))).json;
const named = (name: string) => ({ ...PLAN, name: { ...PLAN.name, en: name } });
const edit = (revision: number, name: string) =>
  world.harness.call("PUT", `${CAMPAIGN}/draft`, {
    as: MARKETING,
    body: named(name),
    headers: { "if-match": `"${revision}"` },
  });
const publish = (revision: number) =>
  world.harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": `"${revision}"` } });

/** What the organisation changed has the campaign credited anew. */
async function work(): Promise<void> {
  await raiseEpoch(world.cloud.deps, PLAN.id);
  await world.cloud.runRebuilds();
}

/** Work of machines that comes between the next reading of a campaign and its writing. */
function workInBetween(): () => number {
  const { plans } = world.cloud.deps;
  const save = plans.saveCampaign.bind(plans);
  const spy = vi.spyOn(plans, "saveCampaign").mockImplementationOnce(async (campaign) => {
    await raiseEpoch(world.cloud.deps, PLAN.id);
    const isKept = await save(campaign);
    expect(isKept, "the one who came later").toBe(false);
    return isKept;
  });
  return () => spy.mock.calls.length;
}

describe("a draft that was read before a rebuild ended", () => {
  it("is edited and published with the mark that was read", async () => {
    const { revision } = await read();
    await work();
    expect((await read()).revision).toBeGreaterThan(revision);
    await ok(edit(revision, "Spring"));
    const edited = await read();
    await work();
    expect((await ok(publish(edited.revision))).json).toMatchObject({ version: 2, plan: named("Spring") });
    expect(await read()).toMatchObject({ latestVersion: 2, draft: named("Spring") });
  });

  it("is stale once somebody else edited or published it, whatever machines did", async () => {
    const { revision } = await read();
    await work();
    await ok(edit(revision, "Spring"));
    await work();
    const { problems } = problemOf(await edit(revision, "Summer"));
    expect(problems).toMatchObject([
      { code: "revision", seen: String(revision), allowed: String((await read()).revision) },
    ]);
    const newest = await read();
    await ok(publish(newest.revision));
    expect((await edit(newest.revision, "Summer")).status).toBe(412);
    expect((await publish(newest.revision)).status).toBe(412);
    expect((await edit((await read()).revision + 1, "Summer")).status).toBe(412);
    expect((await read()).draft.name.en).toBe("Spring");
  });
});

describe("a worker that comes between reading and writing", () => {
  it.each([
    ["pause", () => world.post("/pause", { counts: false, ...WHY })],
    ["edit", async () => edit((await read()).revision, "Spring")],
    ["publication", async () => publish((await read()).revision)],
  ])("is in the way of no %s", async (_, ask) => {
    const { epoch } = await read();
    const times = workInBetween();
    await ok(ask());
    expect(times()).toBeGreaterThan(2);
    // What the worker kept stands as well.
    expect((await read()).epoch).toBeGreaterThan(epoch);
  });

  it("is in the way of no pause's end, though the pause itself has everything credited anew", async () => {
    await ok(world.post("/pause", { counts: false, ...WHY }));
    workInBetween();
    expect((await ok(world.post("/resume", WHY))).json.phase).toBe("active");
    await world.cloud.runRebuilds();
    expect((await read()).conduct?.pauses).toMatchObject([{ counts: false, until: "2026-03-09T16:00:00.000Z" }]);
  });

  it("is in the way of no approval: another version comes into force by what was shown", async () => {
    await world.newVersion(named("Spring"));
    const { json } = await ok(world.post("/activate", { version: 2 }));
    workInBetween();
    await ok(world.approve(json));
    expect(await read()).toMatchObject({ activeVersion: 2 });
  });

  it("does not let a second pause begin in the first", async () => {
    const { plans } = world.cloud.deps;
    const save = plans.saveCampaign.bind(plans);
    vi.spyOn(plans, "saveCampaign").mockImplementationOnce(async (campaign) => {
      await ok(world.post("/pause", { counts: true, ...WHY }));
      return save(campaign);
    });
    const refused = problemOf(await world.post("/pause", { counts: false, ...WHY }));
    expect(refused).toMatchObject({ status: 409, problems: [{ code: "phase", seen: "paused" }] });
    expect((await read()).conduct?.pauses).toMatchObject([{ counts: true }]);
  });
});

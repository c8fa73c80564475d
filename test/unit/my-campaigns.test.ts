import { describe, expect, it, vi } from "vitest";
import { listMyCampaigns, readAbout } from "#app/campaigns/read-about.ts";
import type { Actor } from "#domain/actor.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import {
  commission,
  type PlanDocument,
  person,
  planOf,
  race,
  ranking,
  target,
  world,
} from "#test/fixtures/plan-builder.ts";

const PEOPLE = [
  person("ann", "east"),
  person("boss", "east", { role: "manager" }),
  person("cy", "west"),
  person("eve", "coast"),
  // Came when the campaign of May was over; came in its middle; left in its middle.
  person("late", "east", { from: "2018-06-01" }),
  person("mid", "east", { from: "2018-05-15" }),
  person("left", "east", { to: "2018-05-15" }),
];

const seller = (subject: string): Actor => ({ subject, roles: ["seller"], units: [], sources: [] });
const manager = (...units: string[]): Actor => ({ subject: "luo", roles: ["branch-manager"], units, sources: [] });

/** Everybody's, and one whose audience is as a test says. */
async function launched(audience: PlanDocument["audience"]): Promise<MemoryCloud> {
  const cloud = new MemoryCloud();
  for (const plan of [planOf({ id: "open" }), planOf({ id: "narrow", ...(audience ? { audience } : {}) })]) {
    await cloud.launch({ ...world({ memberships: PEOPLE }), plan });
  }
  return cloud;
}

async function mine(cloud: MemoryCloud, actor: Actor): Promise<string[]> {
  return (await listMyCampaigns(cloud.deps, actor, {})).items.map(({ campaign }) => campaign);
}

describe("one's campaigns", () => {
  it("are those whose audience one is in, by unit and by role", async () => {
    const cloud = await launched({ units: ["north"], roles: ["agent"], membership: "occurrence" });
    expect(await mine(cloud, seller("ann"))).toEqual(["narrow", "open"]);
    expect(await mine(cloud, seller("cy"))).toEqual(["narrow", "open"]);
    expect(await mine(cloud, seller("boss"))).toEqual(["open"]);
    expect(await mine(cloud, seller("nobody"))).toEqual([]);
  });

  it("follow when somebody was where: whenever a sale could count, or at the period's end", async () => {
    const during = await launched({ units: ["east"], membership: "occurrence" });
    expect(await mine(during, seller("mid"))).toEqual(["narrow", "open"]);
    expect(await mine(during, seller("left"))).toEqual(["narrow", "open"]);
    expect(await mine(during, seller("late"))).toEqual([]);
    const atTheEnd = await launched({ units: ["east"], membership: "periodEnd" });
    expect(await mine(atTheEnd, seller("mid"))).toEqual(["narrow", "open"]);
    expect(await mine(atTheEnd, seller("left"))).toEqual(["open"]);
  });

  it("are a manager's where a unit of theirs takes part, above or below", async () => {
    const cloud = await launched({ units: ["north"], membership: "occurrence" });
    expect(await mine(cloud, manager("east"))).toEqual(["narrow", "open"]);
    expect(await mine(cloud, manager("firm"))).toEqual(["narrow", "open"]);
    expect(await mine(cloud, manager("coast"))).toEqual(["open"]);
    expect(await mine(cloud, manager("elsewhere"))).toEqual([]);
    expect(await mine(cloud, manager())).toEqual([]);
  });

  it("are all that run, for who sees the whole company; no drafts, and nothing that was put away", async () => {
    const cloud = await launched({ units: ["north"], membership: "occurrence" });
    const { plans } = cloud.deps;
    const open = await plans.campaign("open");
    if (!open) throw new Error("it was launched");
    const { activeVersion: _, ...draft } = { ...open, id: "draft", state: "draft" as const, revision: 1 };
    await plans.saveCampaign(draft);
    expect(await mine(cloud, MAKER)).toEqual(["narrow", "open"]);
    await plans.saveCampaign({ ...open, state: "archived", revision: open.revision + 1 });
    expect(await mine(cloud, MAKER)).toEqual(["narrow"]);
  });

  it("come in pages that look at no more than they may hold", async () => {
    const cloud = await launched({ units: ["south"], membership: "occurrence" });
    const looking = vi.spyOn(cloud.deps.plans, "campaigns");
    const first = await listMyCampaigns(cloud.deps, seller("ann"), { limit: 1 });
    expect(first.items).toEqual([]);
    const second = await listMyCampaigns(cloud.deps, seller("ann"), { limit: 1, cursor: first.cursor });
    expect(second.items.map(({ campaign }) => campaign)).toEqual(["open"]);
    expect(second.cursor).toBeUndefined();
    expect(looking.mock.calls.map(([{ limit }]) => limit)).toEqual([1, 1]);
  });
});

describe("what a campaign is called", () => {
  it("is told to whoever takes part, without a rule of pay", async () => {
    const cloud = new MemoryCloud();
    const plan = planOf({
      name: { en: "May race", zh: "五月竞赛" },
      names: { start: { en: "Start", zh: "起步" } },
      boards: { names: "masked", amounts: "shown" },
      disputes: { within: "P10D", decideWithin: "P15D" },
      measures: [{ id: "sales", name: { en: "Premium", zh: "保费" }, aggregate: "sum", of: "amount" }],
      rewards: [commission({ name: { en: "Commission" } }), ranking(), race()],
    });
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "100.00"));
    await cloud.launch({ ...world({ memberships: PEOPLE, targets }), plan });
    const about = await readAbout(cloud.deps, seller("ann"), "small");
    expect(about).toEqual({
      campaign: "small",
      name: plan.name,
      state: "active",
      period: plan.period,
      lateUntil: "2018-06-15T16:00:00.000Z",
      currency: "CNY",
      boards: plan.boards,
      disputes: plan.disputes,
      measures: [{ id: "sales", name: { en: "Premium", zh: "保费" }, isRatio: false }],
      rewards: [
        { id: "commission", name: { en: "Commission" }, kind: "commission", paysIn: "CNY", hasBoard: false },
        { id: "ranking", kind: "ranking", paysIn: "CNY", hasBoard: true },
        { id: "race", kind: "race", paysIn: "CNY", hasBoard: true },
      ],
      names: plan.names,
    });
    const [item] = (await listMyCampaigns(cloud.deps, seller("ann"), {})).items;
    expect(item?.places).toEqual(["ranking"]);
  });

  it("is of the version in force, not of the draft", async () => {
    const cloud = await launched(undefined);
    const { plans } = cloud.deps;
    const open = await plans.campaign("open");
    if (!open) throw new Error("it was launched");
    const draft = { ...open.draft, name: { en: "Being thought about" } };
    await plans.saveCampaign({ ...open, draft, revision: open.revision + 1 });
    expect((await readAbout(cloud.deps, seller("ann"), "open")).name).toEqual({ en: "Small" });
  });

  it("is not there for who takes no part", async () => {
    const cloud = await launched({ units: ["south"], membership: "occurrence" });
    const refused = { kind: "notFound" };
    await expect(readAbout(cloud.deps, seller("ann"), "narrow")).rejects.toMatchObject(refused);
    await expect(readAbout(cloud.deps, manager("east"), "narrow")).rejects.toMatchObject(refused);
    await expect(readAbout(cloud.deps, seller("ann"), "nothing")).rejects.toMatchObject(refused);
    expect((await readAbout(cloud.deps, MAKER, "narrow")).campaign).toBe("narrow");
  });
});

import { describe, expect, it } from "vitest";
import { activateCampaign } from "#app/campaigns/activate-campaign.ts";
import { editDraft } from "#app/campaigns/edit-draft.ts";
import { publishVersion } from "#app/campaigns/publish-version.ts";
import { findCampaign } from "#app/find-campaign.ts";
import { freezeRun, frozenSources } from "#app/settlement/freeze-run.ts";
import { startRun } from "#app/settlement/request-run.ts";
import type { Person } from "#ports/plan-store.ts";
import { MAKER } from "../fixtures/memory-cloud.ts";
import { commission, person, planOf, prizes, race, sale, target } from "../fixtures/plan-builder.ts";
import { CAMPAIGN, CUT_OFF, HOUR_MS, SmallSettlement } from "../fixtures/small-settlement.ts";

const PLAN = planOf({ rewards: [commission()] });
const ann = (unit: string): Person => ({ participantId: "ann", memberships: [person("ann", unit)] });

async function begun() {
  const settlement = await SmallSettlement.launch({ plan: PLAN, facts: [sale("ann", 100, "05-10 10:00")] });
  const { cloud } = settlement;
  cloud.clock.set(CUT_OFF + HOUR_MS);
  return { settlement, deps: cloud.deps };
}

describe("a run that was asked for", () => {
  it("is recorded without reading all people, and freezes them in its first step", async () => {
    const { deps } = await begun();
    const asked: string[] = [];
    const plans = new Proxy(deps.plans, {
      get: (store, name) => {
        const member: unknown = Reflect.get(store, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => {
          asked.push(String(name));
          // A directory that does not end with its first page.
          return name === "people" ? { items: [], cursor: "more" } : Reflect.apply(member, store, args);
        };
      },
    });
    const run = await startRun({ ...deps, plans }, "clock", CAMPAIGN, "final");
    expect(asked).not.toContain("allPeople");
    expect(asked).not.toContain("targets");
    expect(run).toMatchObject({ state: "computing", planVersion: 1 });
    expect(run.sourcesHash).toBeUndefined();
    await freezeRun(deps, run);
    expect(await deps.ledger.run(CAMPAIGN, run.runId)).toMatchObject({ sourcesHash: expect.any(String), revision: 2 });
  });

  it("has the plan version and the cut-off of its asking, and the people of its freezing", async () => {
    const { settlement, deps } = await begun();
    const run = await startRun(deps, "clock", CAMPAIGN, "final");
    await deps.plans.putPeople([ann("coast")]);
    const { revision } = await findCampaign(deps, CAMPAIGN);
    const draft = planOf({ rewards: [commission({ rate: "50%" })] });
    const edited = await editDraft(deps, MAKER, CAMPAIGN, draft, revision);
    await publishVersion(deps, MAKER, CAMPAIGN, edited.revision);
    await activateCampaign(deps, MAKER, CAMPAIGN, 2);
    settlement.cloud.clock.set(CUT_OFF + 2 * HOUR_MS);
    const frozen = await freezeRun(deps, run);
    expect(frozen).toMatchObject({ planVersion: 1, asOf: run.asOf, epoch: run.epoch });
    const { plan, memberships } = await frozenSources(deps, frozen);
    expect(plan).toEqual(PLAN);
    expect(memberships.find(({ participantId }) => participantId === "ann")?.unit).toBe("coast");
  });

  it("keeps what it was frozen from when a step that died in between is repeated", async () => {
    const { deps } = await begun();
    const run = await startRun(deps, "clock", CAMPAIGN, "final");
    const dies = new Proxy(deps.ledger, {
      get: (store, name) => {
        if (name === "saveRun") return () => Promise.reject(new Error("the machine stops"));
        const member: unknown = Reflect.get(store, name);
        return typeof member === "function" ? member.bind(store) : member;
      },
    });
    await expect(freezeRun({ ...deps, ledger: dies }, run)).rejects.toThrow("the machine stops");
    await deps.plans.putPeople([ann("coast")]);
    const first = await freezeRun(deps, run);
    await deps.plans.putPeople([ann("west")]);
    expect(await freezeRun(deps, run)).toEqual(first);
    const { memberships } = await frozenSources(deps, first);
    expect(memberships.find(({ participantId }) => participantId === "ann")?.unit).toBe("coast");
  });

  it("fails and says what is missing where that is found out by its first step", async () => {
    const plan = planOf({ rewards: [race({ prizes: prizes(100) })] });
    const targets = ["east", "west", "coast"].map((unit) => target(unit, "start", "50.00"));
    const settlement = await SmallSettlement.launch({ plan, targets, facts: [sale("ann", 100, "05-10 10:00")] });
    const { deps } = settlement.cloud;
    settlement.cloud.clock.set(CUT_OFF + HOUR_MS);
    const run = await startRun(deps, "clock", CAMPAIGN, "final");
    const [branch] = (await deps.plans.units()).filter(({ level }) => level === "branch");
    if (!branch) throw new Error("the fixture has no branch");
    await deps.plans.putUnits([{ ...branch, unit: "harbour" }]);
    await expect(settlement.compute(run)).rejects.toMatchObject({ kind: "invalid" });
    const failed = await settlement.run(run.runId);
    expect(failed.state).toBe("failed");
    expect(failed.reason).toMatch(/does not fit.*; .*harbour.*none/);
  });
});

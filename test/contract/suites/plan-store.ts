import { beforeEach, describe, expect, it } from "vitest";
import type { Target } from "#domain/target.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import { describeDirectory } from "./plan-directory.ts";
import { campaign, ODD_IDS, planVersion } from "./samples.ts";
import { allPages, countTrue, times } from "./tools.ts";

/** What every PlanStore does. `makeStore` gives an empty one. */
export function describePlanStore(name: string, makeStore: () => Promise<PlanStore>): void {
  describe(`PlanStore: ${name}`, () => {
    let store: PlanStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    describe("campaigns", () => {
      it("are created once, then replaced revision by revision", async () => {
        expect(await store.campaign("travel")).toBeUndefined();
        expect(await store.saveCampaign(campaign({ revision: 2 }))).toBe(false);
        expect(await store.saveCampaign(campaign())).toBe(true);
        expect(await store.saveCampaign(campaign())).toBe(false);
        expect(await store.saveCampaign(campaign({ revision: 3 }))).toBe(false);
        expect(await store.saveCampaign(campaign({ revision: 2, state: "active", activeVersion: 1 }))).toBe(true);
        expect(await store.campaign("travel")).toEqual(campaign({ revision: 2, state: "active", activeVersion: 1 }));
      });

      it("of one revision that are saved at once: exactly one is, even when they say the same", async () => {
        expect(await countTrue(times(20, () => () => store.saveCampaign(campaign())))).toBe(1);
        const rivals = times(20, (index) => campaign({ revision: 2, createdBy: `user-${index}` }));
        const results = await Promise.all(rivals.map((rival) => store.saveCampaign(rival)));
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(await store.campaign("travel")).toEqual(rivals[results.indexOf(true)]);
      });

      it("lose optional fields that a new revision leaves out", async () => {
        await store.saveCampaign(campaign({ activatedBy: "li", activatedAt: "2018-05-01T00:00:00Z" }));
        await store.saveCampaign(campaign({ revision: 2, activatedBy: undefined, activatedAt: undefined }));
        expect(Object.values((await store.campaign("travel")) ?? {})).not.toContain("li");
      });

      it("are listed page by page; a cursor means that there is more", async () => {
        expect(await store.campaigns({})).toEqual({ items: [] });
        const ids = times(7, (index) => `campaign-${index}`);
        for (const id of ids) await store.saveCampaign(campaign({ id }));
        const { items, pages } = await allPages((request) => store.campaigns(request), 3);
        expect(items.map(({ id }) => id)).toEqual(ids);
        expect(pages).toBe(3);
        expect((await store.campaigns({ limit: 7 })).cursor).toBeUndefined();
        expect((await store.campaigns({})).items).toHaveLength(7);
      });

      it("refuse a cursor that no listing gave, and a limit that is none", async () => {
        await store.saveCampaign(campaign());
        for (const cursor of ["nonsense", "e30", "!", "bnVsbA", ""]) {
          await expect(store.campaigns({ cursor })).rejects.toMatchObject({ name: "Refusal", kind: "invalid" });
        }
        for (const limit of [0, -1, 1.5, Number.NaN]) {
          await expect(store.campaigns({ limit })).rejects.toMatchObject({ name: "Refusal", kind: "invalid" });
        }
      });

      it("are not changed through the objects that were given or got", async () => {
        const given = structuredClone(campaign());
        await store.saveCampaign(given);
        given.draft.name.en = "changed";
        const got = await store.campaign("travel");
        if (got) got.draft.name.en = "changed";
        expect((await store.campaign("travel"))?.draft.name.en).not.toBe("changed");
        const [listed] = (await store.campaigns({})).items;
        if (listed) listed.draft.name.en = "changed";
        expect((await store.campaign("travel"))?.draft.name.en).not.toBe("changed");
      });
    });

    describe("plan versions", () => {
      it("are stored once and never change", async () => {
        expect(await store.version("travel", 1)).toBeUndefined();
        expect(await store.addVersion(planVersion(1))).toBe(true);
        expect(await store.addVersion(planVersion(1, "other"))).toBe(false);
        expect(await store.version("travel", 1)).toEqual(planVersion(1));
      });

      it("of one number that are added at once: exactly one is", async () => {
        const rivals = times(20, (index) => () => store.addVersion(planVersion(1, `hash-${index}`)));
        expect(await countTrue(rivals)).toBe(1);
        expect(await countTrue(times(20, () => () => store.addVersion(planVersion(2))))).toBe(1);
      });

      it("are listed in order", async () => {
        expect(await store.versions("travel")).toEqual([]);
        for (const version of [10, 1, 9, 2]) await store.addVersion(planVersion(version));
        await store.addVersion({ ...planVersion(1), campaign: "travel-2" });
        expect((await store.versions("travel")).map(({ version }) => version)).toEqual([1, 2, 9, 10]);
      });
    });

    describe("how plans were written", () => {
      const written = (revision: number, text = `# revision ${revision}\nid: travel\n`) => ({
        campaign: "travel",
        revision,
        planHash: `hash-${revision}`,
        text,
      });

      it("is kept of a draft, by the newest revision, whichever is heard of last", async () => {
        expect(await store.draftText("travel")).toBeUndefined();
        await store.putDraftText(written(2));
        await store.putDraftText(written(1));
        expect(await store.draftText("travel")).toEqual(written(2));
        await store.putDraftText(written(2, "again"));
        await store.putDraftText(written(10, `# ${"注".repeat(20_000)}\n`));
        expect(await store.draftText("travel")).toEqual(written(10, `# ${"注".repeat(20_000)}\n`));
        expect(await store.draftText("travel-2")).toBeUndefined();
      });

      it("is kept of a version for good", async () => {
        await store.addVersionText("travel", 1, "# first\n");
        await store.addVersionText("travel", 1, "# second\n");
        await store.addVersionText("travel", 10, "# ten\n");
        expect(await store.versionText("travel", 1)).toBe("# first\n");
        expect(await store.versionText("travel", 10)).toBe("# ten\n");
        expect(await store.versionText("travel", 2)).toBeUndefined();
        expect(await store.draftText("travel")).toBeUndefined();
        expect(await store.versions("travel")).toEqual([]);
      });
    });

    describeDirectory(() => store);

    describe("targets", () => {
      const target = (changes: Partial<Target> = {}): Target => ({
        subject: "nanchang",
        measure: "premium",
        label: "start",
        slice: "",
        value: "180000.00",
        ...changes,
      });

      it("are kept by subject, measure, label and slice, and replaced by them", async () => {
        expect(await store.targets("travel")).toEqual([]);
        const all = [
          target(),
          target({ label: "budget" }),
          target({ measure: "count" }),
          target({ slice: "2018-05" }),
          target({ slice: "#odd/ slice%" }),
          ...ODD_IDS.map((subject) => target({ subject })),
        ];
        await store.putTargets("travel", all);
        await store.putTargets("travel-2", [target()]);
        await store.putTargets("travel", [target({ value: "1.00" })]);
        const found = await store.targets("travel");
        expect(found).toHaveLength(all.length);
        expect(found).toContainEqual(target({ value: "1.00" }));
        for (const one of all.slice(1)) expect(found).toContainEqual(one);
      });

      it("come in any number", async () => {
        await store.putTargets(
          "travel",
          times(120, (index) => target({ subject: `unit-${index}` })),
        );
        expect(await store.targets("travel")).toHaveLength(120);
      });

      it("go when they are removed, in any number; others stay, and again nothing changes", async () => {
        const all = [...times(60, (index) => target({ subject: `unit-${index}` })), target({ slice: "#odd/ slice%" })];
        await store.putTargets("travel", [...all, target()]);
        await store.putTargets("travel-2", all);
        for (let turn = 0; turn < 2; turn += 1) {
          await store.removeTargets("travel", [...all, target({ subject: "nobody" })]);
          expect(await store.targets("travel")).toEqual([target()]);
        }
        expect(await store.targets("travel-2")).toHaveLength(all.length);
        await store.removeTargets("travel-2", []);
        expect(await store.targets("travel-2")).toHaveLength(all.length);
      });

      it("have a revision a campaign, which rises one by one and stands among no targets", async () => {
        expect(await store.targetsRevision("travel")).toBe(0);
        expect(await store.setTargetsRevision("travel", 2)).toBe(false);
        expect(await countTrue(times(20, () => () => store.setTargetsRevision("travel", 1)))).toBe(1);
        expect(await store.setTargetsRevision("travel", 1)).toBe(false);
        expect(await countTrue(times(20, () => () => store.setTargetsRevision("travel", 2)))).toBe(1);
        expect(await store.targetsRevision("travel")).toBe(2);
        expect(await store.targetsRevision("travel-2")).toBe(0);
        expect(await store.targets("travel")).toEqual([]);
      });
    });

    it("keeps sources by name, the newest state", async () => {
      const source = { source: "pos", name: "Counter", secretNames: ["laurel/pos"] };
      expect(await store.source("pos")).toBeUndefined();
      expect(await store.sources()).toEqual([]);
      await store.putSource({ ...source, secretNames: [] });
      await store.putSource(source);
      await store.putSource({ ...source, source: "web" });
      expect(await store.source("pos")).toEqual(source);
      expect((await store.sources()).map((one) => one.source).toSorted()).toEqual(["pos", "web"]);
    });
  });
}

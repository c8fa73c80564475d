import { describe, expect, it } from "vitest";
import type { Membership, OrgUnit } from "#domain/org.ts";
import type { Person, PlanStore } from "#ports/plan-store.ts";
import { ODD_IDS } from "./samples.ts";
import { allPages, countTrue, times } from "./tools.ts";

/** The part of {@link describePlanStore} about units and people. */
export function describeDirectory(store: () => PlanStore): void {
  describe("units", () => {
    const unit = (index: number): OrgUnit => ({
      unit: `unit-${index}`,
      parent: index === 0 ? null : "unit-0",
      level: index === 0 ? "company" : "branch",
      name: `支公司 ${index}`,
    });

    it("are stored in any number, and replaced by name", async () => {
      expect(await store().units()).toEqual([]);
      await store().putUnits([]);
      const units = times(130, unit);
      await store().putUnits(units);
      await store().putUnits([{ ...unit(5), name: "renamed" }]);
      const expected = units.map((one) => (one.unit === "unit-5" ? { ...one, name: "renamed" } : one));
      expect((await store().units()).toSorted(by("unit"))).toEqual(expected.toSorted(by("unit")));
    });

    it("that stand twice in one call: the last stays", async () => {
      await store().putUnits([unit(1), { ...unit(1), name: "last" }]);
      expect(await store().units()).toEqual([{ ...unit(1), name: "last" }]);
    });
  });

  describe("people", () => {
    const membership = (participantId: string, changes: Partial<Membership> = {}): Membership => ({
      participantId,
      name: "张三",
      unit: "nanchang",
      role: "seller",
      from: null,
      to: null,
      ...changes,
    });
    const person = (participantId: string): Person => ({ participantId, memberships: [membership(participantId)] });

    it("are found by whatever id they have", async () => {
      await store().putPeople(ODD_IDS.map(person));
      for (const id of ODD_IDS) expect(await store().person(id)).toEqual(person(id));
      expect(await store().person("nobody")).toBeUndefined();
    });

    it("have their whole history replaced, others keep theirs", async () => {
      await store().putPeople([person("a-1"), person("a-2")]);
      const moved = {
        participantId: "a-1",
        memberships: [
          membership("a-1", { from: "2018-01-01", to: "2018-06-01" }),
          membership("a-1", { from: "2018-06-01", unit: "ganzhou" }),
        ],
      };
      await store().putPeople([moved]);
      await store().putPeople([{ participantId: "a-3", memberships: [] }]);
      expect(await store().person("a-1")).toEqual(moved);
      expect(await store().person("a-2")).toEqual(person("a-2"));
      expect(await store().person("a-3")).toEqual({ participantId: "a-3", memberships: [] });
    });

    it("are listed page by page and all at once, each once", async () => {
      expect(await store().people({})).toEqual({ items: [] });
      expect(await store().allPeople()).toEqual([]);
      const ids = times(250, (index) => `a-${index}`);
      await store().putPeople(ids.map(person));
      const { items, pages } = await allPages((request) => store().people(request), 40);
      expect(pages).toBe(7);
      expect(items.map(({ participantId }) => participantId).toSorted()).toEqual(ids.toSorted());
      expect((await store().allPeople()).toSorted(by("participantId"))).toEqual(ids.toSorted().map(person));
      expect((await allPages((request) => store().people(request), 250)).pages).toBe(1);
      expect((await allPages((request) => store().people(request))).items).toHaveLength(250);
      await expect(store().people({ cursor: "nonsense" })).rejects.toMatchObject({ kind: "invalid" });
    });
  });

  describe("the directory's revision", () => {
    it("is 0 before the first import, then rises one by one", async () => {
      expect(await store().directoryRevision()).toBe(0);
      expect(await store().setDirectoryRevision(2)).toBe(false);
      expect(await store().setDirectoryRevision(1)).toBe(true);
      expect(await store().setDirectoryRevision(1)).toBe(false);
      expect(await store().setDirectoryRevision(3)).toBe(false);
      expect(await store().setDirectoryRevision(2)).toBe(true);
      expect(await store().directoryRevision()).toBe(2);
    });

    it("is taken by exactly one of those who try at once", async () => {
      expect(await countTrue(times(20, () => () => store().setDirectoryRevision(1)))).toBe(1);
      expect(await countTrue(times(20, () => () => store().setDirectoryRevision(2)))).toBe(1);
    });
  });
}

function by<K extends string>(field: K): (a: Record<K, string>, b: Record<K, string>) => number {
  return (a, b) => (a[field] < b[field] ? -1 : 1);
}

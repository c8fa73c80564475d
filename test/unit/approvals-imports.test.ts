import { beforeEach, describe, expect, it } from "vitest";
import { isLarge, progressOf } from "#app/approvals/rows.ts";
import { ADMIN, APPROVER, ApiHarness, MARKETING, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, target } from "./api-world.ts";

let harness: ApiHarness;
beforeEach(async () => {
  harness = new ApiHarness();
  await launch(harness);
});

const people = (count: number, unit = "nanchang") =>
  Array.from({ length: count }, (_, index) => {
    const id = String(index).padStart(3, "0");
    return { participantId: `n-${id}`, name: `N ${id}`, unit, role: "agent", from: null, to: null };
  });
const importPeople = async (rows: unknown[], as = ADMIN) =>
  (await ok(harness.post("/v1/people:import", as, { rows }))).json;
const approve = (id: string, hash: string, as = APPROVER) => harness.post(`/v1/approvals/${id}/approve`, as, { hash });
const shown = async (id: string) => (await ok(harness.get(`/v1/approvals/${id}`, APPROVER))).json;
const onFile = async () => (await harness.cloud.deps.plans.allPeople()).length;

describe("how much is much", () => {
  it("is more than the limit of rows, or of the share where it is more than a few", () => {
    expect([200, 201].map((changed) => isLarge(changed, 1_000_000))).toEqual([false, true]);
    expect([20, 21].map((changed) => isLarge(changed, 100))).toEqual([false, true]);
    expect([30, 31].map((changed) => isLarge(changed, 300))).toEqual([false, true]);
    expect(isLarge(3, 1_000, { rows: 2, percent: 100, percentFrom: 0 })).toBe(true);
  });
});

describe("a large import of people", () => {
  it("waits for a second person with rows, counts and samples, and is written when it is approved", async () => {
    expect(await importPeople(people(20))).toMatchObject({ taken: 20 });
    const before = await onFile();
    const rows = [...people(30, "jiujiang")];
    const report = await importPeople(rows);
    expect(report).toMatchObject({ taken: 0, waiting: 30, unchanged: 0, rejected: 0, rebuilding: [] });
    expect(await onFile()).toBe(before);
    const request = await shown(report.approval);
    expect(request).toMatchObject({ kind: "people", content: { counts: { added: 10, changed: 20, onFile: 24 } } });
    expect(request.changes).toHaveLength(30);
    expect(request.changes[0]).toMatchObject({
      path: "n-000",
      before: expect.stringContaining("nanchang"),
      after: expect.stringContaining("jiujiang"),
    });
    expect((await importPeople(rows)).approval).toBe(report.approval);
    expect((await approve(request.id, request.hash, ADMIN)).status).toBe(403);
    await ok(approve(request.id, request.hash));
    expect(await onFile()).toBe(before + 10);
    expect((await importPeople(rows)).unchanged).toBe(30);
  });

  it("is refused when one of these people has changed since; others do not matter", async () => {
    const report = await importPeople(people(30));
    const request = await shown(report.approval);
    await importPeople([{ ...people(1)[0], participantId: "somebody-else" }]);
    await importPeople(people(1, "jiujiang"));
    expect(problemOf(await approve(request.id, request.hash)).problems).toMatchObject([{ code: "changed-since" }]);
    expect((await harness.cloud.deps.plans.person("n-029"))?.memberships).toBeUndefined();
    const again = await shown((await importPeople(people(30))).approval);
    await importPeople([{ ...people(1)[0], participantId: "another" }]);
    await ok(approve(again.id, again.hash));
    expect((await harness.cloud.deps.plans.person("n-000"))?.memberships).toMatchObject([{ unit: "nanchang" }]);
  });

  it("that was cut off in the middle goes on, unless somebody else wrote meanwhile", () => {
    const keyOf = ({ id }: { id: string }) => id;
    const before = [{ id: "a", v: 1 }];
    const rows = [
      { id: "a", v: 2 },
      { id: "b", v: 2 },
    ];
    const at = (...current: { id: string; v: number }[]) => progressOf({ rows, before }, current, keyOf);
    expect(at({ id: "a", v: 1 })).toBe("as-shown");
    expect(at({ id: "a", v: 2 })).toBe("begun");
    expect(at({ id: "a", v: 2 }, { id: "b", v: 2 })).toBe("done");
    expect(at({ id: "a", v: 3 })).toBe("changed");
    expect(at({ id: "a", v: 1 }, { id: "b", v: 9 })).toBe("changed");
  });

  it("and another import at the same time: nobody ends with what nobody approved", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const rows = people(30).map((row) => ({ ...row, participantId: `${turn}-${row.participantId}` }));
      const request = await shown((await importPeople(rows)).approval);
      const rival = { ...rows[0], unit: "jiujiang" };
      const [decided, direct] = await Promise.all([
        approve(request.id, request.hash),
        harness.post("/v1/people:import", ADMIN, { rows: [rival] }),
      ]);
      const person = await harness.cloud.deps.plans.person(`${turn}-n-000`);
      const unit = person?.memberships[0]?.unit;
      expect(["nanchang", "jiujiang"]).toContain(unit);
      expect([decided.status, direct.status].filter((status) => status === 200).length).toBeGreaterThan(0);
      if (decided.status !== 200) expect((await harness.cloud.deps.plans.person(`${turn}-n-001`)) ?? null).toBeNull();
    }
  });
});

describe("a large import of targets", () => {
  it("of an active campaign waits, and raises the epoch when it is approved", async () => {
    const subjects = people(30);
    const request = await shown((await importPeople(subjects)).approval);
    await ok(approve(request.id, request.hash));
    const rows = subjects.map(({ participantId }) => target(participantId, "10.00"));
    const { json } = await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows }));
    expect(json).toMatchObject({ taken: 0, waiting: 30 });
    const asked = await shown(json.approval);
    const epochBefore = (await ok(harness.get(CAMPAIGN, MARKETING))).json.epoch;
    await ok(approve(asked.id, asked.hash));
    expect((await ok(harness.get(CAMPAIGN, MARKETING))).json.epoch).toBeGreaterThan(epochBefore);
    expect(await harness.cloud.deps.plans.targets(asked.content.campaign)).toHaveLength(32);
  });
});

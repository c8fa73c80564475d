import { beforeEach, describe, expect, it } from "vitest";
import { importTargets } from "#app/campaigns/import-targets.ts";
import { APPROVER, ApiHarness, MARKETING, problemOf } from "./api-harness.ts";
import { activate, CAMPAIGN, found, launch, ok, PLAN, target } from "./api-world.ts";

/** Targets that go: by the import that writes others, as one change. */

let harness: ApiHarness;
beforeEach(() => {
  harness = new ApiHarness();
});

const place = (subject: string, slice = "") => ({ subject, measure: "premium", label: "start", slice });
const list = async () => (await ok(harness.get(`${CAMPAIGN}/targets`, MARKETING))).json;
const subjects = async () => (await list()).items.map(({ subject }: { subject: string }) => subject);
const send = (body: object, query = "", revision?: number) =>
  harness.post(
    `${CAMPAIGN}/targets:import${query}`,
    MARKETING,
    body,
    revision === undefined ? {} : { headers: { "if-match": `"${revision}"` } },
  );

describe("targets that are removed", () => {
  it("go with what is written beside them, in one revision, and again nothing changes", async () => {
    await found(harness);
    const { revision } = await list();
    const body = { rows: [target("a-1", "9.00")], removed: [place("nanchang"), place("nobody")] };
    expect((await ok(send(body, "", revision))).json).toMatchObject({ rows: 1, taken: 1, removed: 1 });
    expect(await subjects()).toEqual(["a-1", "jiujiang"]);
    expect((await list()).revision).toBe(revision + 2);
    expect((await send(body, "", revision)).status).toBe(412);
    const again = (await ok(send(body))).json;
    expect(again).toMatchObject({ taken: 0, unchanged: 1 });
    expect(again).not.toHaveProperty("removed");
    expect((await list()).revision).toBe(revision + 2);
  });

  it("are told by a dry run, which removes none, and stand in the audit", async () => {
    await found(harness);
    expect((await ok(send({ removed: [place("nanchang")] }, "?dryRun=true"))).json).toMatchObject({
      rows: 0,
      removed: 1,
    });
    expect(await subjects()).toEqual(["jiujiang", "nanchang"]);
    await ok(send({ removed: [place("nanchang")] }));
    const entries = await harness.cloud.deps.audit.entries(`campaign:${PLAN.id}`, 0, 1000);
    const told = entries.filter(({ action, detail }) => action === "campaign.import-targets" && detail.removed === "1");
    expect(told.map(({ phase }) => phase)).toContain("intent");
  });

  it("stay where the plan in force needs them, and nothing else of the import is done", async () => {
    await launch(harness);
    await ok(send({ rows: [target("a-1", "9.00")] }));
    const refused = await send({ rows: [target("a-2", "9.00")], removed: [place("a-1"), place("nanchang")] });
    expect(problemOf(refused)).toMatchObject({
      status: 422,
      problems: [{ code: "target-needed", path: "/removed/1", seen: "nanchang#premium#start#" }],
    });
    expect(await subjects()).toEqual(["a-1", "jiujiang", "nanchang"]);
    // What can be done of it, as the grid asks while somebody writes.
    const good = await ok(send({ removed: [place("a-1"), place("nanchang")] }, "?dryRun=true&goodRowsOnly=true"));
    expect(good.json).toMatchObject({ removed: 1, rejected: 0, findings: [{ path: "/removed/1" }] });
    // No reward asks people for it: it goes, and what hangs on targets is computed anew.
    expect((await ok(send({ removed: [place("a-1")] }))).json).toMatchObject({ removed: 1, rebuilding: [PLAN.id] });
    expect(await subjects()).toEqual(["jiujiang", "nanchang"]);
  });

  it("may go of a slice that has not begun, and not of one that has", async () => {
    await found(harness);
    const [commission, ranking] = PLAN.rewards;
    const sliced = { ...PLAN, budgets: [], rewards: [commission, { ...ranking, per: "month", accumulate: "slice" }] };
    await ok(harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body: sliced, headers: { "if-match": '"1"' } }));
    const months = ["2026-03", "2026-04", "2026-05"];
    const rows = months.flatMap((slice) => ["nanchang", "jiujiang"].map((one) => ({ ...target(one, "9.00"), slice })));
    await ok(send({ rows }));
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"2"' } }));
    await activate(harness, 1);
    harness.cloud.clock.set(Date.parse("2026-04-10T00:00:00+08:00"));
    for (const slice of months.slice(0, 2)) {
      const refused = await send({ removed: [place("nanchang", slice)] });
      expect(problemOf(refused).problems).toMatchObject([{ code: "target-needed" }]);
    }
    expect((await ok(send({ removed: [place("nanchang", "2026-05")] }))).json).toMatchObject({ removed: 1 });
  });

  it("are not written and removed at once, and an import that says nothing is none", async () => {
    await found(harness);
    const both = await send({ rows: [target("nanchang", "1.00")], removed: [place("nanchang")] });
    expect(problemOf(both).problems).toMatchObject([{ code: "removed-and-written", path: "/removed/0" }]);
    expect((await send({ rows: [], removed: [] })).status).toBe(422);
    expect(await subjects()).toEqual(["jiujiang", "nanchang"]);
  });

  it("are finished by the next import when one was cut off", async () => {
    await launch(harness);
    await ok(send({ rows: [target("a-1", "9.00")] }));
    const { deps } = harness.cloud;
    const removeTargets = deps.plans.removeTargets.bind(deps.plans);
    deps.plans.removeTargets = async () => {
      throw new Error("the machine stops");
    };
    const request = { rows: [], badRows: [], goodRowsOnly: false, removed: [place("a-1")] };
    await expect(importTargets(deps, MARKETING, PLAN.id, request)).rejects.toThrow("stops");
    deps.plans.removeTargets = removeTargets;
    const { revision } = await list();
    expect(revision % 2).toBe(1);
    expect((await ok(send({ removed: [place("a-1")] }, "", revision))).json).toMatchObject({ removed: 1 });
    expect(await subjects()).toEqual(["jiujiang", "nanchang"]);
    expect((await list()).revision % 2).toBe(0);
  });
});

describe("many targets that are removed of a running campaign", () => {
  const many = Array.from({ length: 30 }, (_, index) => `n-${String(index).padStart(2, "0")}`);
  const approve = ({ id, hash }: { id: string; hash: string }) =>
    harness.post(`/v1/approvals/${id}/approve`, APPROVER, { hash });
  const asked = async (rows: readonly object[]) => {
    await launch(harness);
    const people = many.map((id) => ({
      participantId: id,
      name: id,
      unit: "nanchang",
      role: "agent",
      from: null,
      to: null,
    }));
    await harness.cloud.deps.plans.putPeople(
      people.map((one) => ({ participantId: one.participantId, memberships: [one] })),
    );
    await harness.cloud.deps.plans.putTargets(
      PLAN.id,
      many.map((id) => target(id, "10.00")),
    );
    const { json } = await ok(send({ rows, removed: many.map((id) => place(id)) }));
    expect(json).toMatchObject({ taken: 0, waiting: rows.length + 30 });
    return (await ok(harness.get(`/v1/approvals/${json.approval}`, APPROVER))).json;
  };

  it("wait for a second person, who sees which, and go when they are approved", async () => {
    const request = await asked([target("a-1", "9.00")]);
    expect(request.content.counts).toEqual({ added: 1, changed: 0, removed: 30, onFile: 32 });
    expect(request.changes).toHaveLength(31);
    expect(request.changes.at(-1)).toMatchObject({ before: expect.stringContaining("10.00") });
    expect(request.changes.at(-1)).not.toHaveProperty("after");
    expect(await subjects()).toHaveLength(32);
    await ok(approve(request));
    expect(await subjects()).toEqual(["a-1", "jiujiang", "nanchang"]);
  });

  it("are refused when one of them was changed since, or the plan in force needs one by now", async () => {
    const request = await asked([]);
    await ok(send({ rows: [target("n-00", "11.00")] }));
    expect(problemOf(await approve(request)).problems).toMatchObject([{ code: "changed-since" }]);
    await ok(send({ rows: [target("n-00", "10.00")] }));
    // The next version ranks people too, and asks each of them for a target.
    const [commission, ranking] = PLAN.rewards;
    const version = {
      ...PLAN,
      rewards: [commission, ranking, { ...ranking, id: "people-ranking", level: "participant" }],
    };
    await ok(send({ rows: ["a-1", "a-2", "b-1", "b-2"].map((one) => target(one, "9.00")) }));
    const headers = async () => ({ "if-match": `"${(await ok(harness.get(CAMPAIGN, MARKETING))).json.revision}"` });
    await ok(harness.call("PUT", `${CAMPAIGN}/draft`, { as: MARKETING, body: version, headers: await headers() }));
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: await headers() }));
    await activate(harness, 2);
    const refused = problemOf(await approve(request));
    expect([refused.status, refused.problems[0]?.code, refused.problems.length]).toEqual([409, "target-needed", 30]);
  });
});

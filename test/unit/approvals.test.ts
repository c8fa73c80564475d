import { beforeEach, describe, expect, it } from "vitest";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS, problemOf, SELLER } from "./api-harness.ts";
import { activate, CAMPAIGN, found, launch, ok, PLAN, target } from "./api-world.ts";

const SECOND_MARKETER = { ...MARKETING, subject: "wu.di" };
const BOTH = { ...APPROVER, subject: "mei.lin", roles: ["approver", "marketing"] as const };
const OTHER_APPROVER = { ...APPROVER, subject: "li.na" };

let harness: ApiHarness;
beforeEach(() => {
  harness = new ApiHarness();
});

const approve = (id: string, hash: string, as = APPROVER) =>
  harness.post(`/v1/approvals/${encodeURIComponent(id)}/approve`, as, { hash });
const read = async (id: string, as = APPROVER) => (await ok(harness.get(`/v1/approvals/${id}`, as))).json;
const campaign = async () => (await ok(harness.get(CAMPAIGN, MARKETING))).json;

async function published(): Promise<void> {
  await found(harness);
  await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
}

async function asked(as = MARKETING, version = 1) {
  return (await ok(harness.post(`${CAMPAIGN}/activate`, as, { version, reason: "The spring campaign" }))).json;
}

describe("an activation", () => {
  it("waits for a second person, who sees what it is, and is done by the approval", async () => {
    await published();
    const request = await asked();
    expect(request).toMatchObject({ kind: "activation", state: "waiting", makers: ["mei.lin"], mayDecide: false });
    expect((await campaign()).state).toBe("draft");
    const shown = await read(request.id);
    expect(shown).toMatchObject({ hash: request.hash, mayDecide: true, reason: "The spring campaign", more: 0 });
    expect(shown.changes).toEqual([{ path: "", after: expect.stringContaining(PLAN.id) }]);
    expect(shown.maximumLiability).toEqual({ after: { bounded: expect.stringMatching(/^\d+\.\d\d$/) } });

    const done = await ok(approve(request.id, request.hash));
    expect(done.json).toMatchObject({ state: "done", decidedBy: "fang.wei", mayDecide: false });
    // In the name of who asked: they cannot approve what the campaign pays.
    expect(await campaign()).toMatchObject({ state: "active", activeVersion: 1, activatedBy: "mei.lin" });
    expect((await ok(approve(request.id, request.hash))).json.state).toBe("done");
    const late = problemOf(await approve(request.id, request.hash, OTHER_APPROVER));
    expect(late).toMatchObject({ status: 409, problems: [{ code: "state", seen: "done" }] });
  });

  it("is not decided by who asked, who published or who wrote the draft, in whatever role", async () => {
    await published();
    const request = await asked(SECOND_MARKETER);
    expect(request.makers).toEqual(["wu.di", "mei.lin"]);
    expect(problemOf(await approve(request.id, request.hash, BOTH))).toMatchObject({
      status: 403,
      problems: [{ code: "second-person", seen: "mei.lin" }],
    });
    for (const as of [MARKETING, AUDITOR, POS, SELLER])
      expect((await approve(request.id, request.hash, as)).status).toBe(403);
    expect((await ok(approve(request.id, request.hash, ADMIN))).json.decidedBy).toBe("sun.hao");
  });

  it("of a version that somebody else wrote is not decided by that writer", async () => {
    await launch(harness);
    const { headers } = await ok(harness.get(CAMPAIGN, MARKETING));
    const writer = { ...MARKETING, subject: "fang.wei" };
    const body = { ...PLAN, stocks: [{ id: "coffee", name: { en: "Coffee" }, quantity: 2 }] };
    const edit = { as: writer, body, headers: { "if-match": String(headers.etag) } };
    const edited = await ok(harness.call("PUT", `${CAMPAIGN}/draft`, edit));
    const ifMatch = { headers: { "if-match": String(edited.headers.etag) } };
    await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, ifMatch));
    const request = await asked(MARKETING, 2);
    expect(request.makers).toEqual(["mei.lin", "fang.wei"]);
    expect((await approve(request.id, request.hash)).status).toBe(403);
    expect((await read(request.id)).changes).toEqual([
      { path: "/stocks/coffee", after: '{"id":"coffee","name":{"en":"Coffee"},"quantity":2}' },
    ]);
  });

  it("is bound to what was shown: another hash, other targets or another version in force are refused", async () => {
    await published();
    const request = await asked();
    expect(problemOf(await approve(request.id, "another"))).toMatchObject({
      status: 412,
      problems: [{ code: "hash" }],
    });
    await ok(harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: [target("nanchang", "1.00")] }));
    expect(problemOf(await approve(request.id, request.hash)).problems).toMatchObject([{ code: "changed-since" }]);
    expect((await campaign()).state).toBe("draft");
    expect((await read(request.id)).state).toBe("waiting");
    const again = await asked();
    expect(again.id).not.toBe(request.id);
    await ok(approve(again.id, again.hash));
    expect(problemOf(await approve(request.id, request.hash)).problems).toMatchObject([{ code: "changed-since" }]);
  });

  it("is the same request when it is asked for again, and a new one after it was rejected or withdrawn", async () => {
    await published();
    const first = await asked();
    expect((await asked()).id).toBe(first.id);
    const reason = { reason: "The cap is missing" };
    await ok(harness.post(`/v1/approvals/${first.id}/reject`, APPROVER, reason));
    expect(await read(first.id)).toMatchObject({ state: "rejected", why: "The cap is missing", decidedBy: "fang.wei" });
    expect((await approve(first.id, first.hash)).status).toBe(409);
    const second = await asked();
    expect(second.id).not.toBe(first.id);
    expect((await harness.post(`/v1/approvals/${second.id}/withdraw`, SECOND_MARKETER)).status).toBe(403);
    await ok(harness.post(`/v1/approvals/${second.id}/withdraw`, MARKETING));
    expect((await approve(second.id, second.hash)).status).toBe(409);
    const third = await asked();
    harness.cloud.clock.advance(31 * 24 * 3_600_000);
    expect(problemOf(await approve(third.id, third.hash))).toMatchObject({ problems: [{ seen: "expired" }] });
    expect((await campaign()).state).toBe("draft");
  });

  it("of the version in force is nothing to ask for", async () => {
    await launch(harness);
    const refused = problemOf(await harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 1 }));
    expect(refused.problems).toMatchObject([{ code: "in-force" }]);
  });

  it("that was approved and cut off before it was done is finished by approving it again, later also by another", async () => {
    await published();
    const request = await asked();
    const { approvals } = harness.cloud.deps;
    const stored = await approvals.approval(PLAN.id, request.id);
    if (!stored) throw new Error("the request is not stored");
    const decidedAt = new Date(harness.cloud.clock.now()).toISOString();
    await approvals.saveApproval({ ...stored, revision: 2, state: "approved", decidedBy: "fang.wei", decidedAt });
    expect((await approve(request.id, request.hash, OTHER_APPROVER)).status).toBe(409);
    harness.cloud.clock.advance(6 * 60_000);
    expect((await ok(approve(request.id, request.hash, OTHER_APPROVER))).json.state).toBe("done");
    expect((await campaign()).state).toBe("active");
  });
});

describe("decisions at once", () => {
  it("of several approvers and a rejection: one outcome, and the version is put in force once or not at all", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      harness = new ApiHarness();
      await published();
      const request = await asked();
      const people = [APPROVER, OTHER_APPROVER, ADMIN, { ...APPROVER, subject: "x.y" }];
      const rejecting = () => harness.post(`/v1/approvals/${request.id}/reject`, APPROVER, { reason: "no" });
      const approving = people.map((as) => () => approve(request.id, request.hash, as));
      const moves = turn % 2 === 0 ? [...approving, rejecting] : [rejecting, ...approving];
      const answers = await Promise.all(moves.map((move) => move()));
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      const { state, decidedBy } = await read(request.id);
      const { epoch, state: isActive } = await campaign();
      expect([isActive, epoch]).toEqual(state === "done" ? ["active", 1] : ["draft", 0]);
      expect(decidedBy).toBeDefined();
    }
  });

  it("of an approval and an edit of what it approves: never something in force that was not shown", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      harness = new ApiHarness();
      await published();
      const request = await asked();
      const edits = { rows: [target("nanchang", `${turn + 1}.00`)] };
      const [answer] = await Promise.all([
        approve(request.id, request.hash),
        harness.post(`${CAMPAIGN}/targets:import`, MARKETING, edits),
      ]);
      expect((await campaign()).state === "active").toBe(answer.status === 200);
    }
  });
});

describe("what waits for me", () => {
  it("lists requests and runs alike, to those who may decide or asked for them", async () => {
    await launch(harness);
    harness.cloud.clock.set(Date.parse("2026-06-20T00:00:00+08:00"));
    await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "final" }));
    const [settlement] = harness.cloud.settlements.splice(0);
    if (!settlement) throw new Error("no settlement was started");
    await harness.cloud.compute(settlement);
    const list = async (as: typeof ADMIN, whose: string) =>
      (await ok(harness.get(`/v1/approvals?whose=${whose}`, as))).json.items;
    const [run] = await list(APPROVER, "toDecide");
    expect(run).toMatchObject({ kind: "run", state: "awaitingApproval", requestedBy: "mei.lin", mayDecide: true });
    expect((await read(run.id)).maximumLiability).toBeUndefined();
    expect(await list(ADMIN, "toDecide")).toEqual([]);
    expect(await list(ADMIN, "all")).toMatchObject([{ kind: "activation" }]);
    expect((await harness.get(`/v1/approvals/${run.id}`, ADMIN)).status).toBe(403);
    expect(await list(MARKETING, "requested")).toMatchObject([
      { kind: "activation" },
      { kind: "run", mayDecide: false },
    ]);
    expect(problemOf(await approve(run.id, "other"))).toMatchObject({ status: 412 });
    expect((await harness.post(`/v1/approvals/${run.id}/withdraw`, MARKETING)).status).toBe(409);
    expect((await ok(approve(run.id, run.hash))).json).toMatchObject({ state: "approved", decidedBy: "fang.wei" });
    expect(harness.cloud.woken).toHaveLength(1);
    expect(await list(APPROVER, "toDecide")).toEqual([]);
  });

  it("is asked for again and again: runs are listed from either end, page by page", async () => {
    await launch(harness);
    for (let number = 1; number <= 3; number += 1)
      await ok(harness.post(`${CAMPAIGN}/runs`, MARKETING, { kind: "provisional" }));
    const page = async (query: string) => (await ok(harness.get(`${CAMPAIGN}/runs?${query}`, AUDITOR))).json;
    const ids = ({ items }: { items: { runId: string }[] }) => items.map(({ runId }) => runId.split("-").at(-1));
    expect(ids(await page(""))).toEqual(["1", "2", "3"]);
    const newest = await page("order=newestFirst&limit=2");
    expect(ids(newest)).toEqual(["3", "2"]);
    expect(ids(await page(`order=newestFirst&limit=2&cursor=${newest.nextCursor}`))).toEqual(["1"]);
  });

  it("does not know what nobody asked for", async () => {
    for (const id of ["nothing", "nothing.at-all", `${PLAN.id}.final-9`]) {
      expect((await harness.get(`/v1/approvals/${id}`, APPROVER)).status).toBe(404);
      expect((await approve(id, "h")).status).toBe(404);
    }
  });

  it("is not asked for an activation that nobody could carry out", async () => {
    await found(harness);
    expect((await harness.post(`${CAMPAIGN}/activate`, MARKETING, { version: 7 })).status).toBe(404);
    await expect(activate(harness, 7)).rejects.toThrow("404");
  });
});

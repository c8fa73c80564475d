import { beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChains } from "#app/audit/verify-chains.ts";
import type { Actor } from "#domain/actor.ts";
import {
  ADMIN,
  APPROVER,
  type ApiHarness,
  AUDITOR,
  MANAGER,
  MARKETING,
  POS,
  problemOf,
  SELLER,
} from "./api-harness.ts";
import { CAMPAIGN, ok, PLAN, sale } from "./api-world.ts";
import {
  DISPUTES,
  days,
  LINE,
  OTHER_SELLER,
  openAs,
  opened,
  SECOND,
  settleDue,
  settledHarness,
} from "./disputes-world.ts";

const ACCEPTED = { reason: "Policy 4471 was sold by the payee", remedy: { kind: "manual-adjustment", amount: "12.5" } };

let harness: ApiHarness;
beforeEach(async () => {
  harness = await settledHarness();
});

const read = async (path: string, as = AUDITOR) => (await ok(harness.get(path, as))).json;

async function balanceOf(lineId: string): Promise<number | undefined> {
  const balances = await harness.cloud.deps.ledger.balances(PLAN.id);
  return balances.find((posting) => posting.lineId === lineId)?.balanceMinor;
}

/** The second person's word on what a dispute asks for. */
async function approveRemedy(path: string, as = SECOND) {
  const { remedy } = await read(path);
  const { hash } = await read(`/v1/approvals/${remedy.approval}`);
  return harness.post(`/v1/approvals/${remedy.approval}/approve`, as, { hash });
}

describe("a dispute", () => {
  it("is opened, answered and accepted; a second person approves the amount, a run posts it, the statement shows it", async () => {
    const path = await opened(harness);
    const statement = await read(`${CAMPAIGN}/statements/participant/a-1`, SELLER);
    const [line] = statement.lines.filter(({ lineId }: { lineId: string }) => lineId === LINE);
    const dispute = await read(path, SELLER);
    expect(dispute).toMatchObject({ state: "open", overdue: false, openedBy: "a-1", amount: "21.00", line });
    expect(dispute.line.trace.length).toBeGreaterThan(0);
    expect(dispute.run).toMatchObject({ runId: statement.runId, resultHash: statement.resultHash });
    expect(dispute.run.inputHash).toMatch(/^[0-9a-f]{64}$/);

    await ok(harness.post(`${path}/assign`, MARKETING, { to: MANAGER.subject }));
    expect((await read(`${DISPUTES}?whose=assigned`, MANAGER)).items).toMatchObject([
      { lineId: LINE, state: "assigned" },
    ]);
    await ok(harness.post(`${path}/answer`, MANAGER, { text: "I have the contract" }));
    expect(await read(path, SELLER)).toMatchObject({ state: "answered" });

    const accepted = (await ok(harness.post(`${path}/accept`, APPROVER, ACCEPTED))).json;
    expect(accepted).toMatchObject({ state: "accepted", remedyState: "waiting", decidedBy: "fang.wei" });
    expect(accepted.closed).toBeUndefined();
    expect((await approveRemedy(path, APPROVER)).status).toBe(403);
    await ok(approveRemedy(path));
    expect(await read(path)).toMatchObject({ state: "accepted", remedyState: "done" });
    expect((await read(path)).closed).toBeUndefined();

    harness.cloud.clock.advance(3_600_000);
    expect(await settleDue(harness)).toEqual([`${PLAN.id}.adjustment-1`]);
    const manual = `${LINE}:manual-${accepted.remedy.number}`;
    expect([await balanceOf(LINE), await balanceOf(manual)]).toEqual([2100, 1250]);
    expect(await read(path, SELLER)).toMatchObject({ closed: { runId: `${PLAN.id}.adjustment-1` } });
    const text = (await ok(harness.get(`${CAMPAIGN}/statements/participant/a-1?format=text`, SELLER))).text;
    expect(text).toContain("Policy 4471 was sold by the payee");
    const { events } = await read(path, SELLER);
    expect(events.map(({ by, command }: { by: string; command: string }) => `${by} ${command}`)).toEqual([
      "a-1 open",
      "mei.lin assign",
      "luo.jie answer",
      "fang.wei accept",
    ]);
    const entries = await harness.cloud.deps.audit.entries(`campaign:${PLAN.id}`, 0, 1000);
    expect(verifyChains(entries)).toMatchObject({ breaks: [], open: [] });
    const told = entries.filter(({ action, phase }) => action.startsWith("dispute.") && phase === "done");
    expect(told.map(({ action }) => action)).toEqual([
      "dispute.open",
      "dispute.assign",
      "dispute.answer",
      "dispute.accept",
    ]);
  });

  it("puts a wrongly reported sale right by its next version, from which the next run posts the difference", async () => {
    const path = await opened(harness);
    const fact = sale("2", "a-1", "900.00", 2);
    const correction = (changes: object) => ({
      reason: "It was sold by a-1",
      remedy: { kind: "fact-correction", fact: { ...fact, ...changes } },
    });
    const early = problemOf(await harness.post(`${path}/accept`, APPROVER, correction({ version: 5 })));
    expect(early.problems).toMatchObject([{ code: "version", allowed: "2" }]);
    expect((await harness.post(`${path}/accept`, APPROVER, correction({ externalId: "none" }))).status).toBe(404);
    expect((await read(path)).state).toBe("open");
    await ok(harness.post(`${path}/accept`, APPROVER, correction({})));
    const { remedy } = await read(path);
    expect(await read(`/v1/approvals/${remedy.approval}`)).toMatchObject({
      kind: "fact-correction",
      changes: expect.arrayContaining([{ path: "/participantId", before: '"b-1"', after: '"a-1"' }]),
    });
    await ok(approveRemedy(path));
    await harness.cloud.drain();
    expect((await harness.cloud.deps.facts.versions({ source: "pos", externalId: "2" })).length).toBe(2);
    harness.cloud.clock.advance(3_600_000);
    await settleDue(harness);
    expect([await balanceOf(LINE), await balanceOf("commission:participant:b-1")]).toEqual([4800, 0]);
    expect(await read(path)).toMatchObject({ closed: { runId: `${PLAN.id}.adjustment-1` } });
  });

  it("cannot be put right by a version that its source has passed meanwhile", async () => {
    const path = await opened(harness);
    const fact = sale("2", "a-1", "900.00", 2);
    await ok(harness.post(`${path}/accept`, APPROVER, { reason: "r", remedy: { kind: "fact-correction", fact } }));
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("2", "b-1", "950.00", 2)] }));
    expect(problemOf(await approveRemedy(path)).problems).toMatchObject([{ code: "changed-since" }]);
  });

  it("whose remedy was turned down has to be decided again, with a remedy of its own", async () => {
    const path = await opened(harness);
    await ok(harness.post(`${path}/accept`, APPROVER, ACCEPTED));
    const first = (await read(path)).remedy;
    await ok(harness.post(`/v1/approvals/${first.approval}/reject`, SECOND, { reason: "too much" }));
    expect(await read(path)).toMatchObject({ state: "open", remedyState: "rejected" });
    const smaller = { ...ACCEPTED, remedy: { ...ACCEPTED.remedy, amount: "3.00" } };
    const again = (await ok(harness.post(`${path}/accept`, APPROVER, smaller))).json;
    expect(again).toMatchObject({ state: "accepted", remedyState: "waiting", remedy: { amount: "3.00" } });
    expect(again.remedy.approval).not.toBe(first.approval);
    await ok(approveRemedy(path));
    harness.cloud.clock.advance(3_600_000);
    await settleDue(harness);
    expect(await balanceOf(`${LINE}:manual-${again.remedy.number}`)).toBe(300);
  });

  it("that is refused says why, is not asked again, and changes nothing", async () => {
    const path = await opened(harness);
    expect((await harness.post(`${path}/refuse`, MARKETING, { reason: "no" })).status).toBe(403);
    await ok(harness.post(`${path}/refuse`, APPROVER, { reason: "Cancelled on 20 April" }));
    expect(await read(path, SELLER)).toMatchObject({ state: "refused", reason: "Cancelled on 20 April" });
    expect(problemOf(await openAs(harness, SELLER)).problems).toMatchObject([{ code: "disputed-already" }]);
    expect((await harness.post(`${path}/accept`, APPROVER, ACCEPTED)).status).toBe(409);
    harness.cloud.clock.advance(3_600_000);
    expect(await settleDue(harness)).toEqual([]);
    expect(await balanceOf(LINE)).toBe(2100);
  });

  it("can be opened until the deadline on the plan's calendar, and not a moment later", async () => {
    const { clock } = harness.cloud;
    const postedAt = Date.parse("2026-06-20T00:00:00+08:00");
    clock.set(postedAt + days(10) + 1);
    const late = problemOf(await openAs(harness, SELLER));
    expect(late).toMatchObject({ status: 409, problems: [{ code: "too-late", allowed: "2026-06-30T00:00:00+08:00" }] });
    clock.set(postedAt + days(10));
    const path = await opened(harness);
    expect((await read(path)).deadline).toBe("2026-06-29T16:00:00.000Z");
    clock.advance(days(15));
    expect((await read(`${DISPUTES}?overdue=true`)).items).toEqual([]);
    clock.advance(1);
    expect((await read(`${DISPUTES}?overdue=true`)).items).toMatchObject([{ state: "open", overdue: true }]);
    await ok(harness.post(`${path}/refuse`, APPROVER, { reason: "late, and no" }));
    expect((await read(`${DISPUTES}?overdue=true`)).items).toEqual([]);
  });

  it("is refused where the plan takes none", async () => {
    const without = await settledHarness(PLAN);
    expect(problemOf(await openAs(without, SELLER)).problems).toMatchObject([{ code: "no-disputes" }]);
  });

  it("is about one's own line only, and about one that was told", async () => {
    expect((await openAs(harness, OTHER_SELLER)).status).toBe(403);
    expect((await openAs(harness, MANAGER)).status).toBe(403);
    expect((await openAs(harness, SELLER, "speed:participant:a-1")).status).toBe(404);
    expect((await openAs(harness, SELLER, "nonsense")).status).toBe(403);
    const unitLine = "branch-ranking:unit:nanchang";
    expect((await openAs(harness, SELLER, unitLine)).status).toBe(403);
    expect((await openAs(harness, MANAGER, unitLine)).status).toBe(201);
    expect((await openAs(harness, MANAGER, "branch-ranking:unit:jiujiang")).status).toBe(403);
    const path = await opened(harness);
    expect((await harness.get(path, OTHER_SELLER)).status).toBe(403);
    expect((await read(DISPUTES, OTHER_SELLER)).items).toEqual([]);
    expect((await read(`${DISPUTES}?whose=mine`, SELLER)).items).toHaveLength(1);
    expect((await harness.post(`${path}/withdraw`, OTHER_SELLER)).status).toBe(403);
  });

  it("is decided and answered by neither of its sides", async () => {
    const path = await opened(harness);
    const self = { ...APPROVER, subject: "a-1" };
    expect((await harness.post(`${path}/accept`, self, ACCEPTED)).status).toBe(403);
    expect((await harness.post(`${path}/answer`, self, { text: "I agree" })).status).toBe(403);
    expect((await harness.post(`${path}/assign`, MARKETING, { to: "a-1" })).status).toBe(422);
    await ok(harness.post(`${path}/accept`, APPROVER, ACCEPTED));
    expect((await approveRemedy(path, self)).status).toBe(403);
  });

  it("said twice is one; withdrawn it can be opened again", async () => {
    const path = await opened(harness);
    expect(await opened(harness)).toBe(path);
    expect(problemOf(await openAs(harness, SELLER, LINE, "another claim")).problems).toMatchObject([
      { code: "disputed-already", seen: path.split("/").at(-1) },
    ]);
    await ok(harness.post(`${path}/withdraw`, SELLER));
    expect((await harness.post(`${path}/answer`, MANAGER, { text: "too late" })).status).toBe(409);
    expect(await opened(harness)).not.toBe(path);
  });

  it("of two who decide at once, and of many who open at once, one counts", async () => {
    const claims = await Promise.all(["x", "y", "z"].map((claim) => openAs(harness, SELLER, LINE, claim)));
    expect(claims.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const path = String(claims.find(({ status }) => status === 201)?.headers.location);
    const answers = await Promise.all([
      harness.post(`${path}/accept`, APPROVER, ACCEPTED),
      harness.post(`${path}/refuse`, SECOND, { reason: "no" }),
      harness.post(`${path}/accept`, SECOND, { ...ACCEPTED, reason: "me too" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { state } = await read(path);
    const requests = (await read(`${CAMPAIGN}/manual-adjustments`)).items;
    expect(requests).toHaveLength(state === "accepted" ? 1 : 0);
  });

  it("whose acceptance was cut off before it asked is finished by accepting again", async () => {
    const path = await opened(harness);
    const { approvals } = harness.cloud.deps;
    const save = approvals.saveApproval.bind(approvals);
    approvals.saveApproval = async () => {
      throw new Error("the machine stopped");
    };
    expect((await harness.post(`${path}/accept`, APPROVER, ACCEPTED)).status).toBe(500);
    approvals.saveApproval = save;
    const kept = await read(path);
    expect(kept.state).toBe("accepted");
    expect(kept.remedyState).toBeUndefined();
    expect((await harness.post(`${path}/accept`, SECOND, ACCEPTED)).status).toBe(409);
    const finished = (await ok(harness.post(`${path}/accept`, APPROVER, ACCEPTED))).json;
    expect(finished).toMatchObject({ state: "accepted", remedyState: "waiting" });
    await ok(approveRemedy(path));
  });

  it("is given to whoever has signed in and may answer it, and to nobody who is known not to", async () => {
    const ganzhou: Actor = { ...MANAGER, subject: "xu.min", units: ["ganzhou"] };
    const self: Actor = { ...MANAGER, subject: "a-1" };
    const path = await opened(harness);
    for (const who of [MARKETING, APPROVER, MANAGER, ganzhou, self, SELLER, AUDITOR, ADMIN]) {
      await ok(harness.get("/v1/me", who));
    }
    const found = async (query = "", as = MARKETING): Promise<string[]> =>
      (await read(`${path}/handlers${query}`, as)).items.map(({ subject }: { subject: string }) => subject);
    expect(await found()).toEqual(["fang.wei", "luo.jie", "mei.lin"]);
    expect(await found("?q=LUO", MANAGER)).toEqual(["luo.jie"]);
    expect((await read(`${path}/handlers?q=luo`)).items).toEqual([
      {
        subject: "luo.jie",
        roles: ["branch-manager"],
        units: [{ unit: "nanchang", name: "南昌" }],
        seenOn: "2026-06-19",
      },
    ]);
    expect((await harness.get(`${path}/handlers`, ganzhou)).status).toBe(403);
    expect((await harness.get(`${path}/handlers`, SELLER)).status).toBe(403);

    const refused = await harness.post(`${path}/assign`, MARKETING, { to: "xu.min" });
    expect([refused.status, problemOf(refused).problems]).toMatchObject([
      422,
      [{ code: "cannot-handle", seen: "xu.min" }],
    ]);
    // Their next token says otherwise: what was kept of them goes by it.
    await ok(harness.get("/v1/me", { ...ganzhou, units: ["nanchang"] }));
    await ok(harness.post(`${path}/assign`, MARKETING, { to: "xu.min" }));
    await ok(harness.get("/v1/me", { ...MANAGER, roles: ["seller"] }));
    expect(await found()).toEqual(["fang.wei", "mei.lin", "xu.min"]);
    // Nobody knows yet what they may do.
    await ok(harness.post(`${path}/assign`, MARKETING, { to: "new.colleague" }));
  });

  it("keeps of those who sign in only who can be given work, and writes once a day", async () => {
    const { accounts } = harness.cloud.deps;
    const put = vi.spyOn(accounts, "putAccount");
    for (const who of [SELLER, AUDITOR, POS, MANAGER, MANAGER]) await ok(harness.get("/v1/me", who));
    expect(await accounts.accounts()).toMatchObject([{ subject: "luo.jie", seenOn: "2026-06-19" }]);
    harness.cloud.clock.advance(days(1));
    await ok(harness.get("/v1/me", MANAGER));
    expect(put).toHaveBeenCalledTimes(2);
  });
});

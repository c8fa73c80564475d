import { beforeEach, describe, expect, it } from "vitest";
import { allowedIn, COMMANDS, LIFECYCLE, PHASES } from "#domain/lifecycle.ts";
import { ADMIN, APPROVER, AUDITOR, MARKETING, problemOf } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN, TARGETS } from "./api-world.ts";
import { LifeWorld, WHY } from "./lifecycle-world.ts";

let world: LifeWorld;
beforeEach(() => {
  world = new LifeWorld();
});

describe("the table of a campaign's life", () => {
  it("leads from a draft to the archive, and nowhere from there", () => {
    const reached = new Set<string>(["draft"]);
    for (let turn = 0; turn < PHASES.length; turn += 1) {
      for (const { from, to } of Object.values(LIFECYCLE)) {
        if (from.some((phase) => reached.has(phase)) && to !== "same") reached.add(to);
      }
    }
    // A pilot is over by time alone.
    expect(PHASES.filter((phase) => !reached.has(phase))).toEqual(["pilotOver"]);
    expect(allowedIn("archived")).toEqual([]);
    expect(COMMANDS.filter((command) => LIFECYCLE[command].second)).toEqual([
      "activate",
      "pilot",
      "rollOut",
      "stop",
      "settle",
      "adjust",
    ]);
  });

  it("is what every command is held against, in every phase that can be reached", async () => {
    const bodies = {
      pause: ["/pause", { counts: true, ...WHY }],
      resume: ["/resume", WHY],
      stop: ["/stop", { end: "2026-05-01T00:00", ...WHY }],
      rollOut: ["/roll-out", { others: "fromRollOut", ...WHY }],
      archive: ["/archive", WHY],
    } as const;
    const refusedNow = async () => {
      const { phase, allowed } = await world.life();
      const may = allowed.map(({ command }: { command: string }) => command);
      for (const [command, [path, body]] of Object.entries(bodies)) {
        if (may.includes(command)) continue;
        const refused = problemOf(await world.post(path, body));
        expect(refused, `${command} in ${phase}`).toMatchObject({
          status: 409,
          problems: [{ code: "phase", seen: phase }],
        });
        expect(refused.problems?.[0]?.allowed).toBe(may.join(", ") || "nothing: it is only read");
      }
      return phase;
    };
    await world.published();
    expect(await refusedNow()).toBe("draft");
    await world.decided("/activate", { version: 1 });
    expect(await refusedNow()).toBe("active");
    world.at("2026-03-10T00:00");
    await ok(world.post("/pause", { counts: true, ...WHY }));
    expect(await refusedNow()).toBe("paused");
    await ok(world.post("/resume", WHY));
    world.at("2026-06-10T00:00");
    expect(await refusedNow()).toBe("closing");
    world.at("2026-06-20T00:00");
    await world.settled();
    expect(await refusedNow()).toBe("settled");
    await ok(world.post("/archive", WHY));
    expect(await refusedNow()).toBe("archived");
  });
});

describe("a pause", () => {
  it.each([
    [false, "200.00"],
    [true, "300.00"],
  ])("that counts sales: %s", async (counts, value) => {
    await launch(world.harness);
    await world.sold("1", "a-1", "2026-03-05T10:00");
    const paused = await ok(world.post("/pause", { counts, ...WHY }));
    expect(paused.json).toMatchObject({ phase: "paused", conduct: { pauses: [{ counts, reason: WHY.reason }] } });
    await world.cloud.runRebuilds();
    world.at("2026-03-08T00:00");
    await world.sold("2", "a-1", "2026-03-07T10:00");
    world.at("2026-03-09T00:00");
    expect((await ok(world.post("/resume", WHY))).json.phase).toBe("active");
    await world.cloud.runRebuilds();
    await world.sold("3", "a-1", "2026-03-10T10:00");
    // One of before comes late: it counts.
    expect(await world.premium("nanchang")).toBe(value);
    world.at("2026-06-20T00:00");
    const run = await world.settled();
    expect(run.totals.facts).toMatchObject(counts ? { counted: 3 } : { counted: 2, notCounted: { paused: 1 } });
  });

  it("pays nothing and promises nothing while it lasts, even when the period is over", async () => {
    await launch(world.harness);
    await ok(world.post("/pause", { counts: false, ...WHY }));
    world.at("2026-06-20T00:00");
    await world.tick();
    expect(world.cloud.settlements).toEqual([]);
    const refused = problemOf(await world.post("/runs", { kind: "final" }));
    expect(refused.problems).toMatchObject([{ code: "phase", seen: "paused" }]);
    await ok(world.post("/resume", WHY));
    await world.tick();
    expect(world.cloud.settlements).toMatchObject([{ kind: "final" }]);
  });
});

describe("a run that waits when its campaign is paused", () => {
  it("is approved when it is resumed, not before", async () => {
    const rewards = PLAN.rewards.map((one) => ({ ...one, gates: [], per: "month", accumulate: "slice" }));
    await world.published();
    await world.newVersion({ ...PLAN, runs: "month", budgets: [], rewards });
    await world.decided("/activate", { version: 2 });
    await world.sold("1", "a-1", "2026-03-05T10:00");
    world.at("2026-04-20T00:00");
    const asked = await ok(world.post("/runs", { kind: "interim" }));
    const run = String(asked.headers.location);
    for (const request of world.cloud.settlements.splice(0)) await world.cloud.compute(request);
    const { resultHash } = (await ok(world.harness.get(run, APPROVER))).json;
    await ok(world.post("/pause", { counts: true, ...WHY }));
    const refused = problemOf(await world.harness.post(`${run}/approve`, APPROVER, { resultHash }));
    expect(refused).toMatchObject({ status: 409, problems: [{ code: "phase", seen: "paused" }] });
    await ok(world.post("/resume", WHY));
    expect((await ok(world.harness.post(`${run}/approve`, APPROVER, { resultHash }))).json.state).toBe("approved");
  });
});

describe("a stop", () => {
  it("ends the period early, by a second person who sees what it costs whom; the final run follows", async () => {
    await launch(world.harness);
    await world.sold("1", "a-1", "2026-03-05T10:00");
    world.at("2026-04-10T00:00");
    await world.sold("2", "b-1", "2026-04-05T10:00");
    world.at("2026-04-10T01:00");
    const asked = await ok(world.post("/stop", { end: "2026-04-01T00:00", ...WHY }));
    const { json } = await ok(world.harness.get(`/v1/approvals/${asked.json.id}`, APPROVER));
    expect(json.content.impact).toMatchObject({ before: "6.00", after: "3.00", losers: { count: 1 } });
    expect(json.content.impact.losers.top).toMatchObject([{ payee: { id: "b-1" }, difference: "-3.00" }]);
    // Who runs the platform can decide it, and is told no person's pay.
    const toAdmin = await ok(world.harness.get(`/v1/approvals/${asked.json.id}`, ADMIN));
    expect(toAdmin.json).toMatchObject({ mayDecide: true, content: { impact: { losers: { count: 1, top: [] } } } });
    expect((await ok(world.post("/stop", { end: "2026-04-01T00:00", ...WHY }))).json.id).toBe(asked.json.id);
    expect((await world.harness.post(`/v1/approvals/${json.id}/approve`, MARKETING, { hash: json.hash })).status).toBe(
      403,
    );
    expect((await world.life()).phase).toBe("active");
    await ok(world.harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
    await world.cloud.runRebuilds();
    expect(await world.life()).toMatchObject({ phase: "closing", conduct: { stop: { end: "2026-04-01T00:00" } } });
    expect(await world.premium("jiujiang")).toBe("0.00");
    world.at("2026-04-17T00:00");
    await world.tick();
    expect(world.cloud.settlements).toMatchObject([{ kind: "final" }]);
    const run = await world.computed(`${CAMPAIGN}/runs/${PLAN.id}.final-1`);
    expect(run).toMatchObject({ state: "posted", postedTotal: "3.00" });
    expect(run.totals.facts).toMatchObject({ counted: 1, notCounted: { "outside-period": 1 } });
    expect((await world.life()).phase).toBe("settled");
  });

  it("is refused where the period cannot end, and when the campaign has changed since it was shown", async () => {
    await launch(world.harness);
    for (const end of ["2026-02-01T00:00", "2026-06-01T00:00", "soon"]) {
      const refused = problemOf(await world.post("/stop", { end, ...WHY }));
      expect(refused).toMatchObject({ status: 422, problems: [{ code: "bad-end", seen: end }] });
    }
    const { json } = await ok(world.post("/stop", { end: "2026-05-01T00:00", ...WHY }));
    await ok(world.post("/pause", { counts: false, ...WHY }));
    const late = problemOf(await world.harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
    expect(late.problems).toMatchObject([{ code: "changed-since" }]);
  });
});

describe("an archived campaign", () => {
  it("rests: late facts start nothing, boards, runs and changes are refused, what was paid is still read", async () => {
    await launch(world.harness);
    await world.sold("1", "a-1", "2026-03-05T10:00");
    world.at("2026-06-20T00:00");
    await world.settled();
    expect(problemOf(await world.harness.post(`${CAMPAIGN}/archive`, ADMIN, WHY)).status).toBe(403);
    await ok(world.post("/archive", WHY));
    await world.sold("2", "a-1", "2026-03-06T10:00");
    world.at("2026-06-21T00:00");
    expect(await world.tick()).toEqual([]);
    expect(world.cloud.settlements).toEqual([]);
    const { facts, derived } = world.cloud.deps;
    expect(await facts.versions({ source: "pos", externalId: "2" })).toHaveLength(1);
    expect(await derived.firstLateChange(PLAN.id, "2026-06-01T00:00:00Z")).toBeUndefined();
    const closed = [
      world.harness.get(`${CAMPAIGN}/boards`, AUDITOR),
      world.post("/runs", { kind: "provisional" }),
      world.post("/runs", { kind: "adjustment" }),
      world.harness.post(`${CAMPAIGN}/rebuild`, ADMIN, { from: "start" }),
      world.harness.post(`${CAMPAIGN}/reconciliations`, ADMIN),
      world.post("/activate", { version: 1 }),
      world.harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: TARGETS }),
    ];
    for (const answer of await Promise.all(closed)) expect(problemOf(answer).status).toBe(409);
    const statement = await ok(world.harness.get(`${CAMPAIGN}/statements/participant/a-1`, APPROVER));
    expect(statement.text).toContain("3.00");
  });
});

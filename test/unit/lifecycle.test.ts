import { beforeEach, describe, expect, it } from "vitest";
import { allowedIn, COMMANDS, LIFECYCLE, PHASES } from "#domain/lifecycle.ts";
import { createClock } from "#functions/clock/app.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS, problemOf } from "./api-harness.ts";
import { CAMPAIGN, found, launch, ok, PLAN, sale, TARGETS } from "./api-world.ts";

let harness: ApiHarness;
beforeEach(() => {
  harness = new ApiHarness();
});

const post = (path: string, body: unknown, as = MARKETING) => harness.post(`${CAMPAIGN}${path}`, as, body);
const at = (local: string) => harness.cloud.clock.set(Date.parse(`${local}:00+08:00`));
const life = async () => (await ok(harness.get(`${CAMPAIGN}/lifecycle`, AUDITOR))).json;
const WHY = { reason: "so it was decided" };

/** Asked for by one person, approved by another, and credited anew. */
async function decided(path: string, body: unknown) {
  const { json } = await ok(post(path, body));
  await ok(harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
  await harness.cloud.runRebuilds();
  return json;
}

/** What stands on a statement's side: each sale is 100.00. */
async function sold(externalId: string, participantId: string, local: string): Promise<void> {
  const fact = { ...sale(externalId, participantId, "100.00"), occurredAt: `${local}:00+08:00` };
  await ok(harness.post("/v1/facts:batch", POS, { facts: [fact] }));
  await harness.cloud.drain();
}

async function premium(unit: string): Promise<string | undefined> {
  const { json } = await ok(harness.get(`${CAMPAIGN}/boards`, AUDITOR));
  return json.progress.find((row: { unit: string }) => row.unit === unit)?.value;
}

async function published(): Promise<void> {
  await found(harness);
  await ok(harness.post(`${CAMPAIGN}/versions`, MARKETING, undefined, { headers: { "if-match": '"1"' } }));
}

/** A final or adjustment run that is asked for, computed, approved, posted and paid. */
async function settled(kind: "final" | "interim" = "final") {
  const asked = await ok(post("/runs", { kind }));
  return computed(String(asked.headers.location));
}

async function computed(run: string) {
  const [request] = harness.cloud.settlements.splice(0);
  if (!request) throw new Error("no settlement was started");
  await harness.cloud.compute(request);
  const { json } = await ok(harness.get(run, APPROVER));
  await ok(harness.post(`${run}/approve`, APPROVER, { resultHash: json.resultHash }));
  await harness.cloud.pay(request);
  return (await ok(harness.get(run, APPROVER))).json;
}

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
      const { phase, allowed } = await life();
      const may = allowed.map(({ command }: { command: string }) => command);
      for (const [command, [path, body]] of Object.entries(bodies)) {
        if (may.includes(command)) continue;
        const refused = problemOf(await post(path, body));
        expect(refused, `${command} in ${phase}`).toMatchObject({
          status: 409,
          problems: [{ code: "phase", seen: phase }],
        });
        expect(refused.problems?.[0]?.allowed).toBe(may.join(", ") || "nothing: it is only read");
      }
      return phase;
    };
    await published();
    expect(await refusedNow()).toBe("draft");
    await decided("/activate", { version: 1 });
    expect(await refusedNow()).toBe("active");
    at("2026-03-10T00:00");
    await ok(post("/pause", { counts: true, ...WHY }));
    expect(await refusedNow()).toBe("paused");
    await ok(post("/resume", WHY));
    at("2026-06-10T00:00");
    expect(await refusedNow()).toBe("closing");
    at("2026-06-20T00:00");
    await settled();
    expect(await refusedNow()).toBe("settled");
    await ok(post("/archive", WHY));
    expect(await refusedNow()).toBe("archived");
  });
});

describe("a pause", () => {
  it.each([
    [false, "200.00"],
    [true, "300.00"],
  ])("that counts sales: %s", async (counts, value) => {
    await launch(harness);
    await sold("1", "a-1", "2026-03-05T10:00");
    const paused = await ok(post("/pause", { counts, ...WHY }));
    expect(paused.json).toMatchObject({ phase: "paused", conduct: { pauses: [{ counts, reason: WHY.reason }] } });
    await harness.cloud.runRebuilds();
    at("2026-03-08T00:00");
    await sold("2", "a-1", "2026-03-07T10:00");
    at("2026-03-09T00:00");
    expect((await ok(post("/resume", WHY))).json.phase).toBe("active");
    await harness.cloud.runRebuilds();
    await sold("3", "a-1", "2026-03-10T10:00");
    // One of before comes late: it counts.
    expect(await premium("nanchang")).toBe(value);
    at("2026-06-20T00:00");
    const run = await settled();
    expect(run.totals.facts).toMatchObject(counts ? { counted: 3 } : { counted: 2, notCounted: { paused: 1 } });
  });

  it("pays nothing and promises nothing while it lasts, even when the period is over", async () => {
    await launch(harness);
    await ok(post("/pause", { counts: false, ...WHY }));
    at("2026-06-20T00:00");
    await createClock(harness.cloud.deps, { reconciles: false })();
    expect(harness.cloud.settlements).toEqual([]);
    const refused = problemOf(await post("/runs", { kind: "final" }));
    expect(refused.problems).toMatchObject([{ code: "phase", seen: "paused" }]);
    await ok(post("/resume", WHY));
    await createClock(harness.cloud.deps, { reconciles: false })();
    expect(harness.cloud.settlements).toMatchObject([{ kind: "final" }]);
  });
});

describe("a stop", () => {
  it("ends the period early, by a second person who sees what it costs whom; the final run follows", async () => {
    await launch(harness);
    await sold("1", "a-1", "2026-03-05T10:00");
    at("2026-04-10T00:00");
    await sold("2", "b-1", "2026-04-05T10:00");
    at("2026-04-10T01:00");
    const asked = await ok(post("/stop", { end: "2026-04-01T00:00", ...WHY }));
    const { json } = await ok(harness.get(`/v1/approvals/${asked.json.id}`, APPROVER));
    expect(json.content.impact).toMatchObject({ before: "6.00", after: "3.00", losers: { count: 1 } });
    expect(json.content.impact.losers.top).toMatchObject([{ payee: { id: "b-1" }, difference: "-3.00" }]);
    // Who runs the platform can decide it, and is told no person's pay.
    const toAdmin = await ok(harness.get(`/v1/approvals/${asked.json.id}`, ADMIN));
    expect(toAdmin.json).toMatchObject({ mayDecide: true, content: { impact: { losers: { count: 1, top: [] } } } });
    expect((await ok(post("/stop", { end: "2026-04-01T00:00", ...WHY }))).json.id).toBe(asked.json.id);
    expect((await harness.post(`/v1/approvals/${json.id}/approve`, MARKETING, { hash: json.hash })).status).toBe(403);
    expect((await life()).phase).toBe("active");
    await ok(harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
    await harness.cloud.runRebuilds();
    expect(await life()).toMatchObject({ phase: "closing", conduct: { stop: { end: "2026-04-01T00:00" } } });
    expect(await premium("jiujiang")).toBe("0.00");
    at("2026-04-17T00:00");
    await createClock(harness.cloud.deps, { reconciles: false })();
    expect(harness.cloud.settlements).toMatchObject([{ kind: "final" }]);
    const run = await computed(`${CAMPAIGN}/runs/${PLAN.id}.final-1`);
    expect(run).toMatchObject({ state: "posted", postedTotal: "3.00" });
    expect(run.totals.facts).toMatchObject({ counted: 1, notCounted: { "outside-period": 1 } });
    expect((await life()).phase).toBe("settled");
  });

  it("is refused where the period cannot end, and when the campaign has changed since it was shown", async () => {
    await launch(harness);
    for (const end of ["2026-02-01T00:00", "2026-06-01T00:00", "soon"]) {
      const refused = problemOf(await post("/stop", { end, ...WHY }));
      expect(refused).toMatchObject({ status: 422, problems: [{ code: "bad-end", seen: end }] });
    }
    const { json } = await ok(post("/stop", { end: "2026-05-01T00:00", ...WHY }));
    await ok(post("/pause", { counts: false, ...WHY }));
    const late = problemOf(await harness.post(`/v1/approvals/${json.id}/approve`, APPROVER, { hash: json.hash }));
    expect(late.problems).toMatchObject([{ code: "changed-since" }]);
  });
});

describe("an archived campaign", () => {
  it("rests: late facts start nothing, boards, runs and changes are refused, what was paid is still read", async () => {
    await launch(harness);
    await sold("1", "a-1", "2026-03-05T10:00");
    at("2026-06-20T00:00");
    await settled();
    expect(problemOf(await harness.post(`${CAMPAIGN}/archive`, ADMIN, WHY)).status).toBe(403);
    await ok(post("/archive", WHY));
    await sold("2", "a-1", "2026-03-06T10:00");
    at("2026-06-21T00:00");
    expect(await createClock(harness.cloud.deps, { reconciles: false })()).toEqual([]);
    expect(harness.cloud.settlements).toEqual([]);
    const { facts, derived } = harness.cloud.deps;
    expect(await facts.versions({ source: "pos", externalId: "2" })).toHaveLength(1);
    expect(await derived.firstLateChange(PLAN.id, "2026-06-01T00:00:00Z")).toBeUndefined();
    const closed = [
      harness.get(`${CAMPAIGN}/boards`, AUDITOR),
      post("/runs", { kind: "provisional" }),
      post("/runs", { kind: "adjustment" }),
      harness.post(`${CAMPAIGN}/rebuild`, ADMIN, { from: "start" }),
      harness.post(`${CAMPAIGN}/reconciliations`, ADMIN),
      post("/activate", { version: 1 }),
      harness.post(`${CAMPAIGN}/targets:import`, MARKETING, { rows: TARGETS }),
    ];
    for (const answer of await Promise.all(closed)) expect(problemOf(answer).status).toBe(409);
    const statement = await ok(harness.get(`${CAMPAIGN}/statements/participant/a-1`, APPROVER));
    expect(statement.text).toContain("3.00");
  });
});

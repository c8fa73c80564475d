import { beforeAll, describe, expect, it, vi } from "vitest";
import { factSchema } from "#domain/fact.ts";
import { keptSimulationSchema, type SimulationProgress } from "#domain/simulation.ts";
import { ADMIN, APPROVER, ApiHarness, AUDITOR, MARKETING, POS, problemOf, SELLER } from "./api-harness.ts";
import { CAMPAIGN, launch, ok, PLAN, sale } from "./api-world.ts";

/** Simulations whose progress can be read while they are answered, and that are found again. */

const ID = "0e37df36-f698-11e6-8dd4-cb9ced3df976";
const OTHER = "3f333df6-90a4-4fda-8dd3-9485d27cee36";
const FACTS = 12_000;

describe("a simulation that is kept", () => {
  const harness = new ApiHarness();
  const { deps, clock } = harness.cloud;
  const ask = (body: object, as = MARKETING) => harness.post(`${CAMPAIGN}/simulations`, as, body);
  const read = (id = ID, as = MARKETING) => harness.get(`${CAMPAIGN}/simulations/${id}`, as);

  beforeAll(async () => {
    await launch(harness);
    await ok(harness.post("/v1/facts:batch", POS, { facts: [sale("1", "a-1", "600.00")] }));
  });

  it("is nothing before it was asked for, and nothing where it was not asked to be kept", async () => {
    await ok(ask({}));
    expect((await read()).status).toBe(404);
    expect((await read("not-a-uuid")).status).toBe(422);
  });

  it("comes to the same as one that is not kept, and is found again by who asked alone", async () => {
    const plain = await ok(ask({ everyone: true }));
    const kept = await ok(ask({ everyone: true, keepAs: ID }));
    expect(kept.json).toEqual(plain.json);
    const found = (await ok(read())).json;
    const { revision } = (await ok(harness.get(CAMPAIGN, MARKETING))).json;
    expect(found).toMatchObject({ id: ID, campaign: PLAN.id, state: "done", draftRevision: revision });
    expect(found.simulation).toEqual(plain.json);
    expect(found).not.toHaveProperty("requestedBy");
    for (const as of [APPROVER, AUDITOR]) expect((await read(ID, as)).status).toBe(404);
    for (const as of [ADMIN, SELLER]) expect((await read(ID, as)).status).toBe(403);
  });

  it("says how far it is to who asks meanwhile", async () => {
    const scan = deps.facts.scan.bind(deps.facts);
    const seen: unknown[] = [];
    vi.spyOn(deps.facts, "scan").mockImplementationOnce(async (...request) => {
      seen.push((await read(OTHER)).json);
      return scan(...request);
    });
    await ok(ask({ keepAs: OTHER }));
    vi.restoreAllMocks();
    expect(seen).toMatchObject([{ id: OTHER, state: "working", progress: { stage: "reading" } }]);
    expect(seen[0]).not.toHaveProperty("simulation");
  });

  it("counts facts read and settled, through every stage to the end, with some dozen writes", async () => {
    for (let number = 0; number < FACTS; number += 1) {
      const fact = { ...sale(`many-${number}`, "a-1", "1.00"), recordedAt: "2026-03-05T12:00:00+08:00" };
      await deps.facts.put(factSchema.parse(fact));
    }
    const written: SimulationProgress[] = [];
    const put = vi.spyOn(deps.files, "put");
    await ok(ask({ keepAs: ID }));
    for (const [key, body] of put.mock.calls) {
      if (!key.endsWith("/record.json")) continue;
      written.push(keptSimulationSchema.parse(JSON.parse(new TextDecoder().decode(body))).progress);
    }
    vi.restoreAllMocks();
    const all = FACTS + 1;
    expect([...new Set(written.map(({ stage }) => stage))]).toEqual([
      "reading",
      "settlingDraft",
      "settlingInForce",
      "comparing",
    ]);
    expect(written.filter(({ stage }) => stage === "reading").length).toBeGreaterThan(2);
    expect(written.filter(({ stage }) => stage === "settlingDraft").map(({ settled }) => settled)).toContain(10_000);
    const counts = written.map(({ read: facts, settled }) => facts + settled);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(written.at(-1)).toEqual({ stage: "comparing", read: all, about: all, settled: 2 * all, toSettle: 2 * all });
    expect(written.length).toBeLessThan(30);
  });

  it("settles one plan alone where it is compared with nothing", async () => {
    await ok(ask({ keepAs: ID, alone: true }));
    expect((await ok(read())).json.progress).toMatchObject({ settled: FACTS + 1, toSettle: FACTS + 1 });
  });

  it("keeps why it was refused", async () => {
    const refused = await ask({ keepAs: ID, plan: { ...PLAN, rewards: [] } });
    expect(refused.status).toBe(422);
    const { state, refusal, simulation } = (await ok(read())).json;
    expect({ state, simulation }).toEqual({ state: "failed", simulation: undefined });
    expect(refusal.problems).toEqual(problemOf(refused).problems);
  });

  it("is lost when nothing was heard of it for a minute", async () => {
    const started = vi.spyOn(deps.facts, "scan").mockRejectedValue(new Error("the machine has died"));
    await ask({ keepAs: ID });
    started.mockRestore();
    expect((await ok(read())).json.state).toBe("working");
    clock.set(clock.now() + 61_000);
    expect((await ok(read())).json.state).toBe("lost");
    await ok(ask({ keepAs: ID }));
    expect((await ok(read())).json.state).toBe("done");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awaitApproval } from "#app/settlement/compute-run.ts";
import { foldChunk, planFold } from "#app/settlement/fold-run.ts";
import { freezeRun } from "#app/settlement/freeze-run.ts";
import { mergePartials } from "#app/settlement/partials.ts";
import { readPayoutFile } from "#app/settlement/read-runs.ts";
import { startRun } from "#app/settlement/request-run.ts";
import { computeRun, payApproved, type SettleSettings, type Steps } from "#app/settlement/settle-run.ts";
import type { Line } from "#domain/line.ts";
import type { Run } from "#domain/run.ts";
import type { FactStore } from "#ports/fact-store.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { MemoryCloud, PLAIN_STEPS } from "#test/fixtures/memory-cloud.ts";
import { person, sale } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN, SmallSettlement } from "#test/fixtures/small-settlement.ts";

const JIANGXI = "jiangxi-travel-2018";
const DURING = Date.parse("2018-09-01T00:00:00+08:00");
const EVERYTHING = { limit: 1_000_000 };

/** A campaign of forty sellers with three sales each, and a correction of every tenth sale. */
async function crowd(): Promise<SmallSettlement> {
  const sellers = Array.from({ length: 40 }, (_, index) => `seller-${String(index).padStart(2, "0")}`);
  const facts = sellers.flatMap((id, index) =>
    [2, 9, 16].map((day) => sale(id, 100 * (index + 1), `05-${String(day).padStart(2, "0")}`)),
  );
  const corrections = facts
    .filter((_, index) => index % 10 === 0)
    .map((fact) => ({ ...fact, version: 2, amount: "7.00", recordedAt: "2018-05-20T00:00:00.000Z" }));
  return SmallSettlement.launch({
    memberships: sellers.map((id) => person(id, "east")),
    facts: [...facts, ...corrections],
  });
}

/** Steps whose results are kept as JSON. The machine dies when `mayGoOn` says so, before a step's result is kept. */
function mortalSteps(memo: Map<string, string>, mayGoOn: () => boolean): Steps {
  let isDead = false;
  const step: Steps["step"] = async (name, work) => {
    if (isDead) throw new Death(name);
    const known = memo.get(name);
    if (known !== undefined) return JSON.parse(known).result;
    const result = await work();
    if (!mayGoOn()) {
      isDead = true;
      throw new Death(name);
    }
    memo.set(name, JSON.stringify({ result }));
    return result;
  };
  return {
    ...PLAIN_STEPS,
    step,
    each: async (_name, items, work) => Promise.all(items.map((item, index) => work({ step }, item, index))),
  };
}

class Death extends Error {}

/** Plays a program again and again, each machine dying after some new steps, until one comes to the end. */
async function withDeaths(everySteps: number, program: (steps: Steps) => Promise<void>): Promise<number> {
  const memo = new Map<string, string>();
  for (let deaths = 0; deaths < 2_000; deaths += 1) {
    let left = everySteps;
    try {
      const mayGoOn = () => {
        left -= 1;
        return left >= 0;
      };
      await program(mortalSteps(memo, mayGoOn));
      return deaths;
    } catch (error) {
      if (!(error instanceof Death)) throw error;
    }
  }
  throw new Error("it never comes to an end");
}

async function linesOf({ deps }: MemoryCloud, run: Run): Promise<readonly Line[]> {
  return (await deps.ledger.lines(run, EVERYTHING)).items;
}

/** Counts the facts that are read since it was last asked. */
function counting(facts: FactStore): { readonly facts: FactStore; readonly taken: () => number } {
  let read = 0;
  return {
    facts: new Proxy(facts, {
      get: (target, name) => {
        if (name === "scan") {
          return async (...args: Parameters<FactStore["scan"]>) => {
            const page = await target.scan(...args);
            read += page.items.length;
            return page;
          };
        }
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    }),
    taken: () => {
      const taken = read;
      read = 0;
      return taken;
    },
  };
}

describe("a run that is cut up", () => {
  it("comes to the same result, lines and payees' parts, however many segments, steps and parts there are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000_000),
        fc.array(
          fc.record({
            segments: fc.integer({ min: 1, max: 9 }),
            chunkFacts: fc.integer({ min: 1, max: 60 }),
            linesPerPart: fc.integer({ min: 1, max: 40 }),
          }),
          {
            minLength: 2,
            maxLength: 3,
          },
        ),
        async (seed, cuts) => {
          const inputs = readWorld(randomWorld(seed));
          const cloud = new MemoryCloud();
          await cloud.launch(inputs);
          for (const fact of inputs.facts) await cloud.deps.facts.put(fact);
          cloud.clock.set(DURING);
          const results: { readonly run: Run; readonly lines: readonly Line[] }[] = [];
          for (const settings of [{}, ...cuts]) {
            const { runId } = await startRun(cloud.deps, "mei.lin", JIANGXI, "provisional");
            const request = cloud.settlements.find((one) => one.runId === runId);
            if (request) await cloud.compute(request, settings);
            const run = await cloud.deps.ledger.run(JIANGXI, runId);
            if (run) results.push({ run, lines: await linesOf(cloud, run) });
          }
          const [whole, ...cut] = results;
          expect(cut).toHaveLength(cuts.length);
          const stored = await cloud.deps.facts.about();
          for (const { run, lines } of cut) {
            expect(run.state).toBe("computed");
            expect(run.inputHash).toBe(whole?.run.inputHash);
            expect(run.resultHash).toBe(whole?.run.resultHash);
            expect(lines).toEqual(whole?.lines);
            expect(run.progress?.segments.every(({ done }) => done)).toBe(true);
            expect(run.progress?.segments.reduce((sum, { facts }) => sum + facts, 0)).toBe(stored);
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it("holds no more facts in a step than the step's share", async () => {
    const { cloud } = await crowd();
    const run = await startRun(cloud.deps, "mei.lin", CAMPAIGN, "provisional");
    const { facts, taken } = counting(cloud.deps.facts);
    const held: number[] = [];
    const steps: Steps = {
      ...PLAIN_STEPS,
      each: (name, items, work) =>
        PLAIN_STEPS.each(name, items, async (child, item, index) => {
          const result = await work(child, item, index);
          if (name.startsWith("fold-")) held.push(taken());
          return result;
        }),
    };
    await computeRun({ ...cloud.deps, facts }, run, steps, { segments: 3, chunkFacts: 10 });
    expect(Math.max(...held)).toBeLessThanOrEqual(10);
    expect(held.reduce((sum, count) => sum + count, 0)).toBe(132);
    expect(held.length).toBeGreaterThanOrEqual(14);
  });

  it("goes on where it was, when the machine dies between any two steps", async () => {
    const settings: SettleSettings = { segments: 2, chunkFacts: 12, linesPerPart: 10 };
    const untouched = await crowd();
    const whole = await untouched.pay(await untouched.computedFinal());
    for (const everySteps of [1, 2, 5]) {
      const campaign = await crowd();
      campaign.cloud.clock.set(Date.parse("2018-06-16T01:00:00+08:00"));
      const request = await startRun(campaign.cloud.deps, "clock", CAMPAIGN, "final");
      const { deps } = campaign.cloud;
      expect(await withDeaths(everySteps, (steps) => computeRun(deps, request, steps, settings))).toBeGreaterThan(1);
      const computed = await campaign.run(request.runId);
      expect(computed.resultHash).toBe(whole.resultHash);
      expect(computed.lineShards).toBe(4);
      await awaitApproval(deps, request, "callback");
      await campaign.approve(await campaign.run(request.runId));
      expect(await withDeaths(everySteps, (steps) => payApproved(deps, request, steps))).toBeGreaterThan(1);
      expect(await campaign.run(request.runId)).toMatchObject({ state: "posted", postedTotal: whole.postedTotal });
      expect(await campaign.postings()).toEqual(await untouched.postings());
      expect(await campaign.payouts(request.runId)).toEqual(await untouched.payouts(whole.runId));
    }
  });

  it("is not spoiled by an attempt of a step that read less, and keeps its partial late", async () => {
    const { cloud } = await crowd();
    const run = await startRun(cloud.deps, "mei.lin", CAMPAIGN, "provisional");
    await freezeRun(cloud.deps, run);
    const plan = await planFold(cloud.deps, run, { segments: 1, chunkFacts: 30 });
    const files: string[] = [];
    let position: Awaited<ReturnType<typeof foldChunk>> | undefined;
    do {
      const from = position ?? { segment: 0, facts: 0 };
      position = await foldChunk(cloud.deps, run, plan, from);
      await foldChunk(cloud.deps, run, { ...plan, chunkFacts: 7 }, from);
      files.push(position.file);
    } while (position.cursor !== undefined);
    expect(files).toHaveLength(5);
    expect((await mergePartials(cloud.deps, files)).states.size).toBe(120);
  });

  it("keeps the way it was first cut, whatever a repeat is told", async () => {
    const { cloud } = await crowd();
    const run = await startRun(cloud.deps, "mei.lin", CAMPAIGN, "provisional");
    const first = await planFold(cloud.deps, run, { segments: 3, chunkFacts: 30 });
    expect(await planFold(cloud.deps, run, { segments: 8, chunkFacts: 5 })).toEqual(first);
    expect(await planFold(cloud.deps, run)).toEqual({ segments: 3, chunkFacts: 30 });
  });

  it("shows how far it is while it computes", async () => {
    const { cloud } = await crowd();
    const run = await startRun(cloud.deps, "mei.lin", CAMPAIGN, "provisional");
    const seen: string[] = [];
    const steps: Steps = {
      ...PLAIN_STEPS,
      step: async (name, work) => {
        const result = await work();
        const { progress } = (await cloud.deps.ledger.run(CAMPAIGN, run.runId)) ?? {};
        if (progress) {
          const read = progress.segments.reduce((sum, { facts }) => sum + facts, 0);
          seen.push(`${name}: ${progress.stage}, ${read} of ${progress.factsExpected}`);
        }
        return result;
      },
    };
    await computeRun(cloud.deps, run, steps, { segments: 1, chunkFacts: 60 });
    expect(seen).toEqual(["plan: reading, 0 of 132", "decide: storing, 132 of 132", "close: storing, 132 of 132"]);
  });
});

describe("payout files of very many payees", () => {
  it("are several, each with a part of the payees, and together all of them", async () => {
    const campaign = await crowd();
    campaign.cloud.clock.set(Date.parse("2018-06-16T01:00:00+08:00"));
    const started = await startRun(campaign.cloud.deps, "clock", CAMPAIGN, "final");
    await campaign.cloud.compute(started, { linesPerPart: 10 });
    const { runId } = await campaign.pay(await campaign.run(started.runId));
    const { deps } = campaign.cloud;
    const files = await Promise.all([1, 2, 3, 4].map((part) => readPayoutFile(deps, CAMPAIGN, runId, "csv", part)));
    const rows = files.flatMap((file) =>
      new TextDecoder()
        .decode(file)
        .split("\r\n")
        .filter((row) => row.startsWith("participant")),
    );
    expect(rows).toHaveLength(40);
    expect(new Set(rows).size).toBe(40);
    await expect(readPayoutFile(deps, CAMPAIGN, runId, "csv", 5)).rejects.toMatchObject({ kind: "notFound" });
    for (const { payee } of await campaign.payouts(runId)) {
      expect(await campaign.ledger.statement(CAMPAIGN, payee, runId)).toMatchObject({ payee, lines: [{ payee }] });
    }
  });
});

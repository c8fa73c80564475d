import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { inParallel } from "#app/parallel.ts";
import { approveRun } from "#app/settlement/decide-run.ts";
import { startRun } from "#app/settlement/request-run.ts";
import type { SettleSettings } from "#app/settlement/settle-run.ts";
import type { Run } from "#domain/run.ts";
import { settle } from "#engine/settle.ts";
import { createSettle } from "#functions/settle/app.ts";
import { createLocalJobs } from "#infra/local/durable.ts";
import { CHECKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, sale, world } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN } from "#test/fixtures/small-settlement.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { Machine } from "./machine.ts";

/**
 * The settlement as it is deployed, on DynamoDB Local: facts and ledger in tables, steps as operations of a durable execution.
 * It is cut up very small, and the process that carries it is stopped and begun anew between its steps.
 */

const CUT_SMALL: SettleSettings = { segments: 3, chunkFacts: 9, linesPerPart: 12 };
const AFTER_CUT_OFF = Date.parse("2018-06-16T01:00:00+08:00");

const SELLERS = Array.from({ length: 50 }, (_, index) => `seller-${String(index).padStart(2, "0")}`);
const WORLD = world({
  memberships: SELLERS.map((id) => person(id, "east")),
  facts: SELLERS.flatMap((id, index) => [2, 9].map((day) => sale(id, 100 + index, `05-0${day}`))),
});

const client = localClient();
let folder: string;
let cloud: MemoryCloud;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "laurel-settle-"));
  const tables = await freshTables();
  cloud = new MemoryCloud();
  await cloud.launch(WORLD);
  Object.assign(cloud.deps, {
    facts: new DynamoFactStore(client, tables.facts),
    ledger: new DynamoLedgerStore(client, tables.ledger),
  });
  await inParallel(8, WORLD.facts, (fact) => cloud.deps.facts.put(fact));
  cloud.clock.set(AFTER_CUT_OFF);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function machine(writesLeft: number): Machine {
  const register = (of: Machine) => {
    const { ledger, facts, files } = cloud.deps;
    const stores = { ledger: of.mortal(ledger), facts: of.mortal(facts), files: of.mortal(files) };
    of.durable.register("settle", createSettle({ ...cloud.deps, ...stores }, CUT_SMALL));
  };
  return new Machine({ clock: cloud.clock, folder, register }, writesLeft);
}

/** Lets machines carry on, each dying after so many writes; gives how many it took. */
async function untilIdle(writes: number): Promise<number> {
  for (let machines = 1; machines < 300; machines += 1) {
    if ((await machine(writes + machines).end()) === "idle") return machines;
  }
  throw new Error("it never comes to an end");
}

async function theRun(runId: string): Promise<Run> {
  const run = await cloud.deps.ledger.run(CAMPAIGN, runId);
  if (!run) throw new Error(`${runId} is not there`);
  return run;
}

describe("a settlement on DynamoDB, cut up small", () => {
  it("comes to the result of one calculation, and pays once, though it is stopped again and again", async () => {
    const { runId } = await startRun(cloud.deps, "clock", CAMPAIGN, "final");
    const request = cloud.settlements.find((one) => one.runId === runId);
    if (!request) throw new Error("nothing was started");
    const first = machine(3);
    await createLocalJobs(first.durable).startSettlement(request);
    expect(await first.end()).toBe("dead");

    expect(await untilIdle(4)).toBeGreaterThan(5);
    const computed = await theRun(runId);
    const whole = settle({ ...WORLD, asOf: Date.parse(computed.asOf), closedOnly: true });
    expect(computed).toMatchObject({ state: "awaitingApproval", resultHash: whole.resultHash, lineShards: 8 });
    expect(computed.progress?.segments).toHaveLength(3);
    expect(computed.progress?.segments.reduce((sum, { facts }) => sum + facts, 0)).toBe(WORLD.facts.length);
    expect((await cloud.deps.ledger.lines(computed, { limit: 1_000 })).items).toEqual(whole.lines);

    await approveRun(cloud.deps, CHECKER, CAMPAIGN, runId, { resultHash: whole.resultHash });
    const next = machine(2);
    await createLocalJobs(next.durable).wakeSettlement(computed.callbackId ?? "");
    expect(await next.end()).toBe("dead");
    expect(await untilIdle(11)).toBeGreaterThan(5);
    expect(await theRun(runId)).toMatchObject({ state: "posted", payoutFiles: { parts: 8 } });
    const postings = await cloud.deps.ledger.postings(CAMPAIGN);
    expect(postings.map(({ lineId, seq }) => `${lineId} ${seq}`)).toEqual(
      whole.lines.map(({ lineId }) => `${lineId} 1`),
    );
    expect(await cloud.deps.ledger.payouts(CAMPAIGN)).toHaveLength(SELLERS.length);
  });
});

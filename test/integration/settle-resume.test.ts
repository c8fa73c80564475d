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
import { folderJournal, type Journal } from "#infra/local/durable/journal.ts";
import { createLocalJobs, LocalDurable } from "#infra/local/durable.ts";
import { CHECKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { person, sale, world } from "#test/fixtures/plan-builder.ts";
import { CAMPAIGN } from "#test/fixtures/small-settlement.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";

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

/** A machine that carries on with the executions of the folder. Dead, it does nothing more, and keeps nothing more. */
class Machine {
  readonly durable: LocalDurable;
  readonly #died = Promise.withResolvers<"dead">();
  #writesLeft: number;

  constructor(writesLeft = Number.POSITIVE_INFINITY) {
    this.#writesLeft = writesLeft;
    const kept = folderJournal(folder);
    const save: Journal["save"] = (execution) => (this.isDead ? undefined : kept.save(execution));
    this.durable = new LocalDurable({ clock: cloud.clock, journal: { load: () => kept.load(), save } });
    const { ledger, facts, files } = cloud.deps;
    const deps = {
      ...cloud.deps,
      ledger: this.#mortal(ledger),
      facts: this.#mortal(facts),
      files: this.#mortal(files),
    };
    this.durable.register("settle", createSettle(deps, CUT_SMALL));
    this.durable.resume();
  }

  get isDead(): boolean {
    return this.#writesLeft <= 0;
  }

  /** Resolves when nothing is left to do, or when it died. */
  end(): Promise<"idle" | "dead"> {
    return Promise.race([this.durable.idle().then(() => "idle" as const), this.#died.promise]);
  }

  /** A store whose calls come back until the last write; from then on none does. */
  #mortal<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          if (this.isDead) return NEVER;
          const answer: unknown = await Reflect.apply(member, target, args);
          if (/^(save|add|put|advance)/.test(String(name))) this.#writesLeft -= 1;
          if (!this.isDead) return answer;
          this.#died.resolve("dead");
          return NEVER;
        };
      },
    });
  }
}

const NEVER = new Promise<never>(() => undefined);

/** Lets machines carry on, each dying after so many writes; gives how many it took. */
async function untilIdle(writes: number): Promise<number> {
  for (let machines = 1; machines < 300; machines += 1) {
    if ((await new Machine(writes + machines).end()) === "idle") return machines;
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
    const first = new Machine(3);
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
    const next = new Machine(2);
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

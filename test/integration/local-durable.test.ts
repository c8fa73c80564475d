import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DurableContext, withDurableExecution } from "@aws/durable-execution-sdk-js";
import { describe, expect, it } from "vitest";
import { folderJournal } from "#infra/local/durable/journal.ts";
import { createLocalJobs, LocalDurable } from "#infra/local/durable.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2018-11-16T00:00:00Z");

interface Order {
  readonly campaign: string;
  readonly runId: string;
}

interface Seen {
  readonly computed: number[];
  readonly callbackIds: string[];
  readonly posted: string[];
  readonly errors: string[];
}

/** A settlement in miniature: maps over parts, hands out a callback id, waits for the answer, posts. */
function toySettlement(days = 60) {
  const seen: Seen = { computed: [], callbackIds: [], posted: [], errors: [] };
  const handler = withDurableExecution(async (order: Order, context: DurableContext) => {
    const parts = await context.map("fold", [1, 2, 3, 4, 5, 6, 7, 8], async (child, part) =>
      child.step("part", async () => {
        seen.computed.push(part);
        return part * 10;
      }),
    );
    const total = parts.getResults().reduce((sum, part) => sum + part, 0);
    try {
      await context.waitForCallback("approval", async (id) => void seen.callbackIds.push(id), { timeout: { days } });
    } catch (error) {
      seen.errors.push(error instanceof Error ? error.name : String(error));
      throw error;
    }
    await context.step("post", async () => void seen.posted.push(`${order.runId}:${total}`));
    return { total };
  });
  return { seen, handler };
}

function start(options: { days?: number; folder?: string } = {}) {
  const clock = { instant: START, now: () => clock.instant };
  const toy = toySettlement(options.days);
  const durable = new LocalDurable({ clock, ...(options.folder ? { journal: folderJournal(options.folder) } : {}) });
  durable.register("settle", toy.handler);
  const settle = (runId: string) =>
    createLocalJobs(durable).startSettlement({
      campaign: "toy",
      runId,
      kind: "final",
      asOf: "2018-11-16T00:00:00Z",
      submittedBy: "mei.lin",
    });
  return { clock, durable, settle, jobs: createLocalJobs(durable), ...toy.seen };
}

function lastOf(texts: readonly string[]): string {
  const last = texts.at(-1);
  if (last === undefined) throw new Error("there is none");
  return last;
}

describe("durable executions on the local cloud", () => {
  it("maps, waits for its callback, and goes on when woken, every step run once", async () => {
    const { durable, settle, jobs, computed, callbackIds, posted } = start();
    await settle("r1");
    await durable.idle();
    expect(posted).toEqual([]);
    expect(durable.executions()).toEqual([{ name: "settle-toy-r1", functionName: "settle", status: "running" }]);
    await jobs.wakeSettlement(lastOf(callbackIds));
    await durable.idle();
    expect(computed.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(callbackIds).toHaveLength(1);
    expect(posted).toEqual(["r1:360"]);
    expect(durable.executions()).toMatchObject([{ status: "succeeded" }]);
  });

  it("starts the same thing once, and anew when it has ended", async () => {
    const { durable, settle, jobs, callbackIds, posted } = start();
    await Promise.all([settle("r1"), settle("r1"), settle("r1")]);
    await durable.idle();
    await settle("r1");
    await durable.idle();
    expect(callbackIds).toHaveLength(1);
    await jobs.wakeSettlement(lastOf(callbackIds));
    await jobs.wakeSettlement(lastOf(callbackIds));
    await durable.idle();
    expect(posted).toEqual(["r1:360"]);
    await settle("r1");
    await durable.idle();
    expect(callbackIds).toHaveLength(2);
  });

  it("runs several at once, each with its own callback", async () => {
    const { durable, settle, jobs, callbackIds, posted } = start();
    await Promise.all([settle("r1"), settle("r2"), settle("r3")]);
    await durable.idle();
    expect(new Set(callbackIds).size).toBe(3);
    await Promise.all(callbackIds.map((id) => jobs.wakeSettlement(id)));
    await durable.idle();
    expect(posted.toSorted()).toEqual(["r1:360", "r2:360", "r3:360"]);
  });

  it("keeps a deadline on the business clock, however far away", async () => {
    const { clock, durable, settle, errors } = start({ days: 300 });
    await settle("r1");
    await durable.idle();
    expect(durable.nextDeadline()).toBe(START + 300 * DAY_MS);
    clock.instant = START + 300 * DAY_MS - 1;
    durable.settleDue();
    await durable.idle();
    expect(durable.executions()).toMatchObject([{ status: "running" }]);
    clock.instant += 1;
    durable.settleDue();
    await durable.idle();
    expect(errors).toEqual(["CallbackTimeoutError"]);
    expect(durable.failures()).toMatchObject([{ name: "settle-toy-r1", error: expect.stringContaining("timed out") }]);
  });

  it("goes on after a restart where it was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "laurel-durable-"));
    try {
      const before = start({ folder });
      await before.settle("r1");
      await before.durable.idle();
      await before.durable.stop();
      const after = start({ folder });
      after.durable.resume();
      await after.durable.idle();
      await after.jobs.wakeSettlement(lastOf(before.callbackIds));
      await after.durable.idle();
      expect(after.computed).toEqual([]);
      expect(after.posted).toEqual(["r1:360"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("tries a failing step again and counts the wait for it as work", async () => {
    const clock = { now: () => START };
    const durable = new LocalDurable({ clock });
    let attempts = 0;
    durable.register(
      "settle",
      withDurableExecution(async (_: unknown, context: DurableContext) =>
        context.step(
          "flaky",
          async () => {
            attempts += 1;
            if (attempts < 3) throw new Error("not yet");
          },
          { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 1 } }) },
        ),
      ),
    );
    durable.start("settle", "flaky", {});
    await durable.idle();
    expect(attempts).toBe(3);
    expect(durable.executions()).toMatchObject([{ status: "succeeded" }]);
  });

  it("refuses what the service would refuse: a result that is too big, a name it cannot write", async () => {
    const durable = new LocalDurable({ clock: { now: () => START } });
    durable.register(
      "settle",
      withDurableExecution(async (_: unknown, context: DurableContext) =>
        context.step("big", async () => "x".repeat(300_000)),
      ),
    );
    durable.register(
      "rebuild",
      withDurableExecution(async (_: unknown, context: DurableContext) => context.step("江西", async () => 1)),
    );
    durable.start("settle", "big", {});
    durable.start("rebuild", "name", {});
    await durable.idle();
    expect(durable.failures().toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { name: "big", error: expect.stringContaining("put it into a file") },
      { name: "name", error: expect.stringContaining("printable ASCII") },
    ]);
  });

  it("is loud about a callback that nobody waits for", async () => {
    const { jobs } = start();
    await expect(jobs.wakeSettlement("nobody")).rejects.toThrow("no execution has the callback");
  });
});

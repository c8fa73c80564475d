import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it, vi } from "vitest";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { encodeCursor } from "#adapters/paging.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { campaign, fact, line, payout, planVersion, posting, run, seller } from "./suites/samples.ts";
import { times } from "./suites/tools.ts";

/** A client that loses the answer of every write, as a broken connection does: the SDK sends it again. */
function forgetful(): DynamoDBDocumentClient {
  const client = localClient();
  client.middlewareStack.add(
    (next, context) => async (request) => {
      if (context.commandName === "PutItemCommand") await next(request);
      return next(request);
    },
    // Inside the SDK's own retries, so that both attempts carry the same request.
    { step: "deserialize", priority: "low", name: "forgetful" },
  );
  return client;
}

/** A client whose database takes only the first `taken` items of each batch, as a throttled one does. */
function throttled(taken: 0 | 1): { client: DynamoDBDocumentClient; batches: () => number } {
  const client = localClient();
  let batches = 0;
  client.middlewareStack.add(
    (next, context) => async (request) => {
      if (context.commandName !== "BatchWriteItemCommand" || !("RequestItems" in request.input)) return next(request);
      batches++;
      if (taken === 0) return { response: {}, output: { UnprocessedItems: request.input.RequestItems, $metadata: {} } };
      const [[table, writes] = ["", []]] = Object.entries(request.input.RequestItems ?? {});
      const first = { ...request, input: { ...request.input, RequestItems: { [table]: writes.slice(0, 1) } } };
      const answer = await next(first);
      Object.assign(answer.output, { UnprocessedItems: writes.length > 1 ? { [table]: writes.slice(1) } : {} });
      return answer;
    },
    { step: "initialize", priority: "high", name: "throttled" },
  );
  return { client, batches: () => batches };
}

describe("a write whose answer was lost", () => {
  it("is done, not refused, when the SDK sends it again", async () => {
    const tables = await freshTables();
    const plans = new DynamoPlanStore(forgetful(), tables.plans);
    const ledger = new DynamoLedgerStore(forgetful(), tables.ledger);
    expect(await plans.saveCampaign(campaign())).toBe(true);
    expect(await plans.saveCampaign(campaign({ revision: 2 }))).toBe(true);
    expect(await plans.saveCampaign(campaign({ revision: 2 }))).toBe(false);
    expect(await plans.addVersion(planVersion(1))).toBe(true);
    expect(await plans.setDirectoryRevision(1)).toBe(true);
    expect(await plans.setDirectoryRevision(1)).toBe(false);
    expect(await ledger.saveRun(run())).toBe(true);
    expect(await ledger.saveRun(run())).toBe(false);
    expect(await ledger.addPosting(posting())).toBe(true);
    expect(await ledger.addPosting(posting())).toBe(false);
    expect(await ledger.advanceHead({ campaign: "travel", runId: "run-1", asOf: run().asOf })).toBe(true);
    expect(await ledger.addPayout(payout())).toBe(true);
    expect(await ledger.addPayout(payout())).toBe(false);
  });

  it("of a fact is never a conflict", async () => {
    const facts = new DynamoFactStore(forgetful(), (await freshTables()).facts);
    expect((await facts.put(fact())).fact).toEqual(fact());
    expect(await facts.conflicts("pos", {})).toEqual({ items: [] });
  });
});

describe("a batch of which a part was refused", () => {
  const units = times(12, (index) => ({ unit: `u-${10 + index}`, parent: null, level: "branch", name: "x" }));

  it("is sent until all of it is stored", async () => {
    const { client, batches } = throttled(1);
    const plans = new DynamoPlanStore(client, (await freshTables()).plans);
    await plans.putUnits(units);
    expect(await plans.units()).toEqual(units);
    expect(batches()).toBe(12);
  });

  it("fails loudly when the database takes nothing for ten seconds", async () => {
    vi.useFakeTimers();
    try {
      const { client, batches } = throttled(0);
      const failure = expect(new DynamoPlanStore(client, "any").putUnits(units)).rejects.toThrow(
        "took none of 12 items",
      );
      await vi.advanceTimersByTimeAsync(30_000);
      await failure;
      expect(batches()).toBe(8);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a cursor", () => {
  it("of another listing, or beyond the last bucket, is refused before the database sees it", async () => {
    const { ledger, plans } = await freshTables();
    const store = new DynamoLedgerStore(localClient(), ledger);
    await store.putLines({ runId: "run-1" }, [line(seller("a-1")), line(seller("a-2"))]);
    const { cursor } = await store.lines({ runId: "run-1" }, { limit: 1 });
    expect((await store.lines({ runId: "run-1" }, { cursor })).items).toEqual([line(seller("a-2"))]);
    await expect(store.notAwarded({ runId: "run-1" }, { cursor })).rejects.toMatchObject({ kind: "invalid" });
    const beyond = encodeCursor({ range: 16, after: "person#a" });
    await expect(new DynamoPlanStore(localClient(), plans).people({ cursor: beyond })).rejects.toMatchObject({
      kind: "invalid",
    });
  });
});

describe("what is stored and does not fit the schema", () => {
  it("is an error that names the item, not a wrong answer", async () => {
    const { facts } = await freshTables();
    const client = localClient();
    const damaged = { ...fact(), status: "lost" };
    await new DynamoFactStore(client, facts).put(Object.assign(fact(), damaged));
    await expect(new DynamoFactStore(client, facts).versions(fact())).rejects.toThrow(/fact#pos#sale-1.*not readable/);
  });
});

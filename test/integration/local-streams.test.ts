import { PutItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { afterAll, afterEach, describe, expect, inject, it } from "vitest";
import { STREAM_FILTERS } from "#adapters/dynamodb/table.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";
import { type LocalStream, type LocalStreamOptions, startStream } from "#infra/local/streams.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";

const endpoint = inject("dynamodbEndpoint");
const items = localClient();
const client = new DynamoDBStreamsClient({ ...LOCAL_CLIENT_CONFIG, endpoint });
let streams: LocalStream[] = [];

afterEach(async () => {
  await Promise.all(streams.map((stream) => stream.stop()));
  streams = [];
});
afterAll(() => client.destroy());

async function newTable(): Promise<string> {
  return (await freshTables()).facts;
}

async function listen(options: Pick<LocalStreamOptions, "table" | "handler"> & Partial<LocalStreamOptions>) {
  const stream = await startStream({ client, functionName: "worker", retryDelayMs: 1, ...options });
  streams.push(stream);
  return stream;
}

async function put(table: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    await items.send(new PutItemCommand({ TableName: table, Item: { PK: { S: name }, SK: { S: "v" } } }));
  }
}

function namesOf(event: DynamoDBStreamEvent): string[] {
  return event.Records.map((record) => record.dynamodb?.Keys?.PK?.S ?? "");
}

/** Answers as a worker does that reports each record with one of these names as failed. */
function failing(event: DynamoDBStreamEvent, bad: readonly string[]) {
  const failed = event.Records.filter((record) => bad.includes(record.dynamodb?.Keys?.PK?.S ?? ""));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" })) };
}

describe("streams of DynamoDB Local waking workers", () => {
  it("hands over changes in order, from before it listened, in the shape Lambda gives them", async () => {
    const table = await newTable();
    await put(table, "a", "b");
    const events: DynamoDBStreamEvent[] = [];
    const stream = await listen({ table, handler: async (event) => void events.push(event) });
    await put(table, "c");
    await stream.idle();
    expect(events.flatMap(namesOf)).toEqual(["a", "b", "c"]);
    expect(events[0]?.Records[0]).toMatchObject({
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      eventSourceARN: expect.stringContaining(table),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { PK: { S: "a" }, SK: { S: "v" } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        StreamViewType: "KEYS_ONLY",
      },
    });
  });

  it("is idle only when a burst of 500 writes is done with", async () => {
    const table = await newTable();
    const done = new Set<string>();
    const stream = await listen({
      table,
      batchSize: 50,
      batchWindowMs: 10_000,
      handler: async (event) => {
        await new Promise((resolve) => setImmediate(resolve));
        for (const name of namesOf(event)) done.add(name);
      },
    });
    for (const round of [1, 2, 3, 4, 5]) {
      const names = Array.from({ length: 100 }, (_, index) => `r${round}-${index}`);
      await Promise.all(names.map((name) => put(table, name)));
      await stream.idle();
      expect(done.size).toBe(round * 100);
    }
  });

  it("is idle as soon as a transaction's write is done with, every time", async () => {
    const table = await newTable();
    let handled = 0;
    const stream = await listen({
      table,
      handler: async (event) => {
        handled += event.Records.length;
      },
    });
    for (let index = 1; index <= 100; index += 1) {
      const Put = { TableName: table, Item: { PK: { S: `x${index}` }, SK: { S: "v" } } };
      await items.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
      await stream.idle();
      expect(handled).toBe(index);
    }
  });

  it("wakes for what the table's description filters, and for nothing else", async () => {
    const table = await newTable();
    const seen: string[] = [];
    const stream = await listen({
      table,
      filter: STREAM_FILTERS.facts,
      handler: async (event) => void seen.push(...namesOf(event)),
    });
    await put(table, "conflict#pos#1", "fact#pos#1", "unreadable#pos", "fact#pos#2");
    await stream.idle();
    expect(seen).toEqual(["fact#pos#1", "fact#pos#2"]);
    await expect(
      listen({ table, filter: { eventName: [{ "anything-but": "x" }] }, handler: () => {} }),
    ).rejects.toThrow();
  });

  it("delivers again only from the first record that failed", async () => {
    const table = await newTable();
    await put(table, "a", "b", "c", "d");
    const calls: string[][] = [];
    let bad = ["c"];
    const stream = await listen({
      table,
      handler: async (event) => {
        calls.push(namesOf(event));
        const answer = failing(event, bad);
        if (calls.length === 2) bad = [];
        return answer;
      },
    });
    await stream.idle();
    expect(calls).toEqual([
      ["a", "b", "c", "d"],
      ["c", "d"],
      ["c", "d"],
    ]);
    expect(stream.failures()).toEqual([]);
  });

  it("puts a record aside that is reported as failed each time, and lets the others pass", async () => {
    const table = await newTable();
    await put(table, "a", "poison", "b");
    const seen: string[] = [];
    const stream = await listen({
      table,
      maxAttempts: 3,
      handler: async (event) => {
        seen.push(...namesOf(event));
        return failing(event, ["poison"]);
      },
    });
    await stream.idle();
    expect(seen.filter((name) => name === "poison")).toHaveLength(3);
    expect(seen.filter((name) => name === "a")).toHaveLength(1);
    expect(seen.at(-1)).toBe("b");
    expect(stream.failures()).toMatchObject([{ functionName: "worker", table, attempts: 3 }]);
  });

  it("halves a batch that throws until the poison stands alone, and redrives it once it is mended", async () => {
    const table = await newTable();
    const names = Array.from({ length: 16 }, (_, index) => `n${index}`);
    await put(table, ...names);
    const passed: string[] = [];
    let mended = false;
    const stream = await listen({
      table,
      maxAttempts: 2,
      handler: async (event) => {
        if (!mended && namesOf(event).includes("n5")) throw new Error("cannot digest n5");
        passed.push(...namesOf(event));
      },
    });
    await stream.idle();
    expect(passed).toEqual(names.filter((name) => name !== "n5"));
    expect(stream.failures()).toMatchObject([{ attempts: 2, reason: expect.stringContaining("cannot digest n5") }]);

    expect(await stream.redrive()).toEqual({ passed: 0, failed: 1 });
    mended = true;
    expect(await stream.redrive()).toEqual({ passed: 1, failed: 0 });
    expect(passed.at(-1)).toBe("n5");
    expect(stream.failures()).toEqual([]);
  });

  it("takes an answer that names an unknown record for a failure of the whole batch", async () => {
    const table = await newTable();
    await put(table, "a");
    let calls = 0;
    const stream = await listen({
      table,
      handler: async () => {
        calls += 1;
        return calls === 1 ? { batchItemFailures: [{ itemIdentifier: "999" }] } : undefined;
      },
    });
    await stream.idle();
    expect(calls).toBe(2);
  });

  it("does not let anybody wait for a stream that is stopped or gone", async () => {
    const table = await newTable();
    const stream = await listen({ table, handler: () => {} });
    await stream.stop();
    await expect(stream.idle()).rejects.toThrow("is stopped");
    await expect(listen({ table: "no-such-table", handler: () => {} })).rejects.toThrow();
  });
});

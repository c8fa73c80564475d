import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { STREAM_FILTERS } from "#adapters/dynamodb/table.ts";
import type { Deps } from "#app/deps.ts";
import { createCreditWorker } from "#functions/credit/app.ts";
import { createRollupWorker } from "#functions/rollup/app.ts";
import { TABLE_PREFIX } from "./cloud-deps.ts";
import type { LocalDurable } from "./durable.ts";
import { LOCAL_CLIENT_CONFIG } from "./dynamodb.ts";
import type { Shutdown } from "./shutdown.ts";
import { type LocalStream, type LocalStreamOptions, startStream } from "./streams.ts";

/** Attempts before a record is given up: fewer than deployed, because nobody's network stutters here. */
const MOST_ATTEMPTS = 5;

/** The workers on their streams, upstream first. Windows are shorter than deployed: writes cost nothing here, but somebody watches. */
export async function startWorkers(
  deps: Deps,
  endpoint: string,
  shutdown: Shutdown,
  log: NonNullable<LocalStreamOptions["log"]>,
): Promise<LocalStream[]> {
  const client = new DynamoDBStreamsClient({ ...LOCAL_CLIENT_CONFIG, endpoint });
  shutdown.add(() => client.destroy());
  const mappings = [
    { table: "facts", functionName: "credit", handler: createCreditWorker(deps), batchWindowMs: 250 },
    { table: "derived", functionName: "rollup", handler: createRollupWorker(deps), batchWindowMs: 1_000 },
  ] as const;
  const streams: LocalStream[] = [];
  for (const { table, ...mapping } of mappings) {
    const filter = STREAM_FILTERS[table];
    const options = { client, table: TABLE_PREFIX + table, filter, maxAttempts: MOST_ATTEMPTS, log, ...mapping };
    const stream = await startStream(options);
    shutdown.add(() => stream.stop());
    streams.push(stream);
  }
  return streams;
}

/**
 * A worker's writes wake the next stream, and a job's writes may wake any. So everything is awaited in the order in which
 * work flows, again and again until nothing was done in a whole round.
 */
export async function allIdle(durable: LocalDurable, streams: readonly LocalStream[]): Promise<void> {
  const batches = () => streams.reduce((sum, stream) => sum + stream.batches, 0);
  for (;;) {
    const before = batches();
    await durable.idle();
    for (const stream of streams) await stream.idle();
    if (batches() === before && !durable.busy) return;
  }
}

export async function redriveAll(streams: readonly LocalStream[]): Promise<{ passed: number; failed: number }> {
  const total = { passed: 0, failed: 0 };
  for (const stream of streams) {
    const { passed, failed } = await stream.redrive();
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

import { type DynamoDBStreamsClient, ListStreamsCommand } from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { compareText } from "#domain/text.ts";
import type { LambdaHandler } from "./lambda-context.ts";
import { Pause } from "./pause.ts";
import { deliver } from "./streams/delivery.ts";
import { eventFilter } from "./streams/filter.ts";
import { sequenceNumber, toLambdaRecord } from "./streams/record.ts";
import { ShardReader } from "./streams/shards.ts";
import { streamApi } from "./streams/stream-api.ts";

export interface LocalStreamOptions {
  readonly client: DynamoDBStreamsClient;
  /** The table's real name. */
  readonly table: string;
  /** The function that is woken, as failures and logs name it. */
  readonly functionName: string;
  readonly handler: LambdaHandler<DynamoDBStreamEvent>;
  /** Which records wake it, as a Lambda filter pattern; all by default. */
  readonly filter?: unknown;
  readonly batchSize?: number;
  /** How long to gather records before a batch that is not full is handed over. */
  readonly batchWindowMs?: number;
  readonly maxAttempts?: number;
  readonly retryDelayMs?: number;
  readonly log?: (message: string, error: unknown) => void;
}

/** A record that was given up: what Lambda would send to the on-failure queue. */
export interface StreamFailure {
  readonly functionName: string;
  readonly table: string;
  readonly sequenceNumber: string;
  readonly attempts: number;
  readonly reason: string;
  readonly record: DynamoDBRecord;
}

export interface LocalStream {
  /** Resolves when every write that was answered before the call has been handed over and done with, or given up. */
  idle(): Promise<void>;
  /** Rises with every batch that is done with: lets a caller who waits for several streams see that one was woken again. */
  readonly batches: number;
  failures(): readonly StreamFailure[];
  /** Tries what was given up once more, in order; says how many passed and how many were given up again. */
  redrive(): Promise<{ passed: number; failed: number }>;
  stop(): Promise<void>;
}

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/** Wakes a worker for the changes of a table, from the oldest its stream still holds, as Lambda's event source mapping does. */
export async function startStream(options: LocalStreamOptions): Promise<LocalStream> {
  const { Streams: streams = [] } = await options.client.send(new ListStreamsCommand({ TableName: options.table }));
  // A label is the time at which the stream was switched on; only the newest still gets records.
  const streamArn = streams.toSorted((a, b) => compareText(a.StreamLabel ?? "", b.StreamLabel ?? "")).at(-1)?.StreamArn;
  if (streamArn === undefined) throw new Error(`the table ${options.table} has no stream`);
  return new PolledStream(streamArn, options);
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class PolledStream implements LocalStream {
  readonly #options: LocalStreamOptions;
  readonly #streamArn: string;
  readonly #shards: ShardReader;
  readonly #accepts: (event: unknown) => boolean;
  readonly #pause = new Pause();
  /** Of its own, so that waking the reader does not shorten the time between attempts. */
  readonly #retryPause = new Pause();
  readonly #ended: Promise<void>;
  /** Read and accepted, not handed over yet. */
  #pending: DynamoDBRecord[] = [];
  #pendingSince = 0;
  #failures: StreamFailure[] = [];
  #waiters: Waiter[] = [];
  #stopping = false;
  #broken = false;
  batches = 0;

  constructor(streamArn: string, options: LocalStreamOptions) {
    this.#options = options;
    this.#streamArn = streamArn;
    this.#shards = new ShardReader(streamApi(options.client, streamArn));
    this.#accepts = eventFilter(options.filter ?? {});
    this.#ended = this.#run();
  }

  idle(): Promise<void> {
    if (this.#stopping) return Promise.reject(new Error(`the stream of ${this.#options.table} is stopped`));
    const settled = new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
    this.#pause.wake();
    return settled;
  }

  failures(): readonly StreamFailure[] {
    return this.#failures;
  }

  async redrive(): Promise<{ passed: number; failed: number }> {
    const again = this.#failures;
    this.#failures = [];
    this.#pending.unshift(...again.map((failure) => failure.record));
    await this.idle();
    const given = new Set(this.#failures.map((failure) => failure.sequenceNumber));
    const failed = again.filter((failure) => given.has(failure.sequenceNumber)).length;
    return { passed: again.length - failed, failed };
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pause.wake();
    this.#retryPause.wake();
    await this.#ended;
    this.#release([], new Error(`the stream of ${this.#options.table} was stopped`));
  }

  async #run(): Promise<void> {
    let pauseMs = SHORTEST_PAUSE_MS;
    while (!this.#stopping) {
      const found = await this.#turn();
      pauseMs = found > 0 ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (this.#waiters.length > 0 || this.#stopping) continue;
      // While a window is open there is nothing to hurry for: what comes meanwhile is read at its end.
      await this.#pause.for(this.#pending.length > 0 ? Math.max(this.#windowLeftMs(), SHORTEST_PAUSE_MS) : pauseMs);
    }
  }

  /** Reads once, hands over what is due, and tells those who waited before the read began whether it answers them. */
  async #turn(): Promise<number> {
    const waiting = this.#waiters.splice(0);
    try {
      const found = await this.#read();
      await this.#handOver(found === 0 && waiting.length > 0);
      if (found === 0 && this.#pending.length === 0) for (const waiter of waiting) waiter.resolve();
      else this.#waiters.unshift(...waiting);
      this.#broken = false;
      return found;
    } catch (error) {
      this.#release(waiting, error);
      return 0;
    }
  }

  /** Adds what is new to the pending records; says how many were new, accepted or not. */
  async #read(): Promise<number> {
    const records = await this.#shards.read();
    const accepted = records.map((record) => toLambdaRecord(record, this.#streamArn)).filter(this.#accepts);
    if (this.#pending.length === 0 && accepted.length > 0) this.#pendingSince = Date.now();
    this.#pending.push(...accepted);
    return records.length;
  }

  /** Hands over full batches, and the rest too when its window is over or somebody waits. */
  async #handOver(everything: boolean): Promise<void> {
    const { batchSize = 100, functionName, handler, maxAttempts = 3, retryDelayMs = 50 } = this.#options;
    while (!this.#stopping && this.#pending.length > 0) {
      if (this.#pending.length < batchSize && !everything && this.#windowLeftMs() > 0) return;
      const batch = this.#pending.splice(0, batchSize);
      await deliver(batch, {
        functionName,
        handler,
        maxAttempts,
        retryDelayMs,
        pause: (milliseconds) => this.#retryPause.for(milliseconds),
        stopping: () => this.#stopping,
        giveUp: (record, attempts, reason) => this.#giveUp(record, attempts, reason),
      });
      this.batches += 1;
    }
  }

  #windowLeftMs(): number {
    return this.#pendingSince + (this.#options.batchWindowMs ?? 0) - Date.now();
  }

  #giveUp(record: DynamoDBRecord, attempts: number, reason: string): void {
    const { functionName, table } = this.#options;
    this.#failures.push({ functionName, table, sequenceNumber: sequenceNumber(record), attempts, reason, record });
  }

  /** Nobody may wait for a stream that cannot be read; the first of a row of errors is logged. */
  #release(waiting: readonly Waiter[], error: unknown): void {
    for (const waiter of [...waiting, ...this.#waiters.splice(0)]) waiter.reject(error);
    if (!this.#broken && !this.#stopping)
      this.#options.log?.(`cannot read the stream of ${this.#options.table}`, error);
    this.#broken = true;
  }
}

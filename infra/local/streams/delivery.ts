import type { DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import * as z from "zod";
import { type LambdaHandler, lambdaContext } from "../lambda-context.ts";
import { sequenceNumber } from "./record.ts";

export interface DeliveryOptions {
  readonly functionName: string;
  readonly handler: LambdaHandler<DynamoDBStreamEvent>;
  /** How often a record is tried, the first time included, before it is given up. */
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
  /** Waits between attempts; comes back early when the stream is being stopped. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly stopping: () => boolean;
  readonly giveUp: (record: DynamoDBRecord, attempts: number, reason: string) => void;
}

interface Batch {
  readonly records: readonly DynamoDBRecord[];
  /** How often its first record has failed already. */
  readonly failures: number;
}

type Outcome =
  | { readonly kind: "done" }
  /** The handler named what failed: everything before `index` is done. */
  | { readonly kind: "failedFrom"; readonly index: number; readonly reason: string }
  /** The handler threw, or answered what Lambda would not understand: any record can be the culprit. */
  | { readonly kind: "failed"; readonly reason: string };

const LONGEST_DELAY_MS = 2_000;

/**
 * Hands records to a worker in order, as Lambda's event source does with partial failures, bisection and bounded retries
 * switched on: what was done stays done, a call that throws is halved until the culprit is alone, and a culprit that keeps
 * failing is put aside so that the records behind it pass. Never throws.
 */
export async function deliver(records: readonly DynamoDBRecord[], options: DeliveryOptions): Promise<void> {
  const waiting: Batch[] = records.length > 0 ? [{ records, failures: 0 }] : [];
  for (let batch = waiting.shift(); batch !== undefined && !options.stopping(); batch = waiting.shift()) {
    const outcome = await call(batch.records, options);
    if (outcome.kind === "done") continue;
    const again = next(batch, outcome, options);
    waiting.unshift(...again);
    if (again.length > 0) await options.pause(Math.min(options.retryDelayMs * 2 ** batch.failures, LONGEST_DELAY_MS));
  }
}

/** What is left to try of a batch that failed, in order. */
function next(batch: Batch, outcome: Exclude<Outcome, { kind: "done" }>, options: DeliveryOptions): Batch[] {
  if (outcome.kind === "failed" && batch.records.length > 1) {
    const middle = Math.ceil(batch.records.length / 2);
    return [
      { records: batch.records.slice(0, middle), failures: 0 },
      { records: batch.records.slice(middle), failures: 0 },
    ];
  }
  const index = outcome.kind === "failed" ? 0 : outcome.index;
  const failures = index > 0 ? 1 : batch.failures + 1;
  const rest = batch.records.slice(index);
  if (failures < options.maxAttempts) return [{ records: rest, failures }];
  const [culprit, ...others] = rest;
  if (culprit) options.giveUp(culprit, failures, outcome.reason);
  return others.length > 0 ? [{ records: others, failures: 0 }] : [];
}

const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

async function call(records: readonly DynamoDBRecord[], options: DeliveryOptions): Promise<Outcome> {
  try {
    // The handler gets copies, as it would over the wire: what it changes must not reach the next attempt.
    const event = { Records: structuredClone([...records]) };
    const answer = responseSchema.parse(await options.handler(event, lambdaContext(options.functionName)));
    const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      records.findIndex((record) => sequenceNumber(record) === itemIdentifier),
    );
    if (failed.length === 0) return { kind: "done" };
    const index = Math.min(...failed);
    // Lambda takes an unknown identifier for a failure of the whole batch.
    if (index < 0) return { kind: "failed", reason: "the handler named a failed record that is not in its batch" };
    return { kind: "failedFrom", index, reason: "the handler reported the record as failed" };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

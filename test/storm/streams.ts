import type { DynamoDBRecord } from "aws-lambda";
import * as z from "zod";
import { LiveRules } from "#app/crediting/live-rules.ts";
import { forDirty } from "#functions/_kit/stream-batch.ts";
import type { Ending, Scheduler, Task } from "./scheduler.ts";
import { Shards } from "./shards.ts";

/** What a stream's worker does with dirty subjects: returns those that it could not do. */
export type StreamWork<T> = (task: Task, subjects: readonly T[], liveRules: LiveRules) => Promise<readonly T[]>;

interface StreamRecord<T> {
  readonly subject: T;
  readonly sequence: number;
  readonly attempts: number;
}

/** After so many failures a record is put aside, until somebody sends it in again. */
const MOST_ATTEMPTS = 4;

const keysSchema = z.object({ name: z.object({ S: z.string() }) });

/**
 * A table's stream and the event source behind it, less orderly than a real one: batches are cut anywhere, several are with
 * workers at once, records come out of order and twice, a batch that failed is halved, a partial failure goes on
 * from its first record. Shards split, and their children are read before them.
 */
export class Stream<T> {
  readonly #scheduler: Scheduler;
  readonly #name: string;
  readonly #nameOf: (subject: T) => string;
  readonly #work: StreamWork<T>;
  readonly #isDeduped: boolean;
  readonly #subjects = new Map<string, T>();
  /** Compiled rules live as long as a function's container, which has one batch at a time. */
  readonly #containers: LiveRules[] = [];
  readonly #newContainer: () => LiveRules;
  readonly #shards = new Shards<StreamRecord<T>>();
  #again: (readonly StreamRecord<T>[])[] = [];
  #dead: StreamRecord<T>[] = [];
  #sequence = 0;

  constructor(
    scheduler: Scheduler,
    name: string,
    options: {
      readonly nameOf: (subject: T) => string;
      readonly work: StreamWork<T>;
      readonly newContainer?: (() => LiveRules) | undefined;
      readonly isDeduped?: boolean | undefined;
    },
  ) {
    this.#scheduler = scheduler;
    this.#name = name;
    this.#nameOf = options.nameOf;
    this.#work = options.work;
    this.#newContainer = options.newContainer ?? (() => new LiveRules());
    this.#isDeduped = options.isDeduped ?? true;
  }

  get backlog(): number {
    return this.#shards.backlog + this.#again.length;
  }

  add(subject: T): void {
    this.#sequence += 1;
    this.#subjects.set(this.#nameOf(subject), subject);
    this.#push({ subject, sequence: this.#sequence, attempts: 0 });
  }

  /** A shard splits, as busy ones do. */
  split(): void {
    const { random } = this.#scheduler;
    const isReadAgain = random.chance(50);
    if (!this.#shards.split((shards) => random.pick(shards), isReadAgain)) return;
    this.#scheduler.count("shard split");
    if (isReadAgain) this.#scheduler.count("shard read again");
  }

  /** Sends in again what was put aside. */
  redrive(): void {
    if (this.#dead.length > 0) this.#scheduler.count("redriven");
    for (const record of this.#dead.splice(0)) this.#push({ ...record, attempts: 0 });
  }

  /** Hands one batch to a worker. */
  async deliver(): Promise<void> {
    const batch = this.#nextBatch();
    if (batch.length === 0) return;
    const container = this.#containers.pop() ?? this.#newContainer();
    let failedFrom = Number.POSITIVE_INFINITY;
    await this.#scheduler.spawn(
      this.#name,
      async (task) => {
        for (const records of this.#isDeduped ? [batch] : batch.map((record) => [record])) {
          const { batchItemFailures } = await forDirty(
            records.map((record) => this.#wire(record)),
            { subjectOf: (keys) => this.#subjectOf(keys), nameOf: this.#nameOf },
            (subjects) => this.#work(task, subjects, container),
          );
          for (const { itemIdentifier } of batchItemFailures) {
            failedFrom = Math.min(
              failedFrom,
              batch.findIndex(({ sequence }) => String(sequence) === itemIdentifier),
            );
          }
        }
      },
      (ending) => {
        if (ending !== "killed" && ending !== "slow") this.#containers.push(container);
        this.#after(ending, batch, failedFrom);
      },
    );
  }

  #push(record: StreamRecord<T>): void {
    this.#shards.add(this.#nameOf(record.subject), record);
  }

  #nextBatch(): readonly StreamRecord<T>[] {
    const { random } = this.#scheduler;
    const shards = this.#shards.withRecords;
    if (this.#again.length > 0 && (shards.length === 0 || random.chance(40))) {
      return this.#again.splice(random.int(0, this.#again.length - 1), 1)[0] ?? [];
    }
    if (shards.length === 0) return [];
    const shard = random.pick(shards);
    const from = random.chance(50) ? 0 : random.int(0, shard.pending.length - 1);
    if (from > 0) this.#scheduler.count("re-ordered");
    const batch = shard.pending.splice(from, random.int(1, 6));
    this.#shards.taken(shard, batch);
    if (random.chance(10)) {
      this.#scheduler.count("record twice");
      this.#push(random.pick(batch));
    }
    return batch;
  }

  #after(ending: Ending, batch: readonly StreamRecord<T>[], failedFrom: number): void {
    if (ending === "done") {
      if (!Number.isFinite(failedFrom)) return;
      this.#scheduler.count("partial batch");
      this.#retry(batch.slice(failedFrom));
    } else if (ending === "slow") {
      this.#again.push(batch);
    } else if (batch.length > 1) {
      this.#scheduler.count("bisected batch");
      const middle = Math.ceil(batch.length / 2);
      this.#again.push(batch.slice(0, middle), batch.slice(middle));
    } else {
      this.#retry(batch);
    }
  }

  #retry([first, ...others]: readonly StreamRecord<T>[]): void {
    if (!first) return;
    const attempts = first.attempts + 1;
    if (attempts < MOST_ATTEMPTS) this.#again.push([{ ...first, attempts }, ...others]);
    else {
      this.#scheduler.count("dead letter");
      this.#dead.push(first);
      if (others.length > 0) this.#again.push(others);
    }
  }

  #wire({ subject, sequence }: StreamRecord<T>): DynamoDBRecord {
    return { dynamodb: { Keys: { name: { S: this.#nameOf(subject) } }, SequenceNumber: String(sequence) } };
  }

  #subjectOf(keys: unknown): T | undefined {
    return this.#subjects.get(keysSchema.parse(keys).name.S);
  }
}

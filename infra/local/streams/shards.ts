import { type _Record, ExpiredIteratorException, TrimmedDataAccessException } from "@aws-sdk/client-dynamodb-streams";
import type { StreamApi } from "./stream-api.ts";

/** Where the reading of one shard stands. */
interface Position {
  iterator: string | undefined;
  /** The last record read; where to go on when an iterator has expired. */
  lastSequence: string | undefined;
}

/**
 * Reads a stream from its beginning, shard by shard: a shard is opened once its parent has been read to its end, so changes
 * of one item arrive in the order in which they were made.
 */
export class ShardReader {
  readonly #api: StreamApi;
  readonly #open = new Map<string, Position>();
  readonly #finished = new Set<string>();
  #explored = false;

  constructor(api: StreamApi) {
    this.#api = api;
  }

  /**
   * What is new since the last call, at most a page a shard. Empty means: at some moment after the call began there was
   * nothing unread. DynamoDB Local writes the stream record in the transaction of the item, so a write that was answered
   * before the call is in the answer or in an earlier one.
   */
  async read(): Promise<_Record[]> {
    if (!this.#explored) await this.#explore();
    const records: _Record[] = [];
    for (const [shardId, position] of [...this.#open]) records.push(...(await this.#readShard(shardId, position)));
    // A shard that has just ended is followed by children which may hold records already: they belong to this answer.
    return this.#explored ? records : records.concat(await this.read());
  }

  async #readShard(shardId: string, position: Position): Promise<readonly _Record[]> {
    try {
      position.iterator ??= await this.#api.iterator(shardId, position.lastSequence);
      if (position.iterator === undefined) throw new Error(`the shard ${shardId} cannot be read`);
      const { records, next } = await this.#api.records(position.iterator);
      position.iterator = next;
      position.lastSequence = records.at(-1)?.dynamodb?.SequenceNumber ?? position.lastSequence;
      if (next === undefined) this.#finish(shardId);
      return records;
    } catch (error) {
      if (!(error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException)) throw error;
      // Records that were trimmed before they were read are gone; go on with the oldest that is left.
      if (error instanceof TrimmedDataAccessException) position.lastSequence = undefined;
      position.iterator = undefined;
      return this.#readShard(shardId, position);
    }
  }

  #finish(shardId: string): void {
    this.#open.delete(shardId);
    this.#finished.add(shardId);
    this.#explored = false;
  }

  /** Opens every shard that is not read yet and whose parent is read, or no longer listed. */
  async #explore(): Promise<void> {
    const shards = await this.#api.shards();
    const listed = new Set(shards.map((shard) => shard.ShardId));
    for (const { ShardId: id, ParentShardId: parent } of shards) {
      if (id === undefined || this.#finished.has(id) || this.#open.has(id)) continue;
      if (parent !== undefined && listed.has(parent) && !this.#finished.has(parent)) continue;
      this.#open.set(id, { iterator: undefined, lastSequence: undefined });
    }
    this.#explored = true;
  }
}

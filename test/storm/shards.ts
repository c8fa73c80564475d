/** The shards of a stream: parts of the keys, each with its records in order, which split while records are on their way. */

export interface Shard<R> {
  /** Keys from here on, and up to here; out of {@link WIDTH}. */
  readonly from: number;
  readonly to: number;
  isOpen: boolean;
  readonly pending: R[];
  /** The last few that were handed out: who starts reading a shard again from its last checkpoint gets them again. */
  handedOut: R[];
}

const WIDTH = 2 ** 16;
const REMEMBERED = 4;

export class Shards<R> {
  #shards: Shard<R>[] = [shardOf(0, WIDTH)];

  get backlog(): number {
    return this.#shards.reduce((sum, { pending }) => sum + pending.length, 0);
  }

  get withRecords(): readonly Shard<R>[] {
    return this.#shards.filter(({ pending }) => pending.length > 0);
  }

  add(key: string, record: R): void {
    const at = positionOf(key);
    this.#shards.find(({ isOpen, from, to }) => isOpen && from <= at && at < to)?.pending.push(record);
  }

  taken(shard: Shard<R>, batch: readonly R[]): void {
    shard.handedOut = [...shard.handedOut, ...batch].slice(-REMEMBERED);
  }

  /** Closes an open shard: what comes goes to its two children, and nobody waits for the parent to be read to its end. */
  split(pick: (shards: readonly Shard<R>[]) => Shard<R>, isReadAgain: boolean): boolean {
    const wide = this.#shards.filter(({ isOpen, from, to }) => isOpen && to - from > 1);
    if (wide.length === 0) return false;
    const parent = pick(wide);
    parent.isOpen = false;
    const middle = Math.floor((parent.from + parent.to) / 2);
    if (isReadAgain) parent.pending.unshift(...parent.handedOut);
    this.#shards = [
      ...this.#shards.filter((shard) => shard.isOpen || shard.pending.length > 0),
      shardOf(parent.from, middle),
      shardOf(middle, parent.to),
    ];
    return true;
  }
}

function shardOf<R>(from: number, to: number): Shard<R> {
  return { from, to, isOpen: true, pending: [], handedOut: [] };
}

/** FNV-1a, of which the low bits do. */
function positionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 8) % WIDTH;
}

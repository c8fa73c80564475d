import { type _Record, ExpiredIteratorException, type Shard } from "@aws-sdk/client-dynamodb-streams";
import { describe, expect, it } from "vitest";
import { ShardReader } from "#infra/local/streams/shards.ts";
import type { StreamApi } from "#infra/local/streams/stream-api.ts";

/** A stream as it is on paper: shards with their records, closed ones with an end. Iterators are `shard:position`. */
class PaperStream implements StreamApi {
  readonly #shards = new Map<string, { parent: string | undefined; records: string[]; closed: boolean }>();
  readonly expired = new Set<string>();
  readonly asked: string[] = [];

  shard(id: string, parent?: string): { write(...names: string[]): void; close(): void } {
    const shard = { parent, records: Array.of<string>(), closed: false };
    this.#shards.set(id, shard);
    return {
      write: (...names) => void shard.records.push(...names),
      close: () => {
        shard.closed = true;
      },
    };
  }

  async shards(): Promise<Shard[]> {
    return [...this.#shards].map(([ShardId, { parent }]) => ({ ShardId, ParentShardId: parent }));
  }

  async iterator(shardId: string, after: string | undefined): Promise<string> {
    const start = after === undefined ? 0 : (this.#shards.get(shardId)?.records.indexOf(after) ?? -1) + 1;
    return `${shardId}:${start}`;
  }

  async records(iterator: string): Promise<{ records: readonly _Record[]; next: string | undefined }> {
    this.asked.push(iterator);
    if (this.expired.delete(iterator)) throw new ExpiredIteratorException({ message: "too old", $metadata: {} });
    const [id = "", position] = iterator.split(":");
    const shard = this.#shards.get(id);
    const names = shard?.records.slice(Number(position)) ?? [];
    const next = shard?.closed ? undefined : `${id}:${Number(position) + names.length}`;
    return { records: names.map((name) => ({ dynamodb: { SequenceNumber: name } })), next };
  }
}

const namesOf = (records: readonly _Record[]) => records.map((record) => record.dynamodb?.SequenceNumber);

describe("reading a stream shard by shard", () => {
  it("reads children after their parent has ended, and in the same answer", async () => {
    const stream = new PaperStream();
    const first = stream.shard("b");
    first.write("1", "2");
    const reader = new ShardReader(stream);
    expect(namesOf(await reader.read())).toEqual(["1", "2"]);

    stream.shard("a", "b").write("4");
    stream.shard("c", "b").write("5");
    first.write("3");
    first.close();
    expect(namesOf(await reader.read())).toEqual(["3", "4", "5"]);
    expect(await reader.read()).toEqual([]);
    expect(stream.asked.filter((iterator) => iterator.startsWith("b"))).toHaveLength(2);
  });

  it("begins with the children when the parent is no longer kept", async () => {
    const stream = new PaperStream();
    stream.shard("child", "forgotten").write("9");
    expect(namesOf(await new ShardReader(stream).read())).toEqual(["9"]);
  });

  it("goes on after the last record when an iterator has expired", async () => {
    const stream = new PaperStream();
    const shard = stream.shard("a");
    shard.write("1", "2");
    const reader = new ShardReader(stream);
    await reader.read();
    shard.write("3");
    stream.expired.add("a:2");
    expect(namesOf(await reader.read())).toEqual(["3"]);
  });
});

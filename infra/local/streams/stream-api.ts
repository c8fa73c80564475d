import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";

/** The three calls with which a stream is read. */
export interface StreamApi {
  shards(): Promise<Shard[]>;
  /** Where to read on in a shard: after a sequence number, or from the oldest record it holds. */
  iterator(shardId: string, after: string | undefined): Promise<string | undefined>;
  /** A page, and the iterator of the next; without one the shard is at its end. */
  records(iterator: string): Promise<{ records: readonly _Record[]; next: string | undefined }>;
}

const PAGE_SIZE = 1_000;

export function streamApi(client: DynamoDBStreamsClient, streamArn: string): StreamApi {
  return {
    async shards() {
      const shards: Shard[] = [];
      let after: string | undefined;
      do {
        const command = new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: after });
        const { StreamDescription: page } = await client.send(command);
        shards.push(...(page?.Shards ?? []));
        after = page?.LastEvaluatedShardId;
      } while (after !== undefined);
      return shards;
    },

    async iterator(shardId, after) {
      const answer = await client.send(
        new GetShardIteratorCommand({
          StreamArn: streamArn,
          ShardId: shardId,
          ...(after === undefined
            ? { ShardIteratorType: "TRIM_HORIZON" }
            : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after }),
        }),
      );
      return answer.ShardIterator;
    },

    async records(iterator) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: PAGE_SIZE }));
      return { records: page.Records ?? [], next: page.NextShardIterator };
    },
  };
}

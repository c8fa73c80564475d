import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, expect, inject, it } from "vitest";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { creditOfStreamKeys, factOfStreamKeys } from "#adapters/dynamodb/keys.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { credit, fact, ODD_IDS, PLACE, progress, total } from "./suites/samples.ts";

const client = localClient();
const streams = new DynamoDBStreamsClient({ ...LOCAL_CLIENT_CONFIG, endpoint: inject("dynamodbEndpoint") });
afterAll(() => streams.destroy());

/** The keys of all records of a table's stream, oldest first. */
async function streamedKeys(TableName: string): Promise<unknown[]> {
  const { Streams: [stream] = [] } = await streams.send(new ListStreamsCommand({ TableName }));
  const StreamArn = stream?.StreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const keys: unknown[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const start = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" });
    const { ShardIterator } = await streams.send(start);
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    for (const { dynamodb } of Records) {
      expect(dynamodb?.NewImage).toBeUndefined();
      keys.push(dynamodb?.Keys);
    }
  }
  return keys;
}

it("the stream of facts says which facts have a new version, and of nothing else", async () => {
  const { facts } = await freshTables();
  const store = new DynamoFactStore(client, facts);
  for (const externalId of ODD_IDS) await store.put(fact({ externalId }));
  await store.put(fact({ externalId: "plain", amount: "1.00" }));
  const delivery = {
    source: "pos",
    deliveryId: "d",
    body: "x",
    reason: "not JSON",
    receivedAt: "2018-05-01T00:00:00Z",
  };
  await store.putUnreadable(delivery);
  const found = (await streamedKeys(facts)).map(factOfStreamKeys);
  const expected = ODD_IDS.map((externalId) => ({ source: "pos", externalId }));
  expect(found).toEqual([...expected, undefined, undefined]);
});

it("the stream of derived data says whose credits changed where, and nothing of the roll-up's own writes", async () => {
  const { derived } = await freshTables();
  const store = new DynamoDerivedStore(client, derived);
  for (const participantId of ODD_IDS) await store.setCredit(credit({ participantId }));
  await store.setProgress(progress());
  await store.setTotal(total());
  const found = (await streamedKeys(derived)).map(creditOfStreamKeys);
  const expected = ODD_IDS.map((participantId) => ({ campaign: "travel", place: PLACE, participantId }));
  expect(found).toEqual([...expected, undefined, undefined]);
});

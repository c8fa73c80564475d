import { GetCommand, PutCommand, QueryCommand, ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { UnitMeter } from "#adapters/dynamodb/units.ts";
import { freshTables, localClient } from "#test/fixtures/tables.ts";
import { credit, fact, progress } from "./suites/samples.ts";
import { times } from "./suites/tools.ts";

const client = localClient();
const plain = localClient();
const meter = new UnitMeter();
meter.attach(client);

describe("the unit meter", () => {
  let tables: Awaited<ReturnType<typeof freshTables>>;
  beforeEach(async () => {
    tables = await freshTables();
    meter.reset();
  });

  it("says what DynamoDB Local says, for items around the edges of units", async () => {
    const TableName = tables.plans;
    const items = [1_000, 1_010, 1_024, 2_048, 4_080, 4_096, 9_000].map((length, index) => ({
      PK: "same",
      SK: String(index),
      text: "南".repeat(length / 3 - 20),
      numbers: [0, -1, 12.5, 1e9, index, 123_456_789],
      nested: { map: { yes: true, nothing: null }, bytes: new Uint8Array(17) },
    }));
    let writes = 0;
    let reads = 0;
    for (const Item of items) {
      const put = await client.send(new PutCommand({ TableName, Item, ReturnConsumedCapacity: "TOTAL" }));
      writes += put.ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      expect(meter.of(TableName)).toEqual({ writes, reads });
      for (const ConsistentRead of [true, false]) {
        const Key = { PK: Item.PK, SK: Item.SK };
        const get = await client.send(
          new GetCommand({ TableName, Key, ConsistentRead, ReturnConsumedCapacity: "TOTAL" }),
        );
        reads += get.ConsumedCapacity?.CapacityUnits ?? Number.NaN;
        expect(meter.of(TableName)).toEqual({ writes, reads });
      }
    }
    const query = new QueryCommand({
      TableName,
      KeyConditionExpression: "PK = :pk",
      ExpressionAttributeValues: { ":pk": "same" },
      ReturnConsumedCapacity: "TOTAL",
    });
    reads += (await client.send(query)).ConsumedCapacity?.CapacityUnits ?? Number.NaN;
    expect(meter.of(TableName)).toEqual({ writes, reads });
    const scan = new ScanCommand({ TableName, ConsistentRead: true, ReturnConsumedCapacity: "TOTAL" });
    reads += (await client.send(scan)).ConsumedCapacity?.CapacityUnits ?? Number.NaN;
    expect(meter.of(TableName)).toEqual({ writes, reads });
    const Item = { PK: "transaction", SK: "1" };
    await client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] }));
    expect(meter.of(TableName)).toEqual({ writes: writes + 2, reads });
    expect(meter.total()).toEqual({ writes: writes + 2, reads });
  });

  it("counts a sale's way through the tables as one unit each for fact, credit and progress", async () => {
    await new DynamoFactStore(client, tables.facts).put(
      fact({ attributes: { entry: "qr", insured: 2, renewal: false } }),
    );
    const derived = new DynamoDerivedStore(client, tables.derived);
    await derived.setCredit(credit());
    await derived.setProgress(progress());
    expect(meter.of(tables.facts)).toEqual({ writes: 1, reads: 0 });
    expect(meter.of(tables.derived)).toEqual({ writes: 2, reads: 0 });
  });

  it("counts writes that were refused: they are billed", async () => {
    await new DynamoFactStore(plain, tables.facts).put(fact());
    await new DynamoFactStore(client, tables.facts).put(fact());
    expect(meter.total()).toEqual({ writes: 1, reads: 0 });
  });

  it("counts a release of nothing as a look, not as a write", async () => {
    await new DynamoDerivedStore(client, tables.derived).release(fact(), 1);
    expect(meter.total()).toEqual({ writes: 0, reads: 1 });
  });

  it("counts batches item by item", async () => {
    const units = times(60, (index) => ({ unit: `u-${index}`, parent: null, level: "branch", name: "x" }));
    await new DynamoPlanStore(client, tables.plans).putUnits(units);
    expect(meter.of(tables.plans).writes).toBe(60);
  });
});

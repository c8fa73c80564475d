import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { transact } from "#adapters/dynamodb/transaction.ts";
import { LOCAL_CLIENT_CONFIG } from "#infra/local/dynamodb.ts";
import { fakeAws } from "./suites/fake-aws.ts";

/** What DynamoDB answers under load, which DynamoDB Local does not: cancellations with other reasons than a condition. */

let answers: (readonly string[])[] = [];
let tokens: unknown[] = [];
const endpoint = fakeAws(({ headers, body }) => {
  expect(headers["x-amz-target"]).toBe("DynamoDB_20120810.TransactWriteItems");
  tokens.push(JSON.parse(body.toString()).ClientRequestToken);
  const reasons = answers.length > 1 ? answers.shift() : answers[0];
  const type = { "content-type": "application/x-amz-json-1.0" };
  if (reasons === undefined) return { status: 200, headers: type, body: "{}" };
  const cancelled = {
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    Message: "Transaction cancelled",
    CancellationReasons: reasons.map((Code) => ({ Code })),
  };
  return { status: 400, headers: type, body: JSON.stringify(cancelled) };
});

const items = [{ Put: { TableName: "t", Item: { PK: "a", SK: "b" } } }];
const send = () =>
  transact(DynamoDBDocumentClient.from(new DynamoDBClient({ ...LOCAL_CLIENT_CONFIG, endpoint: endpoint() })), items);

beforeEach(() => {
  answers = [];
  tokens = [];
});

describe("a transaction", () => {
  it("that is written is done", async () => {
    expect(await send()).toBe("done");
    expect(tokens).toHaveLength(1);
  });

  it("whose condition does not hold is refused at once, also when a rival writes", async () => {
    answers = [["None", "ConditionalCheckFailed"]];
    expect(await send()).toBe("refused");
    answers = [["TransactionConflict", "ConditionalCheckFailed"]];
    expect(await send()).toBe("refused");
    expect(tokens).toHaveLength(2);
  });

  it("that meets a rival or a limit of speed is tried again, as a new request", async () => {
    const rivals = [["TransactionConflict", "None"], ["ThrottlingError"], ["None", "ProvisionedThroughputExceeded"]];
    answers = [...rivals, ["ConditionalCheckFailed"]];
    expect(await send()).toBe("refused");
    expect(new Set(tokens).size).toBe(4);
  });

  it("that meets rivals every time ends, and says that it was busy", async () => {
    answers = [["TransactionConflict"]];
    expect(await send()).toBe("busy");
    expect(tokens.length).toBeGreaterThan(5);
    expect(tokens.length).toBeLessThan(20);
  }, 20_000);

  it("that can never succeed is an error, not a refusal", async () => {
    for (const reasons of [["ValidationError", "None"], ["ItemCollectionSizeLimitExceeded"], []]) {
      answers = [reasons];
      await expect(send(), reasons.join()).rejects.toThrow("cancelled");
    }
  });
});

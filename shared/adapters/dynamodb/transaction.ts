import { randomUUID } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

export type TransactionItems = NonNullable<TransactWriteCommandInput["TransactItems"]>;

/**
 * What came of a transaction: all was written; or nothing was, because a condition did not hold (asking again would not
 * help), or because others wrote the same items in each of our attempts.
 */
export type TransactionOutcome = "done" | "refused" | "busy";

/** Cancelled for these, the same transaction can succeed a moment later. */
const PASSING = ["None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];

/** About four seconds in all, before a caller is told that too many write at once. */
const ATTEMPTS = 14;
const FIRST_DELAY_MS = 10;
const LONGEST_DELAY_MS = 500;

/**
 * Writes all items or none. DynamoDB cancels a transaction both for a condition that does not hold and for a rival that
 * writes the same item just then; only the reasons tell which. The first is an answer, the second is tried again after a
 * pause of random length, so that rivals part.
 */
export async function transact(client: DynamoDBDocumentClient, items: TransactionItems): Promise<TransactionOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(attempt);
    const outcome = await transactOnce(client, items);
    if (outcome !== "busy") return outcome;
  }
  return "busy";
}

async function transactOnce(client: DynamoDBDocumentClient, items: TransactionItems): Promise<TransactionOutcome> {
  try {
    // The token is one attempt's: the SDK sends it again when an answer was lost, and DynamoDB then writes nothing twice.
    await client.send(new TransactWriteCommand({ TransactItems: items, ClientRequestToken: randomUUID() }));
    return "done";
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? "None");
    if (codes.includes("ConditionalCheckFailed")) return "refused";
    if (codes.length > 0 && codes.every((code) => PASSING.includes(code))) return "busy";
    throw error;
  }
}

async function pause(attempt: number): Promise<void> {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, longest * (0.25 + 0.75 * Math.random())));
}

import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

const ATTEMPTS = 3;
const CONNECTION_MS = 3_000;
const REQUEST_MS = 10_000;
/** The SDK waits longer before each further attempt: at most 1 and 2 seconds when it was throttled. */
const BACK_OFF_MS = 3_000;

/**
 * How long a call can take before it has failed for its caller. Whoever stamps a fact with the time writes it in one call, so it
 * is stored within this time or not at all: what a settlement waits after a cut-off (`INTAKE_SETTLING_MS`) is longer.
 */
export const CALL_MOST_MS = ATTEMPTS * (CONNECTION_MS + REQUEST_MS) + BACK_OFF_MS;

/** The client every store is given: plain values in and out, absent fields left out of the item, and no call without an end. */
export function documentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
    ...config,
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

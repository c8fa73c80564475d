import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";

/** Lambda's longest run, and what an invocation here may take before it counts as stuck. */
const DEFAULT_TIMEOUT_MS = 900_000;

/** The second argument that Lambda gives a handler. Nothing here enforces the deadline; it only tells how much is left. */
export function lambdaContext(functionName: string, timeoutMs = DEFAULT_TIMEOUT_MS): Context {
  const deadline = Date.now() + timeoutMs;
  const refuse = () => {
    throw new Error("the callback style of handlers is not supported: return a promise");
  };
  return {
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: "1024",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: refuse,
    fail: refuse,
    succeed: refuse,
  };
}

/** A handler as the local cloud calls it: middy's and plain ones both fit. What it answers is parsed, not trusted. */
export type LambdaHandler<Event> = (event: Event, context: Context) => unknown;

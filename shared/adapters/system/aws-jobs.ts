import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Jobs } from "#ports/system.ts";
import { systemClock } from "./clock.ts";
import { type JobFunctions, LambdaJobs } from "./jobs-lambda.ts";

/** Durable functions, with a client of its own; region and credentials are the environment's. */
export function awsJobs(functions: JobFunctions): Jobs {
  return new LambdaJobs(new LambdaClient({}), functions, systemClock);
}

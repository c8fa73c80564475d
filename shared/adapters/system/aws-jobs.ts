import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Jobs, ReconciliationJobs } from "#ports/system.ts";
import { systemClock } from "./clock.ts";
import { type JobFunctions, LambdaJobs, LambdaReconciliations } from "./jobs-lambda.ts";

/** Durable functions, with a client of its own; region and credentials are the environment's. */
export function awsJobs(functions: JobFunctions): Jobs {
  return new LambdaJobs(new LambdaClient({}), functions, systemClock);
}

/** The same for looks at what was derived. */
export function awsReconciliations(reconcile: string): ReconciliationJobs {
  return new LambdaReconciliations(new LambdaClient({}), reconcile, systemClock);
}

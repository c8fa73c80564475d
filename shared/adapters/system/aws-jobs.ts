import { LambdaClient } from "@aws-sdk/client-lambda";
import type { ImportJobs } from "#ports/imports.ts";
import type { Jobs, ReconciliationJobs } from "#ports/system.ts";
import { systemClock } from "./clock.ts";
import { type JobFunctions, LambdaImports, LambdaJobs, LambdaReconciliations } from "./jobs-lambda.ts";

/** Durable functions, with a client of its own; region and credentials are the environment's. */
export function awsJobs(functions: JobFunctions): Jobs {
  return new LambdaJobs(new LambdaClient({}), functions, systemClock);
}

/** The same for imports of files. */
export function awsImports(imports: string): ImportJobs {
  return new LambdaImports(new LambdaClient({}), imports);
}

/** The same for looks at what was derived. */
export function awsReconciliations(reconcile: string): ReconciliationJobs {
  return new LambdaReconciliations(new LambdaClient({}), reconcile, systemClock);
}

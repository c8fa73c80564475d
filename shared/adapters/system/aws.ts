import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { FileStore, Jobs, SecretStore } from "#ports/system.ts";
import { systemClock } from "./clock.ts";
import { S3FileStore } from "./files-s3.ts";
import { type JobFunctions, LambdaJobs } from "./jobs-lambda.ts";
import { SecretsManagerStore } from "./secrets-manager.ts";

/** The adapters of AWS services with clients of their own; region and credentials are the environment's. */

export function awsFiles(bucket: string): FileStore {
  return new S3FileStore(new S3Client({}), bucket);
}

export function awsJobs(functions: JobFunctions): Jobs {
  return new LambdaJobs(new LambdaClient({}), functions, systemClock);
}

/** Only secrets below `prefix` are asked for: a source's registration must not name any secret of the account. */
export function awsSecrets(prefix: string): SecretStore {
  const store = new SecretsManagerStore(new SecretsManagerClient({}), systemClock);
  return { secret: async (name) => (name.startsWith(prefix) ? store.secret(name) : undefined) };
}

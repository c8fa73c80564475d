import { documentClient } from "#adapters/dynamodb/client.ts";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { awsSecrets } from "#adapters/system/aws-secrets.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import type { FileStore, SecretStore } from "#ports/system.ts";
import { type Environment, given } from "./environment.ts";
import { once } from "./once.ts";

/**
 * Each dependency by itself, so that a function's bundle holds only those it asks for; those of money and of the API are in
 * `ledger-parts.ts`. One client serves all stores; its connections are kept alive between invocations.
 */

let client: ReturnType<typeof documentClient> | undefined;
export function database() {
  client ??= documentClient();
  return client;
}

export function factsOf(environment: Environment): FactStore {
  return new DynamoFactStore(database(), given(environment, "LAUREL_FACTS_TABLE"));
}

export function derivedOf(environment: Environment): DerivedStore {
  return new DynamoDerivedStore(database(), given(environment, "LAUREL_DERIVED_TABLE"));
}

export function plansOf(environment: Environment): PlanStore {
  return new DynamoPlanStore(database(), given(environment, "LAUREL_PLANS_TABLE"));
}

export function secretsOf(environment: Environment): SecretStore {
  return awsSecrets(given(environment, "LAUREL_SECRETS_PREFIX"));
}

/** The SDK's client of files is loaded with the first file. */
export function filesOf(environment: Environment): FileStore {
  const bucket = given(environment, "LAUREL_FILES_BUCKET");
  const store = once(async () => (await import("#adapters/system/aws-files.ts")).awsFiles(bucket));
  return {
    put: async (key, body, contentType) => (await store()).put(key, body, contentType),
    get: async (key) => (await store()).get(key),
  };
}

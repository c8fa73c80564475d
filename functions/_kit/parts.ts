import { documentClient } from "#adapters/dynamodb/client.ts";
import { DynamoDeliveryLog } from "#adapters/dynamodb/delivery-log.ts";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoOrderLines } from "#adapters/dynamodb/order-lines.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { vendors } from "#adapters/pos/vendors.ts";
import { systemClock } from "#adapters/system/clock.ts";
import type { HearsSources } from "#app/intake/receive-vendor.ts";
import type { DeliveryLog } from "#ports/delivery-log.ts";
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

/** The SDK's client of secrets is loaded with the first secret. */
export function secretsOf(environment: Environment): SecretStore {
  const prefix = given(environment, "LAUREL_SECRETS_PREFIX");
  const store = once(async () => (await import("#adapters/system/aws-secrets.ts")).awsSecrets(prefix));
  return { secret: async (name) => (await store()).secret(name) };
}

export function deliveriesOf(environment: Environment): DeliveryLog {
  return new DynamoDeliveryLog(database(), given(environment, "LAUREL_DERIVED_TABLE"), systemClock);
}

/** What hears sources of every kind. Vendors' adapters, and what asks them, are loaded with the first that is needed. */
export function sourcesOf(environment: Environment): HearsSources {
  const orders = once(async () => {
    const [{ HttpOrders }, { httpJson }, aws] = await Promise.all([
      import("#adapters/pos/http-orders.ts"),
      import("#adapters/pos/http-json.ts"),
      import("#adapters/system/aws-secrets.ts"),
    ]);
    const secrets = aws.awsSecrets(given(environment, "LAUREL_VENDOR_SECRETS_PREFIX"));
    return new HttpOrders({ secrets, call: httpJson(), clock: systemClock });
  });
  return {
    vendors,
    vendorOrders: { fetch: async (source, request) => (await orders()).fetch(source, request) },
    orderLines: new DynamoOrderLines(database(), given(environment, "LAUREL_FACTS_TABLE")),
    deliveries: deliveriesOf(environment),
  };
}

/** The SDK's client of files is loaded with the first file. */
export function filesOf(environment: Environment): FileStore {
  const bucket = given(environment, "LAUREL_FILES_BUCKET");
  const store = once(async () => (await import("#adapters/system/aws-files.ts")).awsFiles(bucket));
  return {
    put: async (key, body, contentType) => (await store()).put(key, body, contentType),
    get: async (key) => (await store()).get(key),
    list: async (folder, page) => (await store()).list(folder, page),
  };
}

import { documentClient } from "#adapters/dynamodb/client.ts";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { DynamoReservationStore } from "#adapters/dynamodb/reservation-store.ts";
import { awsSecrets } from "#adapters/system/aws-secrets.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import type { DerivedStore } from "#ports/derived-store.ts";
import type { FactStore } from "#ports/fact-store.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import type { PlanStore } from "#ports/plan-store.ts";
import type { ReservationStore } from "#ports/reservation-store.ts";
import type { FileStore, Identity, Jobs, PayoutWriter, SecretStore } from "#ports/system.ts";
import { type Environment, given } from "./environment.ts";
import { once } from "./once.ts";

/**
 * Each dependency by itself, so that a function's bundle holds only those it asks for. What few calls need is loaded when the
 * first one does: a cold start pays for what it uses. One client serves all stores; its connections are kept alive between
 * invocations.
 */

let client: ReturnType<typeof documentClient> | undefined;
function database() {
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

export function ledgerOf(environment: Environment): LedgerStore {
  return new DynamoLedgerStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

/** Reservations lie beside the ledger: they are never lost either. */
export function reservationsOf(environment: Environment): ReservationStore {
  return new DynamoReservationStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

export function filesOf(environment: Environment): FileStore {
  const bucket = given(environment, "LAUREL_FILES_BUCKET");
  const store = once(async () => (await import("#adapters/system/aws-files.ts")).awsFiles(bucket));
  return {
    put: async (key, body, contentType) => (await store()).put(key, body, contentType),
    get: async (key) => (await store()).get(key),
  };
}

export function secretsOf(environment: Environment): SecretStore {
  return awsSecrets(given(environment, "LAUREL_SECRETS_PREFIX"));
}

export function jobsOf(environment: Environment): Jobs {
  const functions = {
    settle: given(environment, "LAUREL_SETTLE_FUNCTION"),
    rebuild: given(environment, "LAUREL_REBUILD_FUNCTION"),
  };
  const jobs = once(async () => (await import("#adapters/system/aws-jobs.ts")).awsJobs(functions));
  return {
    startSettlement: async (request) => (await jobs()).startSettlement(request),
    wakeSettlement: async (callbackId) => (await jobs()).wakeSettlement(callbackId),
    startRebuild: async (campaign, epoch) => (await jobs()).startRebuild(campaign, epoch),
  };
}

export function identityOf(environment: Environment): Identity {
  return new JwtIdentity(
    {
      issuer: given(environment, "LAUREL_JWT_ISSUER"),
      audience: given(environment, "LAUREL_JWT_AUDIENCE"),
      keys: { jwksUri: given(environment, "LAUREL_JWKS_URI") },
    },
    systemClock,
  );
}

export function payoutWriterOf(): PayoutWriter {
  const writer = once(() => import("#adapters/files/payout-file.ts"));
  return {
    csv: async (payouts, meta) => (await writer()).payoutCsv(payouts, meta),
    xlsx: async (payouts, meta) => (await writer()).payoutXlsx(payouts, meta),
  };
}

import { DynamoAccountStore } from "#adapters/dynamodb/account-store.ts";
import { DynamoAnswerStore } from "#adapters/dynamodb/answer-store.ts";
import { DynamoApprovalStore } from "#adapters/dynamodb/approval-store.ts";
import { DynamoAuditStore } from "#adapters/dynamodb/audit-store.ts";
import { DynamoDisputeStore } from "#adapters/dynamodb/dispute-store.ts";
import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { DynamoReservationStore } from "#adapters/dynamodb/reservation-store.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { claimMappingSchema } from "#adapters/system/identity-claims.ts";
import { JwtIdentity } from "#adapters/system/identity-jwt.ts";
import type { AccountStore } from "#ports/account-store.ts";
import type { AnswerStore } from "#ports/answer-store.ts";
import type { ApprovalStore } from "#ports/approval-store.ts";
import type { AuditStore } from "#ports/audit-store.ts";
import type { DisputeStore } from "#ports/dispute-store.ts";
import type { LedgerStore } from "#ports/ledger-store.ts";
import type { ReservationStore } from "#ports/reservation-store.ts";
import type { Identity, Jobs, PayoutWriter, ReconciliationJobs } from "#ports/system.ts";
import { type Environment, given } from "./environment.ts";
import { once } from "./once.ts";
import { database } from "./parts.ts";

/**
 * What only the API, the settlement and the clock use. The ledger's store brings the schemas of lines and traces with it, so it is
 * apart from what every function has. What few calls need is loaded when the first one does: a cold start pays for what it uses.
 */

export function ledgerOf(environment: Environment): LedgerStore {
  return new DynamoLedgerStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

/** Answers of calls lie beside the plans, and expire there. */
export function answersOf(environment: Environment): AnswerStore {
  return new DynamoAnswerStore(database(), given(environment, "LAUREL_PLANS_TABLE"));
}

/** Who has signed in lies there too. */
export function accountsOf(environment: Environment): AccountStore {
  return new DynamoAccountStore(database(), given(environment, "LAUREL_PLANS_TABLE"));
}

/** Reservations lie beside the ledger: they are never lost either. */
export function reservationsOf(environment: Environment): ReservationStore {
  return new DynamoReservationStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

/** So do disputes. */
export function disputesOf(environment: Environment): DisputeStore {
  return new DynamoDisputeStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

/** The audit lies beside the ledger, where no function may delete and only limits may be updated. */
export function auditOf(environment: Environment): AuditStore {
  return new DynamoAuditStore(database(), given(environment, "LAUREL_LEDGER_TABLE"));
}

export function approvalsOf(environment: Environment): ApprovalStore {
  return new DynamoApprovalStore(database(), given(environment, "LAUREL_PLANS_TABLE"));
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
    startRebuild: async (campaign, epoch, attempt) => (await jobs()).startRebuild(campaign, epoch, attempt),
  };
}

export function reconciliationsOf(environment: Environment): ReconciliationJobs {
  const reconcile = given(environment, "LAUREL_RECONCILE_FUNCTION");
  const jobs = once(async () => (await import("#adapters/system/aws-jobs.ts")).awsReconciliations(reconcile));
  return { startReconciliation: async (request) => (await jobs()).startReconciliation(request) };
}

/** The audience is one or several with commas between; the claims' names are JSON, our own where nothing is said. */
export function identityOf(environment: Environment): Identity {
  const claims = environment.LAUREL_JWT_CLAIMS;
  return new JwtIdentity(
    {
      issuer: given(environment, "LAUREL_JWT_ISSUER"),
      audience: given(environment, "LAUREL_JWT_AUDIENCE").split(","),
      keys: { jwksUri: given(environment, "LAUREL_JWKS_URI") },
      ...(claims === undefined ? {} : { claims: claimMappingSchema.parse(JSON.parse(claims)) }),
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

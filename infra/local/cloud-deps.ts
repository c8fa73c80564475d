import { join } from "node:path";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoAccountStore } from "#adapters/dynamodb/account-store.ts";
import { DynamoAnswerStore } from "#adapters/dynamodb/answer-store.ts";
import { DynamoApprovalStore } from "#adapters/dynamodb/approval-store.ts";
import { DynamoAuditStore } from "#adapters/dynamodb/audit-store.ts";
import { DynamoDeliveryLog } from "#adapters/dynamodb/delivery-log.ts";
import { DynamoDerivedStore } from "#adapters/dynamodb/derived-store.ts";
import { DynamoDisputeStore } from "#adapters/dynamodb/dispute-store.ts";
import { DynamoFactStore } from "#adapters/dynamodb/fact-store.ts";
import { DynamoLayoutStore } from "#adapters/dynamodb/layout-store.ts";
import { DynamoLedgerStore } from "#adapters/dynamodb/ledger-store.ts";
import { DynamoOrderLines } from "#adapters/dynamodb/order-lines.ts";
import { DynamoOutboxStore } from "#adapters/dynamodb/outbox-store.ts";
import { DynamoPlanStore } from "#adapters/dynamodb/plan-store.ts";
import { DynamoReservationStore } from "#adapters/dynamodb/reservation-store.ts";
import { TABLES } from "#adapters/dynamodb/table.ts";
import { payoutCsv, payoutXlsx } from "#adapters/files/payout-file.ts";
import { payoutLayoutFile } from "#adapters/files/payout-layout-file.ts";
import { vendors } from "#adapters/pos/vendors.ts";
import { systemClock } from "#adapters/system/clock.ts";
import { DirectoryFileStore } from "#adapters/system/files-directory.ts";
import { MemoryFileStore } from "#adapters/system/files-memory.ts";
import type { KeepsAccounts } from "#app/accounts.ts";
import type { EdgeDeps } from "#app/deps.ts";
import type { KeepsDisputes } from "#app/disputes/keeps-disputes.ts";
import type { StartsImports } from "#app/imports/request-import.ts";
import type { HearsSources } from "#app/intake/receive-vendor.ts";
import type { TellsOthers } from "#app/outward/deps.ts";
import type { KeepsLayouts } from "#app/payout-layouts/layouts.ts";
import type { StartsReconciliations } from "#app/reconciliation/request-reconciliation.ts";
import type { ImportJobs, UploadLinks } from "#ports/imports.ts";
import type { Clock, FileStore, Identity, Jobs, ReconciliationJobs, SecretStore } from "#ports/system.ts";

/** Every table of a local cloud is named with this in front. */
export const TABLE_PREFIX = "laurel-local-";

export interface LocalParts {
  readonly client: DynamoDBDocumentClient;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly secrets: SecretStore;
  readonly jobs: Jobs;
  readonly reconciliations: ReconciliationJobs;
  readonly importJobs: ImportJobs;
  readonly uploadLinks: UploadLinks;
  readonly identity: Identity;
}

export type LocalDeps = EdgeDeps &
  KeepsLayouts &
  StartsImports &
  TellsOthers &
  StartsReconciliations &
  HearsSources &
  KeepsDisputes &
  KeepsAccounts;

/** The same stores as deployed, on the tables of DynamoDB Local. */
export function localDeps({ client, ...parts }: LocalParts): LocalDeps {
  const nameOf = (table: keyof typeof TABLES) => TABLE_PREFIX + TABLES[table].name;
  return {
    answers: new DynamoAnswerStore(client, nameOf("plans")),
    ...parts,
    facts: new DynamoFactStore(client, nameOf("facts")),
    derived: new DynamoDerivedStore(client, nameOf("derived")),
    plans: new DynamoPlanStore(client, nameOf("plans")),
    ledger: new DynamoLedgerStore(client, nameOf("ledger")),
    reservations: new DynamoReservationStore(client, nameOf("ledger")),
    approvals: new DynamoApprovalStore(client, nameOf("plans")),
    disputes: new DynamoDisputeStore(client, nameOf("ledger")),
    audit: new DynamoAuditStore(client, nameOf("ledger")),
    accounts: new DynamoAccountStore(client, nameOf("plans")),
    layouts: new DynamoLayoutStore(client, nameOf("plans")),
    layoutWriter: { write: async (layout, payouts, run) => payoutLayoutFile(layout, payouts, run) },
    payoutWriter: { csv: payoutCsv, xlsx: payoutXlsx },
    vendors,
    // This machine talks to no other: what would have to be asked for waits.
    vendorOrders: { fetch: async () => undefined },
    orderLines: new DynamoOrderLines(client, nameOf("facts")),
    deliveries: new DynamoDeliveryLog(client, nameOf("derived"), parts.clock),
    outbox: new DynamoOutboxStore(client, nameOf("plans"), parts.clock),
    securityClock: systemClock,
  };
}

/** In `filesPath`, else beside the tables, else in memory like them. */
export function localFiles(filesPath: string | undefined, dataPath: string | undefined): FileStore {
  const folder = filesPath ?? (dataPath === undefined ? undefined : join(dataPath, "files"));
  return folder === undefined ? new MemoryFileStore() : new DirectoryFileStore(folder);
}

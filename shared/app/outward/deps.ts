import type { DeliveryLog } from "#ports/delivery-log.ts";
import type { Messengers } from "#ports/messenger.ts";
import type { OutboxStore } from "#ports/outbox-store.ts";
import type { Deps } from "../deps.ts";
import type { KeepsDisputes } from "../disputes/keeps-disputes.ts";

/** What everything that tells others uses. */
export interface TellsOthers {
  readonly outbox: OutboxStore;
}

export type FindDeps = Pick<Deps, "plans" | "ledger" | "approvals" | "derived" | "files" | "clock"> &
  KeepsDisputes &
  TellsOthers & { readonly deliveries: DeliveryLog };

export type DispatchDeps = Pick<Deps, "clock"> & TellsOthers & { readonly messengers: Messengers };

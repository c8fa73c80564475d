import { systemClock } from "#adapters/system/clock.ts";
import type { KeepsAccounts } from "#app/accounts.ts";
import type { EdgeDeps } from "#app/deps.ts";
import type { KeepsDisputes } from "#app/disputes/keeps-disputes.ts";
import type { StartsImports } from "#app/imports/request-import.ts";
import type { HearsSources } from "#app/intake/receive-vendor.ts";
import type { DispatchDeps, FindDeps, TellsOthers } from "#app/outward/deps.ts";
import type { KeepsLayouts } from "#app/payout-layouts/layouts.ts";
import type { StartsReconciliations } from "#app/reconciliation/request-reconciliation.ts";
import { readEnvironment } from "./environment.ts";
import { derivedOf, factsOf, filesOf, plansOf, secretsOf, sourcesOf } from "./parts.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

// Each function is given what it uses, and its bundle holds no more. Those of functions that see no money are made here, the
// others in `ledger-deps.ts`: an import of the ledger's store would stay in every bundle, used or not.

export type ApiDeps = Omit<EdgeDeps, "secrets" | "payoutWriter"> &
  TellsOthers &
  StartsImports &
  KeepsLayouts &
  StartsReconciliations &
  HearsSources &
  KeepsDisputes &
  KeepsAccounts;

/** What the function `intake` uses; its bundle holds no more. */
export type IntakeDeps = Pick<EdgeDeps, "facts" | "plans" | "secrets" | "clock" | "securityClock"> & HearsSources;

export function intakeDepsFromEnvironment(variables: Variables): IntakeDeps {
  const environment = readEnvironment(variables);
  return {
    facts: factsOf(environment),
    plans: plansOf(environment),
    secrets: secretsOf(environment),
    ...sourcesOf(environment),
    clock: systemClock,
    securityClock: systemClock,
  };
}

/** What the stream workers use. */
export type CreditingDeps = Pick<EdgeDeps, "facts" | "derived" | "plans">;

export function creditingDepsFromEnvironment(variables: Variables): CreditingDeps {
  const environment = readEnvironment(variables);
  return { facts: factsOf(environment), derived: derivedOf(environment), plans: plansOf(environment) };
}

/** What the rebuild uses: its steps end by the machine's time. */
export function rebuildDepsFromEnvironment(variables: Variables): CreditingDeps & Pick<EdgeDeps, "clock"> {
  return { ...creditingDepsFromEnvironment(variables), clock: systemClock };
}

/** What the roll-up uses: it never looks at facts. */
export function rollupDepsFromEnvironment(
  variables: Variables,
): Omit<CreditingDeps, "facts"> & Pick<EdgeDeps, "clock"> {
  const environment = readEnvironment(variables);
  return { derived: derivedOf(environment), plans: plansOf(environment), clock: systemClock };
}

/** What holds derived data against facts uses: it reads, and keeps a report. */
export type ReconcileDeps = CreditingDeps & Pick<EdgeDeps, "files" | "clock">;

export function reconcileDepsFromEnvironment(variables: Variables): ReconcileDeps {
  const environment = readEnvironment(variables);
  return { ...creditingDepsFromEnvironment(variables), files: filesOf(environment), clock: systemClock };
}

export type SettleDeps = Pick<
  EdgeDeps,
  "facts" | "plans" | "ledger" | "approvals" | "audit" | "files" | "payoutWriter" | "clock"
>;

export type ClockDeps = Pick<
  EdgeDeps,
  "facts" | "plans" | "ledger" | "approvals" | "audit" | "reservations" | "derived" | "files" | "jobs" | "clock"
> &
  StartsReconciliations &
  Pick<HearsSources, "deliveries">;

/** What looks what has happened, and tells others, uses. */
export type NotifyDeps = FindDeps & DispatchDeps;

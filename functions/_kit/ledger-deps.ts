import { systemClock } from "#adapters/system/clock.ts";
import type { ApiDeps, ClockDeps, SettleDeps, Variables } from "./deps.ts";
import { readEnvironment } from "./environment.ts";
import { importLimitsOf } from "./import-limits.ts";
import { importJobsOf, uploadLinksOf } from "./import-parts.ts";
import { layoutsOf, layoutWriterOf } from "./layout-parts.ts";
import {
  accountsOf,
  answersOf,
  approvalsOf,
  auditOf,
  disputesOf,
  identityOf,
  jobsOf,
  ledgerOf,
  payoutWriterOf,
  reconciliationsOf,
  reservationsOf,
} from "./ledger-parts.ts";
import { outboxOf } from "./outbox-parts.ts";
import { deliveriesOf, derivedOf, factsOf, filesOf, plansOf, sourcesOf } from "./parts.ts";

/** Dependencies of the functions that see money. */

export function apiDepsFromEnvironment(variables: Variables): ApiDeps {
  const environment = readEnvironment(variables);
  return {
    ...sourcesOf(environment),
    outbox: outboxOf(environment),
    ...importLimitsOf(environment),
    facts: factsOf(environment),
    derived: derivedOf(environment),
    plans: plansOf(environment),
    ledger: ledgerOf(environment),
    approvals: approvalsOf(environment),
    audit: auditOf(environment),
    reservations: reservationsOf(environment),
    disputes: disputesOf(environment),
    files: filesOf(environment),
    jobs: jobsOf(environment),
    reconciliations: reconciliationsOf(environment),
    importJobs: importJobsOf(environment),
    uploadLinks: uploadLinksOf(environment),
    accounts: accountsOf(environment),
    layouts: layoutsOf(environment),
    layoutWriter: layoutWriterOf(),
    identity: identityOf(environment),
    answers: answersOf(environment),
    clock: systemClock,
    securityClock: systemClock,
  };
}

export function settleDepsFromEnvironment(variables: Variables): SettleDeps {
  const environment = readEnvironment(variables);
  return {
    facts: factsOf(environment),
    plans: plansOf(environment),
    ledger: ledgerOf(environment),
    approvals: approvalsOf(environment),
    audit: auditOf(environment),
    files: filesOf(environment),
    payoutWriter: payoutWriterOf(),
    clock: systemClock,
  };
}

export function clockDepsFromEnvironment(variables: Variables): ClockDeps {
  const environment = readEnvironment(variables);
  return {
    deliveries: deliveriesOf(environment),
    facts: factsOf(environment),
    plans: plansOf(environment),
    ledger: ledgerOf(environment),
    approvals: approvalsOf(environment),
    audit: auditOf(environment),
    reservations: reservationsOf(environment),
    derived: derivedOf(environment),
    files: filesOf(environment),
    jobs: jobsOf(environment),
    reconciliations: reconciliationsOf(environment),
    clock: systemClock,
  };
}

import { systemClock } from "#adapters/system/clock.ts";
import type { ImportDeps } from "#app/imports/run-import.ts";
import type { Variables } from "./deps.ts";
import { readEnvironment } from "./environment.ts";
import { importLimitsOf } from "./import-limits.ts";
import { importReaderOf, rebuildsOf } from "./import-parts.ts";
import { approvalsOf, auditOf } from "./ledger-parts.ts";
import { factsOf, filesOf, plansOf } from "./parts.ts";

/** What an import uses: it writes people, units, targets and facts, asks for approvals, and starts rebuilds. */
export function importDepsFromEnvironment(variables: Variables): ImportDeps {
  const environment = readEnvironment(variables);
  return {
    ...importLimitsOf(environment),
    facts: factsOf(environment),
    plans: plansOf(environment),
    approvals: approvalsOf(environment),
    audit: auditOf(environment),
    files: filesOf(environment),
    jobs: rebuildsOf(environment),
    importReader: importReaderOf(),
    clock: systemClock,
  };
}

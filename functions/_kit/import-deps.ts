import { systemClock } from "#adapters/system/clock.ts";
import type { ImportDeps } from "#app/imports/run-import.ts";
import type { Variables } from "./deps.ts";
import { readEnvironment } from "./environment.ts";
import { importReaderOf } from "./import-parts.ts";
import { approvalsOf, auditOf, jobsOf } from "./ledger-parts.ts";
import { factsOf, filesOf, plansOf } from "./parts.ts";

/** What an import uses: it writes people, units, targets and facts, asks for approvals, and starts rebuilds. */
export function importDepsFromEnvironment(variables: Variables): ImportDeps {
  const environment = readEnvironment(variables);
  return {
    facts: factsOf(environment),
    plans: plansOf(environment),
    approvals: approvalsOf(environment),
    audit: auditOf(environment),
    files: filesOf(environment),
    jobs: jobsOf(environment),
    importReader: importReaderOf(),
    clock: systemClock,
  };
}

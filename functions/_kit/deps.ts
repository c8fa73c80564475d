import { systemClock } from "#adapters/system/clock.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { readEnvironment } from "./environment.ts";
import { once } from "./once.ts";
import {
  derivedOf,
  factsOf,
  filesOf,
  identityOf,
  jobsOf,
  ledgerOf,
  payoutWriterOf,
  plansOf,
  secretsOf,
} from "./parts.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** What the function `api` uses; its bundle holds no more. */
export type ApiDeps = Omit<EdgeDeps, "secrets" | "payoutWriter">;

export function apiDepsFromEnvironment(variables: Variables): ApiDeps {
  const environment = readEnvironment(variables);
  return {
    facts: factsOf(environment),
    derived: derivedOf(environment),
    plans: plansOf(environment),
    ledger: ledgerOf(environment),
    files: filesOf(environment),
    jobs: jobsOf(environment),
    identity: identityOf(environment),
    clock: systemClock,
    securityClock: systemClock,
  };
}

/** What the function `intake` uses; its bundle holds no more. */
export type IntakeDeps = Pick<EdgeDeps, "facts" | "plans" | "secrets" | "clock" | "securityClock">;

export function intakeDepsFromEnvironment(variables: Variables): IntakeDeps {
  const environment = readEnvironment(variables);
  return {
    facts: factsOf(environment),
    plans: plansOf(environment),
    secrets: secretsOf(environment),
    clock: systemClock,
    securityClock: systemClock,
  };
}

/** Everything, each part made when it is first asked for: a worker is told only the names of what it uses. */
export function depsFromEnvironment(variables: Variables): EdgeDeps {
  const environment = readEnvironment(variables);
  const facts = once(() => factsOf(environment));
  const derived = once(() => derivedOf(environment));
  const plans = once(() => plansOf(environment));
  const ledger = once(() => ledgerOf(environment));
  const files = once(() => filesOf(environment));
  const secrets = once(() => secretsOf(environment));
  const jobs = once(() => jobsOf(environment));
  const identity = once(() => identityOf(environment));
  return {
    get facts() {
      return facts();
    },
    get derived() {
      return derived();
    },
    get plans() {
      return plans();
    },
    get ledger() {
      return ledger();
    },
    get files() {
      return files();
    },
    get secrets() {
      return secrets();
    },
    get jobs() {
      return jobs();
    },
    get identity() {
      return identity();
    },
    payoutWriter: payoutWriterOf(),
    clock: systemClock,
    securityClock: systemClock,
  };
}

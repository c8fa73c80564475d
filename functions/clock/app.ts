import { keepAnchor } from "#app/audit/keep-anchor.ts";
import { DayKeeper, type KeptDay } from "#app/boards/day-keeper.ts";
import { type Silence, silentSources } from "#app/intake/silence.ts";
import { startDueReconciliations } from "#app/reconciliation/request-reconciliation.ts";
import { evaluateDue } from "#app/reports/evaluate-due.ts";
import { expireDueReservations } from "#app/reservations/expire-due.ts";
import { type DueAction, startDueWork } from "#app/settlement/due-work.ts";
import type { ClockDeps } from "../_kit/deps.ts";
import { log } from "../_kit/log.ts";
import { once } from "../_kit/once.ts";

export interface ClockOptions {
  /** Whether the day's reconciliations are started too; where a clock is simulated, people ask for them. */
  readonly reconciles?: boolean;
}

/** Wakes up, looks what is due, sets it going. What a run covers comes from event time in the data, not from the wake-up. */
export function createClock(
  deps: ClockDeps,
  { reconciles = true }: ClockOptions = {},
): () => Promise<readonly DueAction[]> {
  const days = new DayKeeper();
  const rules = once(async () => new (await import("#app/crediting/live-rules.ts")).LiveRules());
  return async () => {
    // None waits for another, and none is left out when another fails.
    const [started, freed, looks, silences, anchored, evaluated, ended] = await Promise.allSettled([
      startDueWork(deps),
      expireDueReservations(deps),
      reconciles ? startDueReconciliations(deps) : [],
      silentSources(deps),
      keepAnchor(deps),
      evaluateDue(deps),
      days.keepDue(deps, rules),
    ]);
    const actions = started.status === "fulfilled" ? started.value : [];
    for (const action of actions) log.info("started what was due", { ...action });
    for (const expiry of freed.status === "fulfilled" ? freed.value : []) log.info("freed reservations", { ...expiry });
    for (const look of looks.status === "fulfilled" ? looks.value : [])
      log.info("a reconciliation is due", { ...look });
    logSilent(silences.status === "fulfilled" ? silences.value : []);
    if (anchored.status === "fulfilled" && anchored.value) {
      const { day, hash, heads } = anchored.value;
      // Logs are kept elsewhere: who changes the audit and its anchors cannot change them.
      log.info("the audit is anchored", { day, hash, chains: heads.length });
    }
    if (evaluated.status === "fulfilled" && evaluated.value) log.info("made an evaluation", { ...evaluated.value });
    logKept(ended.status === "fulfilled" ? ended.value : []);
    const errors = [started, freed, looks, silences, anchored, evaluated, ended].flatMap((look) =>
      look.status === "rejected" ? [look.reason] : [],
    );
    if (errors.length > 0) throw new AggregateError(errors, "not all that is due could be looked after");
    return actions;
  };
}

function logKept(days: readonly KeptDay[]): void {
  for (const day of days) log.info("kept how a day ended", { ...day });
}

/** The alarm counts these lines: their words are named in the jobs' stack. */
function logSilent(silences: readonly Silence[]): void {
  const sources = silences.map(({ source, lastHeardAt }) => `${source} since ${lastHeardAt ?? "ever"}`);
  if (sources.length > 0) log.warn("sources are silent", { silent: sources.length, sources });
}

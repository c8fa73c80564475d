import type { DurableExecutionInvocationInput } from "@aws/durable-execution-sdk-js";
import type { ImportJobs } from "#ports/imports.ts";
import type { Clock, Jobs, ReconciliationJobs } from "#ports/system.ts";
import { Execution, newExecution, type SavedExecution } from "./durable/execution.ts";
import { type Journal, NO_JOURNAL } from "./durable/journal.ts";
import type { LambdaHandler } from "./lambda-context.ts";

export interface LocalDurableOptions {
  readonly clock: Clock;
  readonly journal?: Journal;
  readonly log?: (message: string, error: unknown) => void;
}

/** An execution that ended in an error. */
export interface JobFailure {
  readonly functionName: string;
  readonly name: string;
  readonly error: string;
}

/**
 * Runs durable functions in this process, from their first invocation over every wait to their end. The SDK's own test runner
 * serves tests of a handler; here it would not do: its timers are the machine's, so a simulated clock cannot reach an
 * approval's deadline, and a deadline of 25 days or more overflows a timer and fires at once (decision: see the README).
 */
export class LocalDurable {
  readonly #options: LocalDurableOptions;
  readonly #handlers = new Map<string, LambdaHandler<DurableExecutionInvocationInput>>();
  readonly #executions = new Map<string, Execution>();
  readonly #failures: JobFailure[] = [];
  #waiters: (() => void)[] = [];

  constructor(options: LocalDurableOptions) {
    this.#options = options;
  }

  register(functionName: string, handler: LambdaHandler<DurableExecutionInvocationInput>): void {
    this.#handlers.set(functionName, handler);
  }

  /** Goes on with what an earlier process left unfinished. Every function has to be registered by then. */
  resume(): void {
    for (const saved of this.#journal.load()) this.#adopt(saved);
    for (const execution of this.#executions.values()) execution.start();
  }

  /** Starts an execution; while one of that name runs, nothing. One that has ended may be started anew. */
  start(functionName: string, name: string, payload: unknown): void {
    if (this.#executions.get(name)?.status === "running") return;
    this.#adopt(newExecution(name, functionName, payload, this.#options.clock.now())).start();
  }

  /** Answers a callback. Again is no mistake; a callback that nobody ever waited for is. */
  succeedCallback(callbackId: string): void {
    for (const execution of this.#executions.values()) if (execution.succeedCallback(callbackId)) return;
    throw new Error(`no execution has the callback ${callbackId}`);
  }

  /** Looks which waits and deadlines the business clock has reached. */
  settleDue(): void {
    for (const execution of this.#executions.values()) execution.settleDue();
  }

  /** The next instant at which {@link settleDue} will find something. */
  nextDeadline(): number | undefined {
    const deadlines = [...this.#executions.values()].flatMap(({ nextDeadline }) => nextDeadline ?? []);
    return deadlines.length > 0 ? Math.min(...deadlines) : undefined;
  }

  /** Resolves when nothing is computing; what waits for a callback or for a time to come counts as idle. */
  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Whether any execution is computing. */
  get busy(): boolean {
    return [...this.#executions.values()].some((execution) => execution.busy);
  }

  executions(): { readonly name: string; readonly functionName: string; readonly status: string }[] {
    return [...this.#executions.values()].map(({ name, functionName, status }) => ({ name, functionName, status }));
  }

  failures(): readonly JobFailure[] {
    return this.#failures;
  }

  /** Begins nothing more and resolves when what is being computed has come to a point at which it can be left. */
  stop(): Promise<void> {
    for (const execution of this.#executions.values()) execution.suspend();
    return this.idle();
  }

  get #journal(): Journal {
    return this.#options.journal ?? NO_JOURNAL;
  }

  #adopt(saved: SavedExecution): Execution {
    const handler = this.#handlers.get(saved.functionName);
    if (handler === undefined) throw new Error(`no durable function is called ${saved.functionName}`);
    const changed = (execution: Execution) => this.#changed(execution);
    const execution = new Execution(saved, { handler, clock: this.#options.clock, changed });
    this.#executions.set(saved.name, execution);
    return execution;
  }

  #changed(execution: Execution): void {
    this.#journal.save(execution.save());
    if (execution.status === "failed" && !execution.busy) this.#noteFailure(execution);
    if (this.busy) return;
    for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #noteFailure({ functionName, name, error = "unknown" }: Execution): void {
    this.#failures.push({ functionName, name, error });
    this.#options.log?.(`the durable execution ${name} has failed`, error);
  }
}

/** The jobs of the platform as durable executions, named after what they are about, so that the same thing runs once. */
export function createLocalJobs(durable: LocalDurable): Jobs {
  return {
    async startSettlement(request) {
      durable.start("settle", `settle-${request.campaign}-${request.runId}`, request);
    },
    async wakeSettlement(callbackId) {
      durable.succeedCallback(callbackId);
    },
    async startRebuild(campaign, epoch, attempt = 1) {
      durable.start("rebuild", `rebuild-${campaign}-${epoch}-${attempt}`, { campaign, epoch, attempt });
    },
  };
}

export function createLocalImports(durable: LocalDurable): ImportJobs {
  return {
    async startImport(id, attempt) {
      durable.start("imports", `import-${id}-${attempt}`, { id, attempt });
    },
  };
}

export function createLocalReconciliations(durable: LocalDurable): ReconciliationJobs {
  return {
    async startReconciliation(request) {
      durable.start("reconcile", `reconcile-${request.campaign}-${request.id}`, request);
    },
  };
}

import type { RebuildRequest } from "#app/crediting/rebuild-job.ts";
import { type RebuildSettings, runRebuild } from "#app/crediting/run-rebuild.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { awaitApproval } from "#app/settlement/compute-run.ts";
import { expireRun } from "#app/settlement/expire-run.ts";
import { requireRun } from "#app/settlement/run-record.ts";
import { computeRun, payApproved, type Steps, tellProvisional } from "#app/settlement/settle-run.ts";
import type { SettlementRequest } from "#ports/system.ts";
import { type Ending, type Scheduler, type Task, Transient } from "./scheduler.ts";

type Program = (context: Context) => Promise<void>;

interface Job {
  readonly name: string;
  readonly program: Program;
  /** Results of the steps that are checkpointed, as JSON. */
  readonly memo: Map<string, string>;
  readonly callbacks: Map<string, "open" | "called">;
  state: "ready" | "running" | "waiting" | "done" | "dead";
  /** Only the newest invocation may checkpoint. */
  invocation: number;
  error?: unknown;
}

/** The job waits for a person; the invocation ends. */
class Suspended extends Error {}
/** A step met a failure that passes; another invocation does it again. */
class Again extends Error {}

/** Read side by side. */
const SEGMENTS = 2;
/** Very small, so that a run of a few dozen facts has many steps and several parts. */
const CUT_SMALL = { segments: SEGMENTS, chunkFacts: 25, linesPerPart: 10 };
const DECISION_DAYS = 80;
/** A rebuild that is still due is started again after so long; time flies here. */
const REBUILD_AGAIN_MS = 40 * 24 * 60 * 60_000;

/** Durable functions in small: steps whose results are kept, invocations that can die anywhere, callbacks. */
export class JobRunner {
  readonly #scheduler: Scheduler;
  readonly #portsOf: (task: Task) => EdgeDeps;
  readonly #jobs = new Map<string, Job>();
  #redriven = 0;

  constructor(scheduler: Scheduler, portsOf: (task: Task) => EdgeDeps) {
    this.#scheduler = scheduler;
    this.#portsOf = portsOf;
  }

  get ready(): number {
    return this.#all().filter(({ state }) => state === "ready").length;
  }

  get dead(): readonly { readonly name: string; readonly error: unknown }[] {
    return this.#all()
      .filter(({ state }) => state === "dead")
      .map(({ name, error }) => ({ name, error }));
  }

  startSettlement(request: SettlementRequest): void {
    this.#start(`settle ${request.runId}`, settlement(request));
  }

  startRebuild(campaign: string, epoch: number, attempt: number, now: number): void {
    const turn = Math.floor(now / REBUILD_AGAIN_MS);
    this.#start(`rebuild ${campaign}#${epoch}#${attempt}#${turn}`, rebuild({ campaign, epoch, attempt }));
  }

  wake(callbackId: string): void {
    for (const job of this.#jobs.values()) {
      if (!job.callbacks.has(callbackId)) continue;
      job.callbacks.set(callbackId, "called");
      if (job.state === "waiting") job.state = "ready";
    }
  }

  /** Wakes waiting settlements for nothing: a restart, or a nudge that came twice. */
  wakeForNothing(): void {
    const waiting = this.#all().filter(({ state }) => state === "waiting");
    if (waiting.length === 0) return;
    this.#scheduler.count("restart of a waiting settlement");
    const job = this.#scheduler.random.pick(waiting);
    const open = [...job.callbacks].find(([, state]) => state === "open");
    if (open && this.#scheduler.random.chance(50)) job.callbacks.set(open[0], "called");
    job.state = "ready";
  }

  /** Starts again, from the beginning and under another name, what was given up. */
  redrive(): void {
    for (const job of this.#all().filter(({ state }) => state === "dead")) {
      this.#scheduler.count("redriven");
      this.#redriven += 1;
      this.#jobs.delete(job.name);
      this.#start(`${job.name.split("~")[0]}~${this.#redriven}`, job.program);
    }
  }

  /** One invocation of a job that is ready; now and then of one that runs already. */
  async invoke(): Promise<void> {
    const ready = this.#all().filter(({ state }) => state === "ready");
    const running = this.#all().filter(({ state }) => state === "running");
    const { random } = this.#scheduler;
    const twice = running.length > 0 && this.#scheduler.rates.slow > 0 && random.chance(3);
    if (twice) this.#scheduler.count("job invoked twice");
    const job = twice ? random.pick(running) : ready[random.int(0, Math.max(0, ready.length - 1))];
    if (!job) return;
    if (running.some((other) => other !== job && areRivals(other, job)))
      this.#scheduler.count("two settlements at once");
    job.state = "running";
    job.invocation += 1;
    const { invocation } = job;
    await this.#scheduler.spawn(
      job.name,
      (task) => job.program(new Context(task, job, invocation, this.#portsOf(task))),
      (ending, error) => this.#ended(job, invocation, ending, error),
    );
  }

  #all(): Job[] {
    return [...this.#jobs.values()];
  }

  #start(name: string, program: Program): void {
    if (this.#jobs.has(name)) return;
    this.#jobs.set(name, { name, program, memo: new Map(), callbacks: new Map(), state: "ready", invocation: 0 });
  }

  #ended(job: Job, invocation: number, ending: Ending, error: unknown): void {
    if (job.invocation !== invocation || job.state !== "running") return;
    if (ending === "done") job.state = "done";
    else if (error instanceof Suspended) {
      job.state = [...job.callbacks.values()].at(-1) === "called" ? "ready" : "waiting";
    } else if (ending === "failed" && !(error instanceof Again)) {
      this.#scheduler.count("job given up");
      this.#scheduler.note(`${job.name} is given up: ${String(error)}`);
      job.state = "dead";
      job.error = error;
    } else job.state = "ready";
  }
}

/** Settlements of one campaign. */
function areRivals(one: Job, other: Job): boolean {
  const campaignOf = ({ name }: Job) => /^settle ([a-z]+)/.exec(name)?.[1];
  return campaignOf(one) !== undefined && campaignOf(one) === campaignOf(other);
}

class Context {
  readonly deps: EdgeDeps;
  readonly #task: Task;
  readonly #job: Job;
  readonly #invocation: number;
  #over: Again | undefined;

  constructor(task: Task, job: Job, invocation: number, deps: EdgeDeps) {
    this.#task = task;
    this.#job = job;
    this.#invocation = invocation;
    this.deps = deps;
  }

  /** Does a step unless it is checkpointed; dying before the checkpoint means doing it again. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    // An invocation that is over does nothing more, whatever its program makes of that.
    if (this.#over) throw this.#over;
    const known = this.#job.memo.get(name);
    if (known !== undefined) return JSON.parse(known).result;
    try {
      const result = await work();
      await this.#task.call(`checkpoint of ${name}`, async () => this.#checkpoint(name, JSON.stringify({ result })));
      return result;
    } catch (error) {
      if (!isTransient(error)) throw error;
      // Tried too often: the failure becomes the program's.
      if (this.#task.mayFail && this.#task.random.chance(6)) throw new Error(`${name} failed too often`);
      throw this.#again(name);
    }
  }

  /** Side by side, all at once. */
  async each<T, R>(
    _name: string,
    items: readonly T[],
    work: (steps: Pick<Steps, "step">, item: T, index: number) => Promise<R>,
  ): Promise<R[]> {
    return Promise.all(items.map((item, index) => work(this, item, index)));
  }

  /** Now and then the invocation ends here, and another goes on. */
  async rest(name: string): Promise<void> {
    const isTired = await this.step(`${name}-look`, async () => this.#task.random.chance(30));
    if (isTired && !this.#job.memo.has(name)) {
      this.#job.memo.set(name, "{}");
      throw this.#again(name);
    }
  }

  #again(name: string): Again {
    this.#over ??= new Again(name);
    return this.#over;
  }

  async #checkpoint(name: string, result: string): Promise<void> {
    if (this.#job.invocation !== this.#invocation) return this.#task.kill();
    this.#job.memo.set(name, result);
  }

  async callback(name: string, submit: (id: string) => Promise<void>): Promise<void> {
    const id = `${this.#job.name}/${name}`;
    if (!this.#job.callbacks.has(id)) this.#job.callbacks.set(id, "open");
    await this.step(`submit ${name}`, async () => {
      await submit(id);
    });
    if (this.#job.callbacks.get(id) !== "called") throw new Suspended(name);
  }
}

export function isTransient(error: unknown): boolean {
  if (error instanceof Transient || error instanceof Again) return true;
  if (error instanceof AggregateError) return error.errors.every(isTransient);
  return error instanceof Error && error.cause !== undefined && isTransient(error.cause);
}

/** The same program as `functions/settle/app.ts`. */
function settlement(request: SettlementRequest): Program {
  const { campaign, runId, kind } = request;
  const stateOf = async ({ deps }: Context) => (await requireRun(deps, campaign, runId)).state;
  return async (context) => {
    const { deps } = context;
    await computeRun(deps, request, context, CUT_SMALL);
    if (kind === "provisional") return tellProvisional(deps, request, context);
    if ((await context.step("outcome", () => stateOf(context))) === "unchanged") return;
    for (let look = 1; ; look += 1) {
      await context.callback(`approval-${look}`, (id) => awaitApproval(deps, { campaign, runId }, id));
      // Nobody decided in time; or so the timer says.
      if (look > 3) await context.step(`expire-${look}`, () => expireRun(deps, campaign, runId, DECISION_DAYS));
      const state = await context.step(`look-${look}`, () => stateOf(context));
      if (state === "approved") break;
      if (state !== "awaitingApproval") return;
    }
    await payApproved(deps, request, context);
  };
}

/** Small enough that a part takes several steps, and a job several executions. */
const REBUILD_SMALL: RebuildSettings = {
  bounds: { facts: 6, milliseconds: 60_000, people: 2 },
  steps: 12,
  segments: SEGMENTS,
};

function rebuild(request: RebuildRequest): Program {
  return async (context) => void (await runRebuild(context.deps, request, context, REBUILD_SMALL));
}

import type { Random } from "#test/fixtures/jiangxi/random.ts";

/** What came of a worker, as far as whoever gave it its work can see. `slow`: given up for dead, though it still runs. */
export type Ending = "done" | "failed" | "killed" | "slow";

/** How often a store call goes wrong, in ten thousand calls. */
export interface FaultRates {
  /** The call is refused before it takes effect. */
  readonly throttled: number;
  /** It takes effect, and the answer is lost. */
  readonly unanswered: number;
  /** The worker dies before the call. */
  readonly killedBefore: number;
  /** The worker dies after the call took effect. */
  readonly killedAfter: number;
  /** The call waits for hundreds of turns of others, a write more often; the worker's message is given to another meanwhile. */
  readonly slow: number;
}

export const NO_FAULTS: FaultRates = { throttled: 0, unanswered: 0, killedBefore: 0, killedAfter: 0, slow: 0 };

/** A failure of the machine, not of what was asked: whoever asked may ask again. */
export class Transient extends Error {}

interface Parked {
  readonly task: Task;
  readonly what: string;
  readonly until: number;
  readonly go: () => void;
}

const LOG_LENGTH = 400;

/** What a slow worker is about to write is what it can spoil: writes wait more often than reads. */
const WRITE = /\.(set|save|add|advance|put|hold|release|reserve|close)/;
const SLOWER_WRITES = 8;
/** Some go on only when the storm is over, past all that could mend what they write. */
const UNTIL_REST = 1_000_000;

/**
 * Gives turns: every store call of every worker waits for its turn, and which one is next is drawn from the seed. Between two
 * turns nothing runs, so a seed is one interleaving, and the same one again.
 */
export class Scheduler {
  readonly random: Random;
  readonly faults: Record<string, number> = {};
  readonly log: string[] = [];
  rates: FaultRates = NO_FAULTS;
  /** How often, in a hundred, the worker that just had a turn has the next one too. */
  stickiness = 0;
  steps = 0;
  #parked: Parked[] = [];
  #last: Task | undefined;
  #spawned = 0;
  /** Workers that have neither ended nor died. */
  alive = 0;

  constructor(random: Random) {
    this.random = random;
  }

  get waiting(): number {
    return this.#parked.length;
  }

  /** Starts a worker; `ended` hears what came of it, possibly twice: `slow`, and then what came of it after all. */
  async spawn(name: string, work: (task: Task) => Promise<void>, ended: (ending: Ending, error?: unknown) => void) {
    this.#spawned += 1;
    const task = new Task(this, `${name}/${this.#spawned}`, ended);
    this.alive += 1;
    task.run(work);
    await this.#quiet(task);
    return task;
  }

  /** One turn of one worker. */
  async step(): Promise<void> {
    const next = this.#take();
    if (!next) return;
    this.steps += 1;
    this.#last = next.task;
    this.note(`${next.task.name} ${next.what}`);
    next.go();
    await this.#quiet(next.task);
  }

  park(task: Task, what: string, go: () => void): void {
    const rate = WRITE.test(what) ? this.rates.slow * SLOWER_WRITES : this.rates.slow;
    const isSlow = task.mayFail && this.random.int(1, 10_000) <= rate;
    const until = isSlow ? this.steps + (this.random.chance(45) ? UNTIL_REST : this.random.int(40, 700)) : 0;
    this.#parked.push({ task, what, until, go });
    task.parked += 1;
    if (isSlow) {
      this.count("slow worker");
      this.note(`${task.name} is slow before ${what}`);
      task.end("slow");
    }
  }

  /** Whether somebody waits for a turn at such a call. */
  someAt(isMeant: (what: string) => boolean): boolean {
    return this.#parked.some(({ what, until }) => until <= this.steps && isMeant(what));
  }

  /** Whoever is about to make this call waits with it until nobody else has anything to do. */
  delay(call: string): void {
    const until = this.steps + UNTIL_REST;
    this.#parked = this.#parked.map((parked) => (parked.what === call ? { ...parked, until } : parked));
  }

  /** Forgets what a dead worker was about to do. */
  forget(task: Task): void {
    this.#parked = this.#parked.filter((parked) => parked.task !== task);
    task.parked = 0;
  }

  fault(task: Task): keyof FaultRates | undefined {
    if (!task.mayFail) return undefined;
    let drawn = this.random.int(1, 10_000);
    for (const kind of ["throttled", "unanswered", "killedBefore", "killedAfter"] as const) {
      drawn -= this.rates[kind];
      if (drawn <= 0) return kind;
    }
    return undefined;
  }

  count(kind: string): void {
    this.faults[kind] = (this.faults[kind] ?? 0) + 1;
  }

  note(line: string): void {
    this.log.push(`${this.steps} ${line}`);
    if (this.log.length > 2 * LOG_LENGTH) this.log.splice(0, LOG_LENGTH);
  }

  #take(): Parked | undefined {
    const ready = this.#parked.filter(({ until }) => until <= this.steps);
    const again = ready.filter(({ task }) => task === this.#last);
    const among = again.length > 0 && this.random.int(1, 100) <= this.stickiness ? again : ready;
    // Nobody else is there to wait for.
    const next = among.length > 0 ? this.random.pick(among) : this.#parked.toSorted((a, b) => a.until - b.until)[0];
    if (!next) return undefined;
    this.#parked.splice(this.#parked.indexOf(next), 1);
    next.task.parked -= 1;
    return next;
  }

  /** Waits until a worker waits for its next turn or has ended; what it does meanwhile touches nothing that others see. */
  async #quiet(task: Task): Promise<void> {
    for (let wait = 0; wait < 100_000; wait += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (task.parked > 0 || task.isOver) return;
    }
    throw new Error(`${task.name} waits for something that is no store`);
  }
}

/** One worker: an invocation of a function, a request of a person. */
export class Task {
  readonly name: string;
  parked = 0;
  isOver = false;
  isDead = false;
  mayFail = true;
  readonly #scheduler: Scheduler;
  readonly #ended: (ending: Ending, error?: unknown) => void;

  constructor(scheduler: Scheduler, name: string, ended: (ending: Ending, error?: unknown) => void) {
    this.#scheduler = scheduler;
    this.name = name;
    this.#ended = ended;
  }

  run(work: (task: Task) => Promise<void>): void {
    work(this).then(
      () => this.#over("done"),
      (error: unknown) => this.#over("failed", error),
    );
  }

  end(ending: Ending, error?: unknown): void {
    this.#ended(ending, error);
  }

  /** A call of a store: it waits for its turn, takes effect at once or not at all, and may go wrong. */
  async call<T>(what: string, effect: () => Promise<T>): Promise<T> {
    await this.turn(what);
    const scheduler = this.#scheduler;
    const fault = scheduler.fault(this);
    if (fault) {
      scheduler.count(fault);
      scheduler.note(`${this.name} ${what}: ${fault}`);
    }
    if (fault === "throttled") throw new Transient(`${what} was throttled`);
    if (fault === "killedBefore") return this.kill();
    const answer = await effect();
    if (fault === "unanswered") throw new Transient(`${what} took effect and was not answered`);
    return fault === "killedAfter" ? this.kill() : answer;
  }

  turn(what: string): Promise<void> {
    if (this.isDead) return new Promise(() => {});
    return new Promise((go) => this.#scheduler.park(this, what, go));
  }

  /** From here on nothing of it happens any more; never resolves. */
  kill(): Promise<never> {
    if (!this.isOver) {
      this.isDead = true;
      this.#scheduler.forget(this);
      this.#over("killed");
    }
    return new Promise(() => {});
  }

  get random(): Random {
    return this.#scheduler.random;
  }

  /** Something can go wrong now. */
  get isStormy(): boolean {
    return this.#scheduler.rates !== NO_FAULTS;
  }

  count(kind: string): void {
    this.#scheduler.count(kind);
  }

  #over(ending: Ending, error?: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#scheduler.alive -= 1;
    // A request with several calls in flight ends with its first failure; the others go on behind its back.
    this.end(ending, error);
  }
}

import { MemoryAnswerStore } from "#adapters/memory/answer-store.ts";
import { MemoryApprovalStore } from "#adapters/memory/approval-store.ts";
import { MemoryAuditStore } from "#adapters/memory/audit-store.ts";
import { MemoryDerivedStore } from "#adapters/memory/derived-store.ts";
import { MemoryFactStore } from "#adapters/memory/fact-store.ts";
import { MemoryLedgerStore } from "#adapters/memory/ledger-store.ts";
import { MemoryPlanStore } from "#adapters/memory/plan-store.ts";
import { SimulatedClock } from "#adapters/system/clock.ts";
import { MemoryFileStore } from "#adapters/system/files-memory.ts";
import { MemorySecretStore } from "#adapters/system/secrets-memory.ts";
import { creditFacts } from "#app/crediting/credit-facts.ts";
import type { LiveRules } from "#app/crediting/live-rules.ts";
import { placeKey } from "#app/crediting/place.ts";
import { type DirtyProgress, rollUp } from "#app/crediting/roll-up.ts";
import type { EdgeDeps } from "#app/deps.ts";
import { type FactId, factKey } from "#domain/ids.ts";
import type { Random } from "#test/fixtures/jiangxi/random.ts";
import { JobRunner } from "./jobs.ts";
import { portsOf } from "./ports.ts";
import type { Sabotage } from "./sabotage.ts";
import { NO_FAULTS, Scheduler, type Task } from "./scheduler.ts";
import { Stream } from "./streams.ts";
import { WatchedReservations } from "./watched-reservations.ts";
import { BEGIN } from "./world.ts";

/** An intake that has not answered by then is dead; the clock is never set back by more than the other. See `INTAKE_SETTLING_MS`. */
const INTAKE_TIMEOUT_MS = 30_000;
const LARGEST_SETBACK_MS = 15_000;
/** More than this at once is a jump: whoever is at work finds another day. */
const JUMP_MS = 24 * 60 * 60_000;

/** Webhook signatures are judged by a clock of their own, which here stands still. */
export const SIGNED_AT_SECONDS = 1_500_000_000;
export const SECRET = `whsec_${Buffer.from("storm").toString("base64")}`;

/** Stores, streams, jobs, clock: all that lives while a seed is played. */
export class Storm {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly clock = new SimulatedClock(BEGIN);
  /** The stores as they are, without turns and faults. */
  readonly raw: EdgeDeps;
  readonly facts: Stream<FactId>;
  readonly credits: Stream<DirtyProgress>;
  readonly jobs: JobRunner;
  readonly reservations = new WatchedReservations();
  readonly sabotage: Sabotage;
  /** The stores as workers have them, sabotage included. */
  readonly stores: EdgeDeps;
  readonly #intakes = new Map<Task, number>();
  #highWater = BEGIN;

  constructor(random: Random, sabotage: Sabotage = {}) {
    this.random = random;
    this.sabotage = sabotage;
    this.scheduler = new Scheduler(random);
    const { newContainer, isDeduped } = sabotage;
    this.facts = new Stream(this.scheduler, "credit", {
      nameOf: factKey,
      work: (task, ids, liveRules) => this.#credit(task, ids, liveRules),
      newContainer,
      isDeduped,
    });
    this.credits = new Stream(this.scheduler, "rollup", {
      nameOf: ({ campaign, place, participantId }) => `${campaign}#${placeKey(place)}#${participantId}`,
      work: (task, dirty, liveRules) => this.#rollUp(task, dirty, liveRules),
      newContainer,
      isDeduped,
    });
    this.raw = this.#memory();
    this.stores = sabotage.stores?.(this.raw) ?? this.raw;
    this.jobs = new JobRunner(this.scheduler, (task) => this.portsOf(task));
  }

  /** The ports as one worker sees them: call by call, at its turns. */
  portsOf(task: Task): EdgeDeps {
    const deps = portsOf(task, this.stores);
    return this.sabotage.ports?.(task.name, deps) ?? deps;
  }

  /** An intake lives no longer than its time-out, by the business clock. */
  watchIntake(task: Task): void {
    this.#intakes.set(task, this.clock.now());
  }

  advance(milliseconds: number): void {
    if (milliseconds > JUMP_MS) this.scheduler.count("clock jumped");
    this.clock.advance(milliseconds);
    this.#highWater = Math.max(this.#highWater, this.clock.now());
    for (const [task, since] of this.#intakes) {
      if (task.isOver) this.#intakes.delete(task);
      else if (this.clock.now() - since > INTAKE_TIMEOUT_MS && !this.sabotage.isIntakeEndless) {
        this.scheduler.count("intake timed out");
        void task.kill();
        this.#intakes.delete(task);
      }
    }
  }

  /** Sets the clock back a little, as machines do whose clock ran ahead. */
  setBack(): void {
    this.scheduler.count("clock set back");
    const least = this.#highWater - LARGEST_SETBACK_MS;
    this.clock.set(Math.max(least, this.clock.now() - this.random.int(1, LARGEST_SETBACK_MS)));
  }

  /** From here on nothing goes wrong; whoever is slow goes on when nobody else has anything to do, past all that could mend what they write. */
  calm(): void {
    this.scheduler.rates = NO_FAULTS;
  }

  async #credit(task: Task, ids: readonly FactId[], liveRules: LiveRules): Promise<readonly FactId[]> {
    const failures = await creditFacts(this.portsOf(task), ids, { liveRules });
    return failures.map(({ id }) => id);
  }

  /** As `functions/rollup/app.ts` does: all that changed in one place together. */
  async #rollUp(task: Task, dirty: readonly DirtyProgress[], liveRules: LiveRules): Promise<readonly DirtyProgress[]> {
    const deps = this.portsOf(task);
    const places = Map.groupBy(dirty, ({ campaign, place }) => `${campaign}#${placeKey(place)}`);
    const failed = await Promise.all(
      [...places.values()].map(async (inPlace) => {
        try {
          await rollUp(deps, inPlace, liveRules);
          return [];
        } catch {
          return inPlace;
        }
      }),
    );
    return failed.flat();
  }

  #memory(): EdgeDeps {
    return {
      facts: new MemoryFactStore({ onDirty: (id) => this.facts.add(id) }),
      derived: new MemoryDerivedStore({ onDirty: (dirty) => this.credits.add(dirty) }),
      plans: new MemoryPlanStore(),
      answers: new MemoryAnswerStore(),
      ledger: new MemoryLedgerStore(),
      reservations: this.reservations,
      approvals: new MemoryApprovalStore(),
      audit: new MemoryAuditStore(),
      files: new MemoryFileStore(),
      secrets: new MemorySecretStore({ pos: SECRET }),
      jobs: {
        startSettlement: async (request) => this.jobs.startSettlement(request),
        startRebuild: async (campaign, epoch, attempt = 1) =>
          this.jobs.startRebuild(campaign, epoch, attempt, this.clock.now()),
        wakeSettlement: async (callbackId) => this.jobs.wake(callbackId),
      },
      // What a file looks like is no matter of turns.
      payoutWriter: {
        csv: async (payouts) => Buffer.from(JSON.stringify(payouts)),
        xlsx: async (payouts) => Buffer.from(JSON.stringify(payouts)),
      },
      clock: this.clock,
      securityClock: { now: () => SIGNED_AT_SECONDS * 1000 },
      identity: {
        actorOf: async () => {
          throw new Error("nobody signs in here");
        },
      },
    };
  }
}

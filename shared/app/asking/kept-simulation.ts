import * as z from "zod";
import type { Actor } from "#domain/actor.ts";
import { formatInstant, instantOf } from "#domain/instant.ts";
import { Refusal } from "#domain/problem.ts";
import { type KeptSimulation, keptSimulationSchema, type SimulationProgress } from "#domain/simulation.ts";
import { hashOf } from "#engine/hash.ts";
import type { Deps } from "../deps.ts";
import { findCampaign } from "../find-campaign.ts";
import type { Simulation, SimulationRequest } from "./simulate-plan.ts";

/**
 * A simulation that is kept under an id which whoever asks has made up, so that they can look how far it is while it is answered, leave, and
 * find it again. Kept as files, by who asked: nobody finds another's. The bucket forgets them after a week.
 */

type KeepDeps = Pick<Deps, "plans" | "facts" | "files" | "clock">;
type Name = Pick<KeptSimulation, "campaign" | "requestedBy" | "id">;

/** What does it; passed in, because settling is code that reading does not need. */
export type Simulates = (
  deps: Pick<Deps, "plans" | "facts" | "clock">,
  campaign: string,
  request: SimulationRequest,
  tell: (progress: SimulationProgress) => Promise<void>,
) => Promise<Simulation>;

/** A call is ended after half a minute: what was not told for longer does not come back. */
const LOST_AFTER_MS = 60_000;
/** A count that moved by less is not worth being written: a simulation writes some dozen times, however many facts there are. */
const PARTS_TOLD = 10;

/**
 * Simulates, and keeps how far it is and what comes of it. The same id again begins anew.
 *
 * @throws Refusal as the simulation does; it is kept as the reason
 */
export async function simulateKept(
  deps: KeepDeps,
  actor: Actor,
  campaign: string,
  { keepAs: id, ...request }: SimulationRequest & { readonly keepAs: string },
  simulates: Simulates,
): Promise<Simulation> {
  const { revision } = await findCampaign(deps, campaign);
  const now = () => formatInstant(deps.clock.now());
  const progress: SimulationProgress = { stage: "reading", read: 0, about: 0, settled: 0, toSettle: 0 };
  const begun: KeptSimulation = {
    ...{ id, campaign, requestedBy: actor.subject, requestedAt: now(), updatedAt: now() },
    ...{ state: "working", draftRevision: revision, progress },
  };
  const teller = new Teller(begun, (record) => keepRecord(deps, { ...record, updatedAt: now() }));
  try {
    const simulation = await simulates(deps, campaign, request, (told) => teller.tell(told));
    await putJson(deps, `${folderOf(begun)}/result.json`, simulation);
    await teller.end({ state: "done" });
    return simulation;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { kind, message, problems } = error;
    await teller.end({ state: "failed", refusal: { kind, message, problems: [...problems] } });
    throw error;
  }
}

/** Writes one record after the other, and none that says hardly more than the one before. */
class Teller {
  #record: KeptSimulation;
  readonly #keep: (record: KeptSimulation) => Promise<void>;
  #written: SimulationProgress | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(record: KeptSimulation, keep: (record: KeptSimulation) => Promise<void>) {
    this.#record = record;
    this.#keep = keep;
  }

  async tell(progress: SimulationProgress): Promise<void> {
    // Pages are read side by side: a smaller count can come after a larger one.
    if (progress.stage === this.#record.progress.stage && done(progress) < done(this.#record.progress)) return;
    this.#record = { ...this.#record, progress };
    if (this.#written && !isNews(this.#written, progress)) return;
    this.#written = progress;
    await this.#write();
  }

  async end(outcome: Partial<KeptSimulation>): Promise<void> {
    this.#record = { ...this.#record, ...outcome };
    await this.#write();
  }

  #write(): Promise<void> {
    const record = this.#record;
    this.#queue = this.#queue.then(() => this.#keep(record));
    return this.#queue;
  }
}

function done({ read, settled }: SimulationProgress): number {
  return read + settled;
}

function isNews(before: SimulationProgress, now: SimulationProgress): boolean {
  return before.stage !== now.stage || done(now) - done(before) >= (now.about + now.toSettle) / PARTS_TOLD;
}

export interface FoundSimulation {
  readonly record: KeptSimulation;
  /** It says that it is being worked on, and nothing was heard of it for a minute. */
  readonly isLost: boolean;
  /** What came of it, as it was answered; of one that is done. */
  readonly simulation?: unknown;
}

/** @throws Refusal("notFound"): of others' too */
export async function readSimulation(
  deps: Pick<Deps, "plans" | "files" | "clock">,
  actor: Actor,
  campaign: string,
  id: string,
): Promise<FoundSimulation> {
  await findCampaign(deps, campaign);
  const folder = folderOf({ campaign, id, requestedBy: actor.subject });
  const stored = await getJson(deps, `${folder}/record.json`);
  if (stored === undefined) {
    throw new Refusal("notFound", `you have no simulation ${id} of ${campaign}; one is kept for a week`);
  }
  const record = keptSimulationSchema.parse(stored);
  const isLost = record.state === "working" && deps.clock.now() - instantOf(record.updatedAt) > LOST_AFTER_MS;
  if (record.state !== "done") return { record, isLost };
  return { record, isLost, simulation: await getJson(deps, `${folder}/result.json`) };
}

function keepRecord(deps: Pick<Deps, "files">, record: KeptSimulation): Promise<void> {
  return putJson(deps, `${folderOf(record)}/record.json`, record);
}

function folderOf({ campaign, requestedBy, id }: Name): string {
  return `simulations/${hashOf({ campaign, requestedBy, id })}`;
}

async function putJson({ files }: Pick<Deps, "files">, key: string, value: unknown): Promise<void> {
  await files.put(key, new TextEncoder().encode(JSON.stringify(value)), "application/json");
}

async function getJson({ files }: Pick<Deps, "files">, key: string): Promise<unknown> {
  const bytes = await files.get(key);
  return bytes === undefined ? undefined : z.json().parse(JSON.parse(new TextDecoder().decode(bytes)));
}

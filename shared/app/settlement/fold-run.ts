import { instantOf } from "#domain/instant.ts";
import type { Run, RunProgress } from "#domain/run.ts";
import { Folding } from "#engine/fold.ts";
import type { Deps } from "../deps.ts";
import { frozenRules } from "./frozen-rules.ts";
import { writePartial } from "./partials.ts";
import { requireRun, updateRun } from "./run-record.ts";

type FoldDeps = Pick<Deps, "facts" | "ledger" | "files">;
type RunRef = Pick<Run, "campaign" | "runId" | "asOf">;

/** How a fold is cut up where it is not left to the number of facts. Tests cut very small. */
export interface FoldSettings {
  readonly segments?: number;
  readonly chunkFacts?: number;
}

export interface FoldPlan {
  readonly segments: number;
  /** Versions of facts that one step reads, and a page more at most. */
  readonly chunkFacts: number;
}

/** Where the next step of a segment begins. */
export interface FoldPosition {
  readonly segment: number;
  readonly cursor?: string | undefined;
  /** Read before it. */
  readonly facts: number;
}

export interface FoldedChunk extends FoldPosition {
  /** The partial that was kept. */
  readonly file: string;
}

/** A step of so many facts takes about ten seconds and some hundred megabytes: far from what one invocation has. */
const CHUNK_FACTS = 100_000;
/** A durable execution has 3,000 operations; a chunk takes two of them, and the rest of a run 700 at most. */
const MOST_CHUNKS = 800;
const FACTS_PER_SEGMENT = 500_000;
const MOST_SEGMENTS = 16;
/** One page of DynamoDB is a megabyte, whatever is asked. */
const PAGE_FACTS = 4_000;

/** Decides into how many segments and steps a run reads the facts, and keeps it with the run: a repeat cuts the same. */
export async function planFold(deps: FoldDeps, run: RunRef, settings: FoldSettings = {}): Promise<FoldPlan> {
  const factsExpected = await deps.facts.about();
  const { fold: kept } = await updateRun(deps, run.campaign, run.runId, (current) => {
    if (current.fold) return undefined;
    const {
      segments = Math.min(MOST_SEGMENTS, Math.ceil(factsExpected / FACTS_PER_SEGMENT) + 1),
      chunkFacts = Math.max(CHUNK_FACTS, Math.ceil(factsExpected / MOST_CHUNKS)),
    } = settings;
    const unread = Array.from({ length: segments }, () => ({ facts: 0, done: false }));
    return {
      ...current,
      fold: { segments, chunkFacts },
      progress: { stage: "reading", factsExpected, segments: unread },
    };
  });
  if (!kept) throw new Error(`how ${run.runId} is folded could not be kept`);
  return kept;
}

/**
 * Folds the next stretch of one segment into a partial file, and says where the next one begins. Reads the facts
 * themselves, not the live credits: what is paid is computed from the truth. Holds the states of one chunk and one page.
 */
export async function foldChunk(
  deps: FoldDeps,
  run: RunRef,
  { segments, chunkFacts }: FoldPlan,
  { segment, cursor: from, facts: before }: FoldPosition,
): Promise<FoldedChunk> {
  const { rules } = await frozenRules(deps, await requireRun(deps, run.campaign, run.runId));
  const folding = new Folding(rules, instantOf(run.asOf));
  let read = 0;
  let cursor = from;
  do {
    const limit = Math.min(PAGE_FACTS, chunkFacts - read);
    const page: Awaited<ReturnType<Deps["facts"]["scan"]>> = await deps.facts.scan(segment, segments, {
      limit,
      cursor,
    });
    folding.add(page.items);
    read += page.items.length;
    cursor = page.cursor;
  } while (cursor !== undefined && read < chunkFacts);
  const file = await writePartial(deps, run, { segment, segments, from, to: cursor }, folding.finish());
  const facts = before + read;
  await tellProgress(deps, run, (progress) => ({
    ...progress,
    segments: progress.segments.map((told, index) =>
      index === segment ? { facts: Math.max(told.facts, facts), done: told.done || cursor === undefined } : told,
    ),
  }));
  return { segment, facts, file, ...(cursor === undefined ? {} : { cursor }) };
}

/** Changes what a run that computes shows of its progress. */
export async function tellProgress(
  deps: Pick<Deps, "ledger">,
  run: Pick<Run, "campaign" | "runId">,
  change: (progress: RunProgress) => RunProgress,
): Promise<void> {
  await updateRun(deps, run.campaign, run.runId, ({ progress, ...current }) =>
    current.state === "computing" && progress ? { ...current, progress: change(progress) } : undefined,
  );
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import { settle } from "#engine/settle.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";

const seed = fc.integer({ min: 0, max: 1_000_000 });
const CAMPAIGN = "jiangxi-travel-2018";

/** A number below `size`, different at each call, the same for the same seed. */
function picker(from: number): (size: number) => number {
  const random = seededRandom(from);
  return (size) => random.int(0, Math.max(0, size - 1));
}

async function deliver(cloud: MemoryCloud, facts: readonly Fact[], pick: (size: number) => number): Promise<void> {
  const waiting = [...facts];
  while (waiting.length > 0) {
    const [fact] = waiting.splice(pick(waiting.length), 1);
    if (!fact) return;
    const { recordedAt, ...message } = fact;
    cloud.clock.set(parseInstant(recordedAt) ?? 0);
    const again = pick(4) === 0 ? [message, message] : [message];
    await recordFacts(cloud.deps, again);
    if (pick(3) === 0) await cloud.drain(pick);
  }
  await cloud.drain(pick);
}

describe("the pipeline", () => {
  it("shows on its boards what the engine would settle, however facts arrive and workers run", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const inputs = readWorld(randomWorld(from));
        const cloud = new MemoryCloud();
        await cloud.launch(inputs);
        await cloud.runRebuilds();
        await deliver(cloud, inputs.facts, picker(from));
        const boards = await readBoards(cloud.deps, CAMPAIGN);
        const settlement = settle({ ...inputs, asOf: Number.MAX_SAFE_INTEGER / 2 });
        const placesOf = (reward: string) =>
          [...settlement.lines, ...settlement.notAwarded]
            .filter((entry) => entry.reward === reward && entry.rank !== undefined)
            .flatMap((entry) => (entry.rank === undefined ? [] : [[entry.rank, subjectOf(entry)] as const]))
            .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))
            .map(([rank, subject]) => `${rank} ${subject}`);
        for (const board of boards.boards) {
          const shown = board.rows.filter((row) => row.rank !== undefined).map((row) => `${row.rank} ${row.subject}`);
          expect(shown).toEqual([...new Set(placesOf(board.reward))].slice(0, shown.length));
        }
        expect(boards.boards.map(({ reward }) => reward)).toEqual(["branch-ranking", "speed-award", "personal-award"]);
      }),
      { numRuns: 25 },
    );
  });

  it("derives the same again from the facts alone", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const inputs = readWorld(randomWorld(from));
        const lived = new MemoryCloud();
        await lived.launch(inputs);
        await lived.runRebuilds();
        await deliver(lived, inputs.facts, picker(from));
        const rebuilt = new MemoryCloud();
        await rebuilt.launch(inputs);
        await deliverBeforeActivation(rebuilt, inputs.facts);
        await rebuilt.runRebuilds();
        await rebuilt.drain();
        const [a, b] = await Promise.all([readBoards(lived.deps, CAMPAIGN), readBoards(rebuilt.deps, CAMPAIGN)]);
        expect({ ...a, at: "" }).toEqual({ ...b, at: "" });
      }),
      { numRuns: 15 },
    );
  });
});

/** Facts are stored, but no worker has seen them: what a rebuild then finds is all there is. */
async function deliverBeforeActivation(cloud: MemoryCloud, facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) {
    const { recordedAt, ...message } = fact;
    cloud.clock.set(parseInstant(recordedAt) ?? 0);
    await recordFacts(cloud.deps, [message]);
  }
  cloud.dirtyFacts.length = 0;
}

/** Whom the reward judged: for a split prize that is the branch, not the person who is paid. */
function subjectOf(entry: { readonly trace: readonly { readonly step: string }[] } & Record<string, unknown>): string {
  const [measure] = entry.trace.flatMap((step) =>
    step.step === "measure" && "subject" in step ? [String(step.subject)] : [],
  );
  return measure ?? "";
}

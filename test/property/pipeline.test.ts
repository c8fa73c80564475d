import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { recordFacts } from "#app/intake/record-facts.ts";
import type { Fact } from "#domain/fact.ts";
import { parseInstant } from "#domain/instant.ts";
import { parsePlan } from "#domain/plan/check.ts";
import { decidingOn } from "#engine/award.ts";
import { fold } from "#engine/fold.ts";
import { exact, exactText, ZERO } from "#engine/kinds/exact.ts";
import { readingOf } from "#engine/kinds/reading.ts";
import { compileRules } from "#engine/rules.ts";
import { settle } from "#engine/settle.ts";
import { standingsOf } from "#engine/standings.ts";
import { readWorld } from "#test/fixtures/campaign.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { randomWorld } from "#test/fixtures/jiangxi/random-world.ts";
import { MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import type { PlanDocument } from "#test/fixtures/plan-builder.ts";
import { ranking } from "#test/fixtures/plan-builder.ts";
import { unnamed } from "#test/fixtures/random-plan.ts";

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

const MEASURES: PlanDocument["measures"] = [
  { id: "premium", aggregate: "sum", of: "amount" },
  { id: "policies", aggregate: "count" },
  { id: "largest", aggregate: "max", of: "amount" },
  { id: "latest", aggregate: "last", of: "amount" },
  { id: "entries", aggregate: "distinct", of: "entry" },
  { id: "products", aggregate: "distinct", of: "amount" },
  { id: "each", ratio: { numerator: "premium", denominator: "policies", empty: "zero" } },
];

/** Of a ratio nobody asks when it was reached; of the last value progress does not always tell it. */
const UNREACHED = new Set(["latest", "each"]);

/** A ranking of every measure at every level; who is ahead among equals hangs on facts too. */
const RANKINGS = ["participant", "branch", "province", "company"].flatMap((level) =>
  MEASURES.map(({ id }) =>
    ranking({
      id: `${id}-${level}`,
      measure: id,
      level,
      ties: UNREACHED.has(id) ? "earlierLastFact" : "earliestReach",
    }),
  ),
);

describe("the pipeline, of every kind of measure", () => {
  it("has of everybody the value that the facts tell, and their place", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (from) => {
        const world = readWorld(randomWorld(from));
        const plan = parsePlan({ ...unnamed(world.plan), measures: MEASURES, budgets: [], rewards: RANKINGS });
        const inputs = { ...world, plan };
        const cloud = new MemoryCloud();
        await cloud.launch(inputs);
        await cloud.runRebuilds();
        await deliver(cloud, inputs.facts, picker(from));
        const { boards, notShown } = await readBoards(cloud.deps, CAMPAIGN);
        expect(notShown.filter((left) => "reward" in left)).toEqual([]);
        const rules = compileRules(inputs);
        const standings = standingsOf(rules, fold(rules, Number.MAX_SAFE_INTEGER, inputs.facts));
        const settlement = settle({ ...inputs, asOf: Number.MAX_SAFE_INTEGER / 2 });
        expect(boards.map(({ reward }) => reward)).toEqual(RANKINGS.map(({ id }) => id));
        for (const { reward, measure, level, rows } of boards) {
          const deciding = decidingOn(rules, standings);
          const told = rows.map(({ subject, rank }) => ({
            subject,
            rank,
            value: exactText(readingOf(deciding, measure, level, subject).value ?? ZERO),
          }));
          const shown = rows.map(({ subject, rank, value }) => ({ subject, rank, value: exactText(exact(value)) }));
          expect({ reward, rows: shown }).toEqual({ reward, rows: told });
          const settled = [...settlement.lines, ...settlement.notAwarded].filter((entry) => entry.reward === reward);
          const placeOf = new Map(settled.map((entry) => [subjectOf(entry), entry.rank]));
          expect(rows.map(({ rank }) => rank)).toEqual(rows.map(({ subject }) => placeOf.get(subject)));
        }
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
    (step.step === "measure" || step.step === "ratio") && "subject" in step ? [String(step.subject)] : [],
  );
  return measure ?? "";
}

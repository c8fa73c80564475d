import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBoards } from "#app/boards/read-boards.ts";
import { readOwnPlace } from "#app/boards/read-own-place.ts";
import type { Board, BoardRow } from "#domain/board.ts";
import type { Sale } from "#domain/fact.ts";
import { seededRandom } from "#test/fixtures/jiangxi/random.ts";
import { MAKER, MemoryCloud } from "#test/fixtures/memory-cloud.ts";
import { competingWorld, keepOnly, randomShards, spreadOver, told } from "#test/fixtures/spread-world.ts";

const CAMPAIGN = "small";
const seed = fc.integer({ min: 0, max: 1_000_000 });

function isSale(fact: { readonly kind: string }): fact is Sale {
  return fact.kind === "sale";
}

/** The same campaign twice: read from everybody's progress, and spread over places whose boards workers keep. */
async function twoClouds(from: number, people: number) {
  const random = seededRandom(from);
  const inputs = competingWorld(random, people);
  const facts = inputs.facts.filter(isSale);
  const [plain, spread] = [new MemoryCloud(), new MemoryCloud()];
  for (const cloud of [plain, spread]) {
    await cloud.launch(inputs);
    await cloud.runRebuilds();
  }
  const half = random.int(0, facts.length);
  await told(plain, facts);
  await plain.drain();
  await told(spread, facts.slice(0, half));
  await spread.drain((size) => random.int(0, size - 1));
  await spreadOver(spread, CAMPAIGN, { shards: randomShards(random), keepsBoards: true });
  await told(spread, facts.slice(half));
  if (random.int(0, 1) === 0) await spread.drain((size) => random.int(0, size - 1));
  await spread.runRebuilds();
  await spread.drain((size) => random.int(0, size - 1));
  return { random, plain, spread };
}

async function boardsOf(cloud: MemoryCloud) {
  return { ...(await readBoards(cloud.deps, CAMPAIGN)), at: "" };
}

describe("a campaign that is spread over places", () => {
  it("has the boards of one that is not, whenever it was spread", async () => {
    await fc.assert(
      fc.asyncProperty(seed, fc.integer({ min: 1, max: 30 }), async (from, people) => {
        const { plain, spread } = await twoClouds(from, people);
        expect(await boardsOf(spread)).toEqual(await boardsOf(plain));
      }),
      { numRuns: 12 },
    );
  });

  it("shows the best of everybody as they are, though of each place only a few are kept", async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(seed, fc.integer({ min: 1, max: 6 }), async (from, most) => {
        const { plain, spread } = await twoClouds(from, 30);
        await keepOnly(spread, CAMPAIGN, most);
        const [kept, all] = [await boardsOf(spread), await boardsOf(plain)];
        expect(kept.notShown).toEqual(all.notShown);
        for (const [index, board] of kept.boards.entries()) {
          const whole = all.boards[index];
          if (!whole) throw new Error("there is one board too many");
          expect(board.subjects).toBe(whole.subjects);
          // Those without a place are known as far as one place keeps them; at a hundred, as far as any board shows.
          const rows = board.rows.filter(
            (row, at) => row.rank !== undefined || at < most || board.level !== "participant",
          );
          const shown = whole.rows.slice(0, rows.length);
          if (board.level === "participant") {
            expect(rows.length).toBeGreaterThanOrEqual(Math.min(most, whole.rows.length));
          }
          expect(withoutOpenPrizes(board, shown)).toEqual(withoutOpenPrizes(board, rows));
          for (const [at, row] of rows.entries()) if (row.prize !== undefined) expect(row).toEqual(shown[at]);
          if (rows.length < whole.rows.length) cut += 1;
        }
      }),
      { numRuns: 10 },
    );
    expect(cut).toBeGreaterThan(10);
  });
});

describe("a person's place", () => {
  it("is told exactly among the best, and between bounds that hold of everybody else", async () => {
    let rough = 0;
    await fc.assert(
      fc.asyncProperty(seed, fc.integer({ min: 1, max: 3 }), async (from, most) => {
        const { random, plain, spread } = await twoClouds(from, 30);
        await keepOnly(spread, CAMPAIGN, most);
        const { boards } = await boardsOf(plain);
        for (const { reward, level, rows } of boards) {
          if (level !== "participant") continue;
          const ranked = rows.filter(({ rank }) => rank !== undefined).length;
          for (const { subject, rank, value } of [random.pick(rows), random.pick(rows)]) {
            const asked = { campaign: CAMPAIGN, board: reward, participantId: subject };
            const { place, row, why } = await readOwnPlace(spread.deps, MAKER, asked);
            expect({ why, value: row?.value, isPlaced: place !== undefined }).toEqual({
              value,
              isPlaced: rank !== undefined,
            });
            if (!place || rank === undefined) continue;
            expect(place.of).toBe(ranked);
            expect(place.from).toBeLessThanOrEqual(rank);
            expect(place.to).toBeGreaterThanOrEqual(rank);
            if (place.isExact) expect([place.from, place.to, row?.rank]).toEqual([rank, rank, rank]);
            else rough += 1;
          }
        }
      }),
      { numRuns: 12 },
    );
    expect(rough).toBeGreaterThan(5);
  });
});

/** A shared prize is left out where those who share it are not all known. */
function withoutOpenPrizes({ rows }: Board, of: readonly BoardRow[]): BoardRow[] {
  return of.map((row, index) => {
    if (rows[index]?.prize !== undefined) return row;
    const { prize: _, ...rest } = row;
    return rest;
  });
}

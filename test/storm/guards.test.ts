import { afterAll, describe, expect, it } from "vitest";
import { GUARDS, type Guard } from "./guards.ts";
import { play } from "./play.ts";

/** A test that cannot fail proves nothing: each guard of the design is switched off once, and the storm must notice. */

/** So many storms of a guard that another stands behind, to see that nothing can be told. */
const REDUNDANT_SEEDS = 6;

/** The first seed that notices, and what it says. Those before the guard's own are known to say nothing: it is the first of all. */
async function noticed(guard: Guard, most: number): Promise<{ seed: number; violation: string } | undefined> {
  const first = guard.seed ?? 1;
  for (let seed = first; seed < first + most; seed += 1) {
    const [violation] = await without(guard, async () => (await play(seed, guard.sabotage)).violations);
    // A seed that fails anyhow says nothing about the guard.
    if (violation && (await play(seed)).violations.length === 0) return { seed, violation };
  }
  return undefined;
}

async function without<T>({ loosen }: Guard, work: () => Promise<T>): Promise<T> {
  const tighten = loosen?.();
  try {
    return await work();
  } finally {
    tighten?.();
  }
}

const told: string[] = [];
afterAll(() => console.info(told.join("\n")));

describe("without this guard the storm finds what is wrong", () => {
  it.each(GUARDS.filter(({ within }) => within !== undefined))("$name", { timeout: 300_000 }, async (guard) => {
    const found = await noticed(guard, guard.within ?? 0);
    told.push(`${String(found?.seed ?? "-").padStart(4)} seeds: ${guard.name}: ${found?.violation.slice(0, 110)}`);
    expect(found, `${guard.name}: not noticed in ${guard.within} storms`).toBeDefined();
  });
});

describe("without this guard a made case goes wrong, and with it all is well", () => {
  it.each(GUARDS.filter(({ made }) => made !== undefined))("$name", async (guard) => {
    expect(await guard.made?.()).toEqual([]);
    expect(await without(guard, async () => guard.made?.(guard.sabotage ?? {}))).not.toEqual([]);
  });
});

describe("without this guard storms find nothing wrong, because another stands behind it", () => {
  it.each(GUARDS.filter(({ behind }) => behind !== undefined))("$name: $behind", async (guard) => {
    expect(await noticed(guard, REDUNDANT_SEEDS)).toBeUndefined();
  });
});

it("each guard is noticed, by storms or by a made case", () => {
  expect(GUARDS.filter(({ within, made }) => within === undefined && made === undefined)).toEqual([]);
});

import { describe, expect, it } from "vitest";
import { play } from "./play.ts";

/** As many as are played in some twenty seconds on one core; `npm run storm` plays more. */
const SEEDS = 60;
const AT_ONCE = 10;

describe("the storm", () => {
  const groups = Array.from({ length: SEEDS / AT_ONCE }, (_, group) => group * AT_ONCE + 1);

  it.each(groups)("leaves every invariant standing: ten seeds from %i", async (from) => {
    for (let seed = from; seed < from + AT_ONCE; seed += 1) {
      const { violations, log } = await play(seed);
      const again = `npm run storm -- --seeds 1 --from ${seed}`;
      expect(violations, [again, ...violations, ...log.slice(-40)].join("\n")).toEqual([]);
    }
  });

  it("is the same storm for the same seed", async () => {
    const [once, again] = [await play(7), await play(7)];
    expect(again).toEqual(once);
    expect(once.log.length).toBeGreaterThan(100);
  });
});

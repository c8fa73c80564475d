import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { play } from "./play.ts";

/** As many as one core plays in some four minutes (1.1 s each); `npm run storm` plays more. */
const SEEDS = 200;
const AT_ONCE = 10;

const counted = new Map<string, number>();

describe("the storm", () => {
  const groups = Array.from({ length: SEEDS / AT_ONCE }, (_, group) => group * AT_ONCE + 1);

  it.each(groups)("leaves every invariant standing: ten seeds from %i", async (from) => {
    for (let seed = from; seed < from + AT_ONCE; seed += 1) {
      const { violations, log, faults } = await play(seed);
      const again = `npm run storm -- --seeds 1 --from ${seed}`;
      expect(violations, [again, ...violations, ...log.slice(-40)].join("\n")).toEqual([]);
      for (const [fault, times] of Object.entries(faults)) counted.set(fault, (counted.get(fault) ?? 0) + times);
    }
  });

  it("played every fault that its README lists, and lists every fault that it played", () => {
    const readme = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
    const [, table = ""] = /## What goes wrong\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const rows = table.split("\n").filter((line) => line.startsWith("|"));
    const listed = rows.slice(2).flatMap((row) => [...(row.split("|")[3] ?? "").matchAll(/`([^`]+)`/g)]);
    expect(listed.map(([, name]) => name).sort()).toEqual([...counted.keys()].sort());
  });

  it("is the same storm for the same seed", async () => {
    const [once, again] = [await play(7), await play(7)];
    expect(again).toEqual(once);
    expect(once.log.length).toBeGreaterThan(100);
  });
});

/** `npm run bench` runs all benchmarks, `npm run bench -- cost` one of them; see README.md. */

const BENCHMARKS: Readonly<Record<string, () => Promise<() => Promise<void>>>> = {
  freshness: async () => (await import("./freshness/freshness.ts")).benchFreshness,
  cost: async () => (await import("./cost/cost.ts")).benchCost,
  engine: async () => (await import("./engine/engine.ts")).benchEngine,
  growth: async () => (await import("./engine/engine.ts")).benchGrowth,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(", ")}; there are ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}
for (const [name, load] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const bench = await load();
  await bench();
}

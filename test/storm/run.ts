import { parseArgs } from "node:util";
import { GUARDS } from "./guards.ts";
import { play } from "./play.ts";

/**
 * `npm run storm -- --seeds N --from S`: plays seeds and tells what happened in them. Ends with 1 when a seed failed.
 * With `--without <guard>` a guard of `guards.ts` is switched off, whose name begins so: then seeds should fail.
 */

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    without: { type: "string" },
  },
});
const guard =
  values.without === undefined ? undefined : GUARDS.find(({ name }) => name.startsWith(values.without ?? ""));
if (values.without !== undefined && !guard)
  throw new Error(`there is no guard ${values.without}: ${GUARDS.map(({ name }) => name).join("; ")}`);
guard?.loosen?.();
const count = Number(values.seeds);
const from = Number(values.from);
const faults: Record<string, number> = {};
const failed: number[] = [];
let steps = 0;
const begun = performance.now();
for (let seed = from; seed < from + count; seed += 1) {
  const played = await play(seed, guard?.sabotage);
  steps += played.steps;
  for (const [kind, times] of Object.entries(played.faults)) faults[kind] = (faults[kind] ?? 0) + times;
  if (played.violations.length === 0) continue;
  failed.push(seed);
  console.log(`\nseed ${seed} fails:`);
  for (const violation of played.violations.slice(0, 12)) console.log(`  ${violation}`);
  if (count <= 3) for (const line of played.log.slice(-120)) console.log(`    ${line}`);
  console.log(`  again, with its last turns: npm run storm -- --seeds 1 --from ${seed}`);
}
const seconds = (performance.now() - begun) / 1000;
console.log(
  `\n${count} seeds, ${steps} turns, ${seconds.toFixed(1)} s: ${(count / seconds).toFixed(1)} seeds/s, ${Math.round(steps / seconds)} turns/s`,
);
for (const [kind, times] of Object.entries(faults).sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`  ${String(times).padStart(7)}  ${kind}`);
console.log(failed.length === 0 ? "every invariant held" : `${failed.length} seeds failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

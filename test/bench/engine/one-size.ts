import { requireFit } from "#engine/fit.ts";
import { Folding } from "#engine/fold.ts";
import { compileRules } from "#engine/rules.ts";
import { conclude } from "#engine/settle.ts";
import { peakMegabytes, Stopwatch } from "../measure.ts";
import { pagesOf, salesStream } from "../sales-world.ts";
import { countByConditions, countByJsonRules } from "./conditions.ts";
import { type Awards, type RivalRun, runDuckDb, runSqlite } from "./rivals.ts";

/**
 * One size, in a process of its own (engine.ts starts it), so that the peak of memory is that size's. Prints one line of
 * JSON. `alone`: without the rivals.
 */

const ASOF = Date.parse("2018-11-16T00:00:00+08:00");

/** Messages that a condition is asked of. */
const ASKED = 100_000;

const [facts = 10_000, agents = 1_000] = process.argv.slice(2, 4).map(Number);
const size = { facts, agents };
const world = salesStream(size);
const { result, engine } = settleByPages();
const { lines } = result;
console.log(
  JSON.stringify({ ...size, lines: lines.length, engine, ...(process.argv[4] === "alone" ? {} : await rivals()) }),
);

/** As a settlement goes: pages come, each is worked in and forgotten. What it takes to make a page is not the engine's. */
function settleByPages() {
  const stopwatch = new Stopwatch();
  const folding = stopwatch.time(() => {
    const rules = compileRules(world);
    requireFit(rules, ASOF);
    return { rules, facts: new Folding(rules, ASOF) };
  });
  for (const page of pagesOf(world.facts())) stopwatch.time(() => folding.facts.add(page));
  const result = stopwatch.time(() =>
    conclude(world, folding.rules, folding.facts.finish(), { asOf: ASOF, closedOnly: false }),
  );
  const { cpuMs, wallMs } = stopwatch;
  return { result, engine: { cpuMs, wallMs, peakMegabytes: peakMegabytes(), resultHash: result.resultHash } };
}

async function rivals() {
  const awards: Awards = new Map(
    lines.map(({ reward, payee, amount }) => [`${reward} ${payee.id}`, Math.round(Number(amount) * 100)]),
  );
  const duckDbRun = await runDuckDb(world);
  const duckDb = { ...timesOf("DuckDB", awards, duckDbRun), sameWorkCpuMs: duckDbRun.sameWork.cpuMs };
  const sqlite = timesOf("SQLite", awards, await runSqlite(world));
  const some = pagesOf(world.facts(), ASKED).next().value ?? [];
  const [conditions, jsonRules] = [await countByConditions(world, some), await countByJsonRules(some)];
  if (conditions.result !== jsonRules.result) throw new Error("json-rules-engine counts other messages");
  const perMillion = (cpu: number) => (cpu * 1e6) / some.length;
  return {
    duckDb,
    sqlite,
    conditions: { ours: perMillion(conditions.cpuMs), jsonRules: perMillion(jsonRules.cpuMs) },
  };
}

/** @throws when a rival pays anybody another amount */
function timesOf(name: string, ours: Awards, { awards, traces }: RivalRun) {
  const theirs = awards.result;
  const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => ours.get(key) !== theirs.get(key));
  if (differing.length > 0) throw new Error(`${name} pays ${differing.length} others, such as ${differing[0]}`);
  return { cpuMs: awards.cpuMs, wallMs: awards.wallMs, tracesCpuMs: traces.cpuMs };
}

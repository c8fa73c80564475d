import { settle } from "#engine/settle.ts";
import { measured, peakMegabytes } from "../measure.ts";
import { type SalesWorldSize, salesStream, salesWorld } from "../sales-world.ts";
import { countByConditions, countByJsonRules } from "./conditions.ts";
import { type Awards, type RivalRun, runDuckDb, runSqlite } from "./rivals.ts";

/**
 * One size, in a process of its own (engine.ts starts it), so that the peak of memory is that size's. Prints one line of
 * JSON. `alone`: without the rivals, and with messages that are made as they are read and held by nobody.
 */

const ASOF = Date.parse("2018-11-16T00:00:00+08:00");

/** Messages that are only made, to know what that takes of the whole. */
const MADE = 1_000_000;

const [facts = 10_000, agents = 1_000] = process.argv.slice(2, 4).map(Number);
const size = { facts, agents };
console.log(JSON.stringify(await (process.argv[4] === "alone" ? measureAlone(size) : measureBeside(size))));

async function measureAlone(size: SalesWorldSize) {
  const world = salesStream(size);
  const { result, cpuMs, wallMs } = await measured(() => settle({ ...world, facts: world.facts(), asOf: ASOF }));
  const engine = { cpuMs, wallMs, peakMegabytes: peakMegabytes(), resultHash: result.resultHash };
  const count = Math.min(MADE, size.facts);
  const making = await measured(() => made(world.facts(), count));
  return { ...size, lines: result.lines.length, engine, makingMs: (making.cpuMs * size.facts) / count };
}

/** How many were made: as many as were asked for. */
function made(facts: Iterable<unknown>, count: number): number {
  let before = 0;
  for (const _ of facts) {
    before += 1;
    if (before >= count) break;
  }
  return before;
}

async function measureBeside(size: SalesWorldSize) {
  const world = salesWorld(size);
  const { result, cpuMs, wallMs } = await measured(() => settle({ ...world, asOf: ASOF }));
  const engine = { cpuMs, wallMs, peakMegabytes: peakMegabytes(), resultHash: result.resultHash };
  const ours: Awards = new Map(
    result.lines.map(({ reward, payee, amount }) => [`${reward} ${payee.id}`, Math.round(Number(amount) * 100)]),
  );
  const duckDbRun = await runDuckDb(world);
  const duckDb = { ...timesOf("DuckDB", ours, duckDbRun), sameWorkCpuMs: duckDbRun.sameWork.cpuMs };
  const sqlite = timesOf("SQLite", ours, await runSqlite(world));
  const some = { ...world, facts: world.facts.slice(0, 100_000) };
  const [conditions, jsonRules] = [await countByConditions(some), await countByJsonRules(some)];
  if (conditions.result !== jsonRules.result) throw new Error("json-rules-engine counts other messages");
  const perMillion = (cpu: number) => (cpu * 1e6) / some.facts.length;
  return {
    ...size,
    lines: ours.size,
    engine,
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

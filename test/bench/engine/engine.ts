import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { measuredOn, rounded, table, writeSection } from "../results.ts";
import { type Curve, plot } from "./plot.ts";

/** `npm run bench -- engine` beside databases, and `npm run bench -- growth`: what more facts and more people cost. */

const SIZES = [
  [10_000, 1_000],
  [100_000, 10_000],
  [1_000_000, 100_000],
] as const;
const MORE_FACTS = [10_000, 30_000, 100_000, 300_000] as const;
const MORE_AGENTS = [1_000, 10_000, 100_000, 1_000_000] as const;
const AGENTS = 10_000;
const FACTS = 30_000;

const timesSchema = z.object({ cpuMs: z.number(), wallMs: z.number() });
const engineSchema = timesSchema.extend({ peakMegabytes: z.number(), resultHash: z.string() });
const aloneSchema = z.object({ facts: z.number(), agents: z.number(), engine: engineSchema });
const rivalSchema = timesSchema.extend({ tracesCpuMs: z.number() });
const besideSchema = aloneSchema.extend({
  lines: z.number(),
  duckDb: rivalSchema,
  sqlite: rivalSchema,
  conditions: z.object({ ours: z.number(), jsonRules: z.number() }),
});

/** The table is written after each size: the largest takes minutes. */
export async function benchEngine(): Promise<void> {
  const sizes: z.infer<typeof besideSchema>[] = [];
  for (const [facts, agents] of SIZES) {
    sizes.push(besideSchema.parse(await run(facts, agents)));
    writeSection("engine", besideSection(sizes));
  }
}

const seconds = (milliseconds: number) => rounded(milliseconds / 1000);

function besideSection(sizes: readonly z.infer<typeof besideSchema>[]): string[] {
  const last = sizes.at(-1);
  return [
    "## The engine beside databases",
    "",
    measuredOn(),
    "",
    "The Jiangxi plan on made-up sales in memory. The engine reads texts, keeps the newest version of each sale, decides, traces",
    "every line and hashes input and result; the databases answer with the awards alone, the same to the cent (or the run stops), from",
    "amounts and instants that are read already, on one thread. In seconds of processor time, loading left out. `÷` is the",
    "engine's time divided by the database's; `with sales` adds listing the sales behind each commission as JSON.",
    "",
    ...table(
      ["messages", "people", "lines", "engine", "DuckDB", "÷", "with sales", "÷", "SQLite", "÷", "with sales", "÷"],
      sizes.map(({ facts, agents, lines, engine, duckDb, sqlite }) => {
        const beside = (other: z.infer<typeof rivalSchema>) => {
          const all = other.cpuMs + other.tracesCpuMs;
          return [other.cpuMs, all].flatMap((time) => [seconds(time), rounded(engine.cpuMs / time, 1)]);
        };
        const counts = [facts, agents, lines].map((count) => rounded(count, 0));
        return [...counts, seconds(engine.cpuMs), ...beside(duckDb), ...beside(sqlite)];
      }),
    ),
    "",
    ...(last
      ? [
          `The three counting conditions of the plan, asked of a million messages: ${seconds(last.conditions.ours)} s compiled here,`,
          `${seconds(last.conditions.jsonRules)} s by json-rules-engine, ${rounded(last.conditions.jsonRules / last.conditions.ours, 0)} times that; the same messages counted.`,
        ]
      : []),
  ];
}

export async function benchGrowth(): Promise<void> {
  const facts = await curveOf(MORE_FACTS.map((count) => [count, AGENTS] as const));
  const agents = await curveOf(MORE_AGENTS.map((count) => [FACTS, count] as const));
  const rows = (curve: Awaited<ReturnType<typeof curveOf>>) =>
    curve.map(({ facts: messages, agents: people, engine: { cpuMs, peakMegabytes } }) => [
      rounded(messages, 0),
      rounded(people, 0),
      rounded(cpuMs / 1000),
      rounded((cpuMs * 1000) / messages, 1),
      rounded(peakMegabytes, 0),
    ]);
  const head = ["messages", "people", "seconds of processor time", "µs a message", "peak MB"];
  const perMessage = (name: string, curve: Awaited<ReturnType<typeof curveOf>>, of: "facts" | "agents"): Curve => ({
    name,
    points: curve.map((size) => ({ at: size[of], value: (size.engine.cpuMs * 1000) / size.facts })),
  });
  writeFileSync(
    join(import.meta.dirname, "../growth.svg"),
    plot("µs of processor time a message", [
      perMessage(`more messages, ${rounded(AGENTS, 0)} people`, facts, "facts"),
      perMessage(`more people, ${rounded(FACTS, 0)} messages`, agents, "agents"),
    ]),
  );
  writeSection("growth", [
    "## How the engine grows",
    "",
    measuredOn(),
    "",
    "One settlement in one process, messages and traces in memory: the peak is of everything, the made-up messages too.",
    "",
    ...table(head, rows(facts)),
    "",
    ...table(head, rows(agents)),
    "",
    "![Time a message by size](growth.svg)",
  ]);
}

async function curveOf(sizes: readonly (readonly [facts: number, agents: number])[]) {
  const curve: z.infer<typeof aloneSchema>[] = [];
  for (const [facts, agents] of sizes) curve.push(aloneSchema.parse(await run(facts, agents, "alone")));
  return curve;
}

/** In a process of its own, with room for a few gigabytes. */
async function run(facts: number, agents: number, ...rest: readonly string[]): Promise<unknown> {
  const script = join(import.meta.dirname, "one-size.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--max-old-space-size=12000",
      "--disable-warning=ExperimentalWarning",
      script,
      String(facts),
      String(agents),
      ...rest,
    ],
    { cwd: join(import.meta.dirname, "../../..") },
  );
  console.error(`${facts} messages, ${agents} people: ${stdout.trim()}`);
  return JSON.parse(stdout);
}

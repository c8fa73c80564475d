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
  [1_000_000, 10_000],
  [1_000_000, 100_000],
] as const;
const MORE_AGENTS = [1_000, 10_000, 100_000, 1_000_000] as const;
const MORE_FACTS = [10_000, 100_000, 1_000_000, 5_000_000, 25_000_000] as const;
const AGENTS = 10_000;
const FACTS = 100_000;

const timesSchema = z.object({ cpuMs: z.number(), wallMs: z.number() });
const engineSchema = timesSchema.extend({ peakMegabytes: z.number(), resultHash: z.string() });
const sizeSchema = z.object({ facts: z.number(), agents: z.number(), lines: z.number(), engine: engineSchema });
type Alone = z.infer<typeof sizeSchema>;
const rivalSchema = timesSchema.extend({ tracesCpuMs: z.number() });
const besideSchema = sizeSchema.extend({
  duckDb: rivalSchema.extend({ sameWorkCpuMs: z.number() }),
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
    "The Jiangxi plan on made-up sales. The engine takes them in pages as a store hands them on, reads texts, keeps the newest version of",
    "each sale, decides, traces every line and hashes input and result; the databases answer with the awards alone, the same to the",
    "cent (or the run stops), from amounts and instants that are read already, on one thread. In seconds of processor time; loading and making",
    "pages left out. `÷` is the engine's time divided by the database's; `with sales` adds listing the sales behind each commission as",
    "JSON; `same work` is DuckDB from the texts of the messages, with the sales listed and messages, input and traces hashed",
    "(`engine/same-work.ts`).",
    "",
    ...table(
      [
        ...["messages", "people", "lines", "engine", "DuckDB", "÷", "with sales", "÷", "same work", "÷"],
        ...["SQLite", "÷", "with sales", "÷"],
      ],
      sizes.map(({ facts, agents, lines, engine, duckDb, sqlite }) => {
        const beside = (times: readonly number[]) =>
          times.flatMap((time) => [seconds(time), rounded(engine.cpuMs / time, 1)]);
        const timesOf = (other: z.infer<typeof rivalSchema>) => [other.cpuMs, other.cpuMs + other.tracesCpuMs];
        const counts = [facts, agents, lines].map((count) => rounded(count, 0));
        const times = [...timesOf(duckDb), duckDb.sameWorkCpuMs, ...timesOf(sqlite)];
        return [...counts, seconds(engine.cpuMs), ...beside(times)];
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

/** The section is written after each size: the largest take many minutes. */
export async function benchGrowth(): Promise<void> {
  const [agents, facts]: [Alone[], Alone[]] = [[], []];
  for (const count of MORE_AGENTS) {
    agents.push(sizeSchema.parse(await run(FACTS, count, "alone")));
    writeGrowth(facts, agents);
  }
  for (const count of MORE_FACTS) {
    facts.push(sizeSchema.parse(await run(count, AGENTS, "alone")));
    writeGrowth(facts, agents);
  }
}

function writeGrowth(facts: readonly Alone[], agents: readonly Alone[]): void {
  const rows = (curve: readonly Alone[]) =>
    curve.map((size) => [
      rounded(size.facts, 0),
      rounded(size.agents, 0),
      rounded(size.lines, 0),
      seconds(size.engine.cpuMs),
      rounded((size.engine.cpuMs * 1000) / size.facts, 1),
      rounded(size.engine.peakMegabytes, 0),
    ]);
  const head = ["messages", "people", "lines", "seconds of processor time", "µs a message", "peak MB"];
  const curve = (name: string, sizes: readonly Alone[], of: "facts" | "agents"): Curve[] =>
    sizes.length === 0
      ? []
      : [{ name, points: sizes.map((size) => ({ at: size[of], value: (size.engine.cpuMs * 1000) / size.facts })) }];
  writeFileSync(
    join(import.meta.dirname, "../growth.svg"),
    plot("µs of processor time a message", [
      ...curve(`more messages, ${rounded(AGENTS, 0)} people`, facts, "facts"),
      ...curve(`more people, ${rounded(FACTS, 0)} messages`, agents, "agents"),
    ]),
  );
  writeSection("growth", [
    "## How the engine grows",
    "",
    measuredOn(),
    "",
    "One settlement in one process, with all traces and both hashes, of pages that are made as they are read and held by nobody. What",
    "making them takes is left out. The peak is of the whole process.",
    "",
    ...table(head, rows(facts)),
    "",
    ...table(head, rows(agents)),
    "",
    "![Time a message by size](growth.svg)",
  ]);
}

/**
 * Room for new objects, in megabytes: what the runtime of Lambda starts `settle` with, a twentieth of its 3,008 MB
 * (`--max-semi-space-size` in its bootstrap).
 */
const YOUNG_MEGABYTES = 150;

/** In a process of its own, with room for many gigabytes. */
async function run(facts: number, agents: number, ...rest: readonly string[]): Promise<unknown> {
  const script = join(import.meta.dirname, "one-size.ts");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--max-old-space-size=16000",
      `--max-semi-space-size=${YOUNG_MEGABYTES}`,
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

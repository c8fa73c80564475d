import { UsageError } from "#infra/local/cli/command.ts";
import { readFlags } from "#infra/local/cli/flags.ts";
import { GUARDS, type Guard } from "./guards.ts";
import { play } from "./play.ts";

const USAGE = `npm run storm -- [--seeds <number>] [--from <seed>] [--without <guard>]

  --seeds    how many seeds are played (default: 200)
  --from     the first of them (default: 1)
  --without  switches off the guard whose name begins so: then seeds should fail

Ends with 1 when a seed failed. Guards:
${GUARDS.map(({ name }) => `  ${name}`).join("\n")}
`;

interface Asked {
  readonly count: number;
  readonly from: number;
  readonly guard: Guard | undefined;
}

try {
  const asked = read(process.argv.slice(2));
  if (asked === undefined) process.stdout.write(USAGE);
  else await storm(asked);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

/** @returns undefined where help is asked for */
function read(args: readonly string[]): Asked | undefined {
  const { help, values } = readFlags(args, ["seeds", "from", "without"]);
  if (help) return undefined;
  const without = values.get("without");
  const guard = without === undefined ? undefined : GUARDS.find(({ name }) => name.startsWith(without));
  if (without !== undefined && !guard) throw new UsageError(`there is no guard ${without}`);
  return {
    count: counted("seeds", values.get("seeds") ?? "200"),
    from: counted("from", values.get("from") ?? "1"),
    guard,
  };
}

function counted(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${flag} ${text}: use a whole number from 1`);
}

/** Plays seeds and tells what happened in them. */
async function storm({ count, from, guard }: Asked): Promise<void> {
  guard?.loosen?.();
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
}

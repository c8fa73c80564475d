import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunction } from "#infra/lib/bundle.ts";
import { BUDGET_KB } from "#infra/lib/bundle-budgets.ts";
import { FUNCTION_NAMES, type FunctionName } from "#infra/lib/functions.ts";
import { ENVIRONMENT } from "#test/infra/environment.ts";
import { median } from "../measure.ts";

/** How large each function is, and how long a process takes to load it: what a cold start adds to Lambda's own. */

export interface StartUp {
  readonly name: string;
  readonly kilobytes: number;
  readonly budgetKb: number | undefined;
  /** Milliseconds to import the bundle in a fresh process, the median. */
  readonly importMs: number;
}

const TIMES = 5;

/** What is read when the code is loaded. */
const READABLE: Readonly<Record<string, string>> = {
  JWT_CLAIMS: "{}",
  SIGN_IN: "https://example.invalid/authorize https://example.invalid/token client id_token",
};

export function measureStartUps(): readonly StartUp[] {
  const folder = mkdtempSync(join(tmpdir(), "laurel-start-"));
  try {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "empty", "index.mjs"), "export const handler=async()=>({statusCode:200});\n");
    const empty = { name: "empty", kilobytes: 0.1, budgetKb: undefined, importMs: importMs(folder, "empty", {}) };
    return [
      empty,
      ...FUNCTION_NAMES.map((name) => {
        const kilobytes = bundleFunction(name, folder) / 1000;
        return { name, kilobytes, budgetKb: BUDGET_KB[name], importMs: importMs(folder, name, environmentOf(name)) };
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importMs(folder: string, name: string, env: Record<string, string>): number {
  const script = `
    const begun = performance.now();
    await import("./${name}/index.mjs");
    console.log(performance.now() - begun);
    process.exit();`;
  const times = Array.from({ length: TIMES }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${name} cannot be loaded: ${stderr}`);
    return Number(stdout);
  });
  return median(times);
}

/** As Lambda sets it: the region, and what the function is told. Loading the code calls none of it. */
function environmentOf(name: FunctionName): Record<string, string> {
  const told = ENVIRONMENT[name].map((variable) => [
    `LAUREL_${variable}`,
    READABLE[variable] ?? "https://example.invalid/",
  ]);
  return { AWS_REGION: "eu-central-1", LAUREL_STAGE: "bench", ...Object.fromEntries(told) };
}

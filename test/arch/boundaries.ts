import { join, relative, resolve } from "node:path";
import { cruise, type ICruiseResult, type IViolation } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";

/** The import boundaries of `.dependency-cruiser.cjs`, evaluated: `npm run boundaries`. */

const ROOT = join(import.meta.dirname, "../..");
const RULES = join(ROOT, ".dependency-cruiser.cjs");
const FOLDERS = ["shared", "functions", "infra", "test"];

/**
 * How much must be seen at least, a tenth below what was there when last looked at. With a compiler it cannot use,
 * dependency-cruiser inspects nothing and finds nothing wrong.
 */
export const FLOOR = { modules: 350, imports: 1_800 };

export interface Boundaries {
  /** The project's own files that were inspected. */
  readonly modules: readonly string[];
  readonly imports: number;
  /** One sentence an import, or file, that breaks a rule. */
  readonly violations: readonly string[];
}

/** Inspects the main folders under `root`; another root than the project's own is a test's. */
export async function inspectBoundaries(root: string = ROOT): Promise<Boundaries> {
  const options = await extractDepcruiseOptions(RULES);
  const { output } = await cruise(FOLDERS, { ...options, validate: true, baseDir: root });
  if (typeof output === "string") throw new Error(`dependency-cruiser answered with text: ${output}`);
  const own = ownModules(output);
  return {
    modules: own.map(({ source }) => source),
    imports: own.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
    violations: output.summary.violations.map(inWords),
  };
}

function ownModules({ modules }: ICruiseResult): ICruiseResult["modules"] {
  return modules.filter(({ source, couldNotResolve, coreModule }) => {
    return FOLDERS.some((folder) => source.startsWith(`${folder}/`)) && !couldNotResolve && !coreModule;
  });
}

function inWords({ rule, from, to, cycle }: IViolation): string {
  if (cycle) return `${rule.name}: ${[from, ...cycle.map(({ name }) => name)].join(" → ")}`;
  return from === to ? `${rule.name}: ${from}` : `${rule.name}: ${from} → ${to}`;
}

if (import.meta.main) {
  const root = resolve(process.argv[2] ?? ROOT);
  const { modules, imports, violations } = await inspectBoundaries(root);
  for (const violation of violations) console.error(violation);
  const tooFew = root === ROOT && (modules.length < FLOOR.modules || imports < FLOOR.imports);
  if (tooFew) console.error(`at least ${FLOOR.modules} modules and ${FLOOR.imports} imports should have been seen`);
  console.log(
    `${modules.length} modules, ${imports} imports, ${violations.length} violations of ${relative(root, RULES)}`,
  );
  process.exitCode = violations.length > 0 || tooFew ? 1 : 0;
}

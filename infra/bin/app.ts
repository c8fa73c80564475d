import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { buildApp } from "#infra/lib/app.ts";
import { BUNDLES, bundleFunction, NOT_UPLOADED } from "#infra/lib/bundle.ts";
import { FUNCTION_NAMES } from "#infra/lib/functions.ts";

for (const name of FUNCTION_NAMES) bundleFunction(name);

// The `cdk` command says where it wants the templates; run alone, they go where it would look for them.
const outdir = process.env.CDK_OUTDIR ?? "cdk.out";
const { app } = buildApp((name) => Code.fromAsset(join(BUNDLES, name), { exclude: NOT_UPLOADED }), process.env, {
  outdir,
});
const { stacks } = app.synth();
console.log(`${stacks.map(({ stackName }) => stackName).join(", ")}: templates in ${outdir}`);

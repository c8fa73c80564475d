import { Code } from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { buildApp } from "#infra/lib/app.ts";

const ANYWHERE = {};
const ISSUER = { LAUREL_JWT_ISSUER: "https://id.example.com/", LAUREL_JWKS_URI: "https://id.example.com/keys" };
const CHINA = { CDK_DEFAULT_ACCOUNT: "123456789012", CDK_DEFAULT_REGION: "cn-northwest-1" };

function build(environment: Readonly<Record<string, string>>) {
  return buildApp(() => Code.fromInline("export const handler = () => {};"), environment).app;
}

// Accepted findings carry their reasons where they are accepted: search infra/lib for `accept` and `allowPattern`.
// The checks are asked directly; registered as a plugin they would make every synthesis throw.
test.each([
  ["anywhere", ANYWHERE],
  ["where account and region are known", CHINA],
  ["with an issuer of one's own", ISSUER],
])("AwsSolutions finds nothing that is not accepted with a reason, %s", (_, environment) => {
  const app = build(environment);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  expect(findings).toEqual([]);
});

// The app asks for strictness: what CloudFormation's schemas so much as warn of makes the synthesis throw.
test("CloudFormation's own schemas accept every template", () => {
  const { stacks } = build(ANYWHERE).synth();
  expect(stacks.map(({ stackName }) => stackName)).toEqual([
    "laurel-dev-data",
    "laurel-dev-identity",
    "laurel-dev-jobs",
    "laurel-dev-api",
    "laurel-dev-outward",
    "laurel-dev-watch",
  ]);
});

import { expect, test } from "vitest";
import { Deployment } from "./deployment.ts";

/** As `cdk deploy` would see it with a profile of the China partition. */
const china = new Deployment({ CDK_DEFAULT_ACCOUNT: "123456789012", CDK_DEFAULT_REGION: "cn-northwest-1" });
const anywhere = new Deployment();

test("no ARN names a partition, unless the region is known and it is that one", () => {
  expect(anywhere.text).not.toMatch(/arn:aws/);
  expect(china.text).not.toMatch(/arn:aws(?!-cn)/);
});

// Lambda has no X-Ray in the China regions, and its event source mappings have no tags there.
test("what the China regions lack is left out", () => {
  const functions = china.resources("AWS::Lambda::Function");
  expect(functions.length).toBeGreaterThan(0);
  for (const { properties } of functions) expect(properties).not.toHaveProperty("TracingConfig");
  expect(china.text).not.toContain("xray:");
  for (const mapping of china.resources("AWS::Lambda::EventSourceMapping")) {
    expect(mapping.properties).not.toHaveProperty("Tags");
  }
});

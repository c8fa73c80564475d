import { expect, test } from "vitest";
import * as z from "zod";
import { INTAKE_SETTLING_MS } from "#app/settlement/due.ts";
import { IMPORT_LIMITS } from "#domain/approval.ts";
import { readEnvironment } from "#functions/_kit/environment.ts";
import { importLimitsOf } from "#functions/_kit/import-limits.ts";
import { FUNCTION_NAMES, type FunctionName } from "#infra/lib/functions.ts";
import { Deployment, type Resource } from "./deployment.ts";
import { ENVIRONMENT } from "./environment.ts";

const deployment = new Deployment();
const functions = new Map(deployment.resources("AWS::Lambda::Function").map((f) => [deployment.nameOf(f), f]));

function lambda(name: FunctionName): Resource {
  const found = functions.get(name);
  if (!found) throw new Error(`there is no function ${name}`);
  return found;
}

function environmentOf(name: FunctionName): Record<string, string> {
  const { stack, properties } = lambda(name);
  const { Variables } = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(properties.Environment);
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, deployment.read(value, stack)]));
}

test("the functions are those of the list, and no helper that CDK would add", () => {
  expect([...functions.keys()].sort()).toEqual([...FUNCTION_NAMES].sort());
});

test.each(FUNCTION_NAMES)("%s runs Node 24 on arm64, logs JSON to its own group and is traced", (name) => {
  const { properties, stack } = lambda(name);
  expect(properties).toMatchObject({
    Runtime: "nodejs24.x",
    Architectures: ["arm64"],
    Handler: "index.handler",
    TracingConfig: { Mode: "Active" },
    LoggingConfig: { LogFormat: "JSON" },
  });
  const { LogGroup } = z.object({ LogGroup: z.unknown() }).parse(properties.LoggingConfig);
  expect(deployment.read(LogGroup, stack)).toBe(`/aws/lambda/${name}`);
});

// Logs without an end are a bill and a privacy problem without an end.
test("every log group ends some day", () => {
  const groups = deployment.resources("AWS::Logs::LogGroup");
  expect(groups).toHaveLength(FUNCTION_NAMES.length + 1);
  for (const group of groups) expect(group.properties.RetentionInDays, deployment.nameOf(group)).toBe(90);
});

// A name that a function does not need is a door that somebody later walks through.
test.each(FUNCTION_NAMES)("%s is told exactly what it uses", (name) => {
  const expected = ["STAGE", ...ENVIRONMENT[name]].map((variable) => `LAUREL_${variable}`);
  expect(Object.keys(environmentOf(name)).sort()).toEqual(expected.sort());
});

// Unqualified names cannot start a durable function; Lambda refuses the call.
test.each(["api", "clock"] as const)("%s starts the durable functions by their alias", (name) => {
  expect(environmentOf(name)).toMatchObject({
    LAUREL_SETTLE_FUNCTION: "settle:live",
    LAUREL_REBUILD_FUNCTION: "rebuild:live",
    LAUREL_RECONCILE_FUNCTION: "reconcile:live",
  });
});

test("a settlement can wait a quarter for its approver, and its history can be read as long again", () => {
  expect(lambda("settle").properties.DurableConfig).toEqual({
    ExecutionTimeout: 90 * 24 * 60 * 60,
    RetentionPeriodInDays: 90,
  });
  expect(lambda("rebuild").properties.DurableConfig).toEqual({
    ExecutionTimeout: 24 * 60 * 60,
    RetentionPeriodInDays: 90,
  });
});

// An execution resumes in the version it began with: deleting that version while it waits would strand the payout.
test("a new deployment leaves the versions of waiting executions alone", () => {
  const versions = deployment.resources("AWS::Lambda::Version");
  expect(versions).toHaveLength(4);
  for (const version of versions) {
    expect(version.deletionPolicy).toBe("Retain");
    expect(version.updateReplacePolicy).toBe("Retain");
  }
});

test.each(["settle", "rebuild", "reconcile", "imports"] as const)(
  "a %s that is given up is kept for people to see",
  (name) => {
    const { properties, stack } = lambda(name);
    const { TargetArn } = z.object({ TargetArn: z.unknown() }).parse(properties.DeadLetterConfig);
    expect(deployment.read(TargetArn, stack)).toBe("job-failures");
  },
);

test("no function outlives what calls it: API Gateway's 30 seconds, the clock's minute", () => {
  const seconds = (name: FunctionName) => z.number().parse(lambda(name).properties.Timeout);
  expect(Math.max(seconds("api"), seconds("intake"), seconds("reference"))).toBeLessThan(30);
  expect(seconds("clock")).toBeLessThan(60);
});

// A cut-off is settled this long after it. A fact that got its time stamp before must be stored or refused by then, or the run would miss it.
test.each(["intake", "api"] as const)("%s has stored or given up a fact before a settlement reads", (name) => {
  const seconds = z.number().parse(lambda(name).properties.Timeout);
  expect(seconds * 1000).toBeLessThan(INTAKE_SETTLING_MS);
});

test("how much an import may change without a second person is what the deployment says", () => {
  const limits = { LAUREL_IMPORT_LIMIT_ROWS: "500", LAUREL_IMPORT_LIMIT_SHARE: "25" };
  const own = new Deployment(limits);
  const api = own.resources("AWS::Lambda::Function").find((one) => own.nameOf(one) === "api");
  const { Variables } = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(api?.properties.Environment);
  expect(Variables).toMatchObject(limits);
  expect(importLimitsOf(readEnvironment({ ...limits })).importLimits).toEqual({
    rows: 500,
    percent: 25,
    percentFrom: 20,
  });
  expect(importLimitsOf(readEnvironment({})).importLimits).toEqual(IMPORT_LIMITS);
  expect(() => importLimitsOf(readEnvironment({ LAUREL_IMPORT_LIMIT_ROWS: "-1" }))).toThrow();
});

import { expect, test } from "vitest";
import * as z from "zod";
import { STREAM_FILTERS } from "#adapters/dynamodb/table.ts";
import { Deployment } from "./deployment.ts";

const deployment = new Deployment();

const mappings = deployment.resources("AWS::Lambda::EventSourceMapping").map(({ properties, stack }) => ({
  worker: deployment.read(properties.FunctionName, stack),
  source: deployment.read(properties.EventSourceArn, stack),
  properties,
  stack,
}));

function mappingOf(worker: string) {
  const found = mappings.find((mapping) => mapping.worker === worker);
  if (!found) throw new Error(`nothing wakes ${worker}`);
  return found;
}

test("credit listens to facts, roll-up to derived, and nothing else listens", () => {
  expect(mappings.map(({ worker, source }) => `${worker} < ${source}`).sort()).toEqual([
    "credit < facts.StreamArn",
    "rollup < derived.StreamArn",
  ]);
});

// The roll-up writes to the table it listens to: without its filter it would wake itself for ever.
test.each([
  ["credit", STREAM_FILTERS.facts],
  ["rollup", STREAM_FILTERS.derived],
])("%s is woken only by the changes that concern it", (worker, filter) => {
  expect(mappingOf(worker).properties.FilterCriteria).toEqual({ Filters: [{ Pattern: JSON.stringify(filter) }] });
});

test.each(["credit", "rollup"])("one bad record cannot hold up %s", (worker) => {
  const { properties, stack } = mappingOf(worker);
  // The good part of a batch is kept; a batch that fails whole is halved until the bad record stands alone.
  expect(properties).toMatchObject({
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    BisectBatchOnFunctionError: true,
  });
  // Neither tries nor waiting are without end: -1, Lambda's default, would block the shard until the stream forgets.
  expect(z.number().parse(properties.MaximumRetryAttempts)).toBeGreaterThan(0);
  expect(z.number().parse(properties.MaximumRetryAttempts)).toBeLessThanOrEqual(10);
  expect(z.number().parse(properties.MaximumRecordAgeInSeconds)).toBeGreaterThanOrEqual(60 * 60);
  expect(z.number().parse(properties.MaximumRecordAgeInSeconds)).toBeLessThan(24 * 60 * 60);
  const { OnFailure } = z
    .object({ OnFailure: z.object({ Destination: z.unknown() }) })
    .parse(properties.DestinationConfig);
  expect(deployment.read(OnFailure.Destination, stack)).toBe("stream-failures");
});

test.each(["credit", "rollup"])(
  "%s collects changes for a few seconds and misses none from before it listened",
  (worker) => {
    const { properties } = mappingOf(worker);
    expect(properties.StartingPosition).toBe("TRIM_HORIZON");
    expect(z.number().parse(properties.MaximumBatchingWindowInSeconds)).toBeGreaterThan(0);
    expect(z.number().parse(properties.MaximumBatchingWindowInSeconds)).toBeLessThanOrEqual(10);
  },
);

test("what failed is kept for two weeks, encrypted, for people to look at", () => {
  const queues = deployment.resources("AWS::SQS::Queue");
  expect(queues.map((queue) => deployment.nameOf(queue)).sort()).toEqual(["job-failures", "stream-failures"]);
  for (const queue of queues) {
    expect(queue.properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  }
});

test("the clock and the notifier tick every minute, and a tick that cannot be delivered is seen", () => {
  const schedules = deployment.resources("AWS::Scheduler::Schedule");
  const called = schedules.map(({ properties, stack }) => {
    expect(properties).toMatchObject({ ScheduleExpression: "rate(1 minute)", State: "ENABLED" });
    const target = z
      .object({ Arn: z.unknown(), DeadLetterConfig: z.object({ Arn: z.unknown() }) })
      .parse(properties.Target);
    expect(deployment.read(target.DeadLetterConfig.Arn, stack)).toBe("job-failures");
    return deployment.read(target.Arn, stack);
  });
  expect(called.sort()).toEqual(["clock", "notify"]);
});

const ROUTES = {
  "ANY /v1/{proxy+}": "api",
  "POST /v1/webhooks/{source}": "intake",
  "GET /docs": "reference",
  "GET /docs/{file}": "reference",
  // Behind a route that asks for a token, public calls have routes of their own.
  "GET /v1/health": "api",
  "GET /v1/openapi.json": "api",
  "GET /v1/plan-schema.json": "api",
};

test("each route reaches its function, and there is no other way in", () => {
  const integrations = new Map(
    deployment
      .resources("AWS::ApiGatewayV2::Integration")
      .map(({ id, properties, stack }) => [id, deployment.read(properties.IntegrationUri, stack)]),
  );
  const routes = deployment.resources("AWS::ApiGatewayV2::Route").map(({ properties }) => {
    const parts = z.tuple([z.string(), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]);
    const [, [, target]] = parts.parse(z.object({ "Fn::Join": z.unknown() }).parse(properties.Target)["Fn::Join"]);
    return [properties.RouteKey, integrations.get(typeof target === "object" ? target.Ref : "")];
  });
  expect(Object.fromEntries(routes)).toEqual(ROUTES);
  expect(deployment.resources("AWS::Lambda::Url")).toEqual([]);
});

test("callers share a limit, and every request leaves a line without what is secret in it", () => {
  const [stage] = deployment.resources("AWS::ApiGatewayV2::Stage");
  expect(stage?.properties).toMatchObject({
    StageName: "$default",
    DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
  });
  const { Format } = z.object({ Format: z.string() }).parse(stage?.properties.AccessLogSettings);
  // The line has to be JSON once numbers stand in place of the variables that are not quoted.
  const line = JSON.parse(Format.replace(/:\$context\.\w+/g, ":0"));
  expect(Object.keys(line)).toEqual(expect.arrayContaining(["requestId", "route", "status", "latencyMs"]));
  expect(Format).not.toMatch(/header|authorizer|body/i);
});

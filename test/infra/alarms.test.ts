import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import { Deployment } from "./deployment.ts";

const RUNBOOKS = new URL("../../infra/runbooks/", import.meta.url);
const deployment = new Deployment();

const alarmSchema = z.looseObject({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  OKActions: z.array(z.unknown()),
  TreatMissingData: z.string(),
});
const alarms = deployment.resources("AWS::CloudWatch::Alarm").map(({ properties, stack }) => ({
  stack,
  ...alarmSchema.parse(properties),
}));
const names = alarms.map(({ AlarmName }) => AlarmName.replace("laurel-dev-", ""));

test("there is an alarm for every way people are hurt", () => {
  expect([...names].sort()).toEqual([
    "api-errors",
    "clock-stopped",
    "credit-behind",
    "import-failed",
    "intake-conflicts",
    "intake-errors",
    "intake-refusals",
    "job-failures-unattended",
    "job-given-up",
    "messages-given-up",
    "notify-errors",
    "rebuild-failed",
    "reconciliation-differences",
    "reconciliation-failed",
    "rollup-behind",
    "settlement-errors",
    "settlement-failed",
    "settlement-throttled",
    "source-silent",
    "stream-failures-unattended",
    "stream-records-failed",
  ]);
});

// Somebody is woken by this text and by nothing else.
test.each(alarms)("$AlarmName says who is hurt, names its page, and tells people of both its turns", (alarm) => {
  const name = alarm.AlarmName.replace("laurel-dev-", "");
  expect(alarm.AlarmDescription).toMatch(/^Hurt: [a-z].{20,}\. Runbook: /);
  expect(alarm.AlarmDescription.endsWith(` Runbook: infra/runbooks/${name}.md`)).toBe(true);
  for (const actions of [alarm.AlarmActions, alarm.OKActions]) {
    expect(actions.map((action) => deployment.read(action, alarm.stack))).toEqual(["alarms"]);
  }
});

// Silence is good news everywhere but from a clock.
test("only the clock's silence is an alarm", () => {
  const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData === "breaching");
  expect(silent.map(({ AlarmName }) => AlarmName)).toEqual(["laurel-dev-clock-stopped"]);
  for (const { TreatMissingData } of alarms) expect(["breaching", "notBreaching"]).toContain(TreatMissingData);
});

test("every runbook belongs to an alarm, and every alarm has one with the four answers", () => {
  const pages = readdirSync(RUNBOOKS).filter((file) => file !== "README.md");
  expect(pages.sort()).toEqual(names.map((name) => `${name}.md`).sort());
  for (const page of pages) {
    const headings = readFileSync(new URL(page, RUNBOOKS), "utf8").match(/^## .*/gm);
    expect(headings, page).toEqual([
      "## Who is hurt",
      "## How to see it",
      "## What to do",
      "## How to know it is over",
    ]);
  }
});

// A topic that enforces TLS has a policy of its own, without which alarms could publish and with which they may not.
test("alarms are allowed to publish", () => {
  const [policy] = deployment.resources("AWS::SNS::TopicPolicy");
  const { Statement } = z
    .object({ Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown() })) })
    .parse(policy?.properties.PolicyDocument);
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Effect: "Allow",
      Action: "sns:Publish",
      Principal: { Service: "cloudwatch.amazonaws.com" },
    }),
  );
});

test("refusals are counted by route, and the counts are what the alarms look at", () => {
  const filters = deployment.resources("AWS::Logs::MetricFilter").map(({ properties }) => properties);
  expect(filters).toHaveLength(8);
  expect(filters).toContainEqual(
    expect.objectContaining({
      FilterPattern: '{ ($.route = "POST /v1/webhooks/{source}") && ($.status >= 400) && ($.status <= 499) }',
      MetricTransformations: [
        expect.objectContaining({ MetricName: "IntakeRefusals", MetricNamespace: "laurel-dev-http" }),
      ],
    }),
  );
});

// The names are those of the lines that the functions log; see `functions/reconcile/app.ts` and `functions/_kit/conflicts.ts`.
test.each([
  ["reconcile", "reconciled", "ReconciliationDifferences", "$.differences"],
  ["notify", "messages were given up", "MessagesGivenUp", "$.dead"],
  ["clock", "sources are silent", "SilentSources", "$.silent"],
  ["intake", "conflicts kept", "IntakeConflicts", "$.conflicts"],
  ["api", "conflicts kept", "ApiConflicts", "$.conflicts"],
])("what %s logs as `%s` is a metric of its own", (name, message, metric, value) => {
  const filters = deployment.resources("AWS::Logs::MetricFilter");
  const filter = filters.find(({ properties }) => JSON.stringify(properties).includes(metric));
  expect(filter?.properties).toMatchObject({
    FilterPattern: `{ $.message = "${message}" }`,
    MetricTransformations: [{ MetricName: metric, MetricNamespace: "laurel-dev-functions", MetricValue: value }],
  });
  expect(deployment.read(filter?.properties.LogGroupName, filter?.stack ?? "")).toBe(`/aws/lambda/${name}`);
});

import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, type IMetric, MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { ApiStack } from "./api-stack.ts";
import type { DurableJob } from "./constructs/durable-job.ts";
import type { ImpactAlarmProps } from "./constructs/impact-alarm.ts";
import type { LaurelFunction } from "./constructs/laurel-function.ts";
import type { JobsStack } from "./jobs-stack.ts";
import type { OutwardStack } from "./outward-stack.ts";

export type AlarmDescription = Omit<ImpactAlarmProps, "settings" | "notify">;

const PERIOD = Duration.minutes(5);
const FIVE_MINUTES_MS = 5 * 60 * 1000;
const TWELVE_HOURS_S = 12 * 60 * 60;

/** Every alarm there is. Each has a page of its name in `infra/runbooks`. */
export function alarmsOf(jobs: JobsStack, api: ApiStack, outward: OutwardStack): AlarmDescription[] {
  return [
    ...boardAlarms(jobs),
    ...truthAlarms(jobs),
    ...importAlarms(jobs),
    ...callerAlarms(api, jobs),
    ...payoutAlarms(jobs),
    ...outwardAlarms(outward),
  ];
}

/** Boards follow the sales, or people see old numbers. Payouts do not depend on them: a settlement reads the facts. */
function boardAlarms({ credit, rollup, rebuild, streamFailures }: JobsStack): AlarmDescription[] {
  return [
    {
      name: "credit-behind",
      hurt: "agents and branch managers: sales of the last minutes are missing from progress and boards.",
      metric: iteratorAge(credit),
      threshold: FIVE_MINUTES_MS,
      periods: 2,
    },
    {
      name: "rollup-behind",
      hurt: "branch managers: boards show old totals and places, though the sales are credited.",
      metric: iteratorAge(rollup),
      threshold: FIVE_MINUTES_MS,
      periods: 2,
    },
    {
      name: "stream-records-failed",
      hurt: "agents whose sales were in the failed records: boards leave those sales out until they are rebuilt.",
      metric: messages(streamFailures),
      threshold: 1,
    },
    {
      name: "stream-failures-unattended",
      hurt: "agents: boards have been wrong for half a day, and after a day the stream no longer has what failed.",
      metric: oldestMessage(streamFailures),
      threshold: TWELVE_HOURS_S,
    },
    {
      name: "rebuild-failed",
      hurt: "everyone who reads the boards of a campaign whose plan, people or targets changed: they follow the old rules.",
      metric: failedExecutions(rebuild),
      threshold: 1,
    },
  ];
}

/** What people put and wait for. */
function importAlarms({ imports }: JobsStack): AlarmDescription[] {
  return [
    {
      name: "import-failed",
      hurt: "an administrator, marketer or integrator who uploaded a file: it was not imported, through no fault of theirs.",
      metric: failedExecutions(imports),
      threshold: 1,
    },
  ];
}

/** Derived data that does not say what the facts say, though no worker has complained. */
function truthAlarms({ differences, reconcile }: JobsStack): AlarmDescription[] {
  return [
    {
      name: "reconciliation-differences",
      hurt: "agents and branch managers: boards of a campaign do not show what its sales say. Payouts are computed from the sales.",
      metric: differences.with({ period: PERIOD, statistic: "Maximum" }),
      threshold: 1,
    },
    {
      name: "reconciliation-failed",
      hurt: "agents and branch managers, perhaps: nobody has looked whether boards show what the sales say.",
      metric: failedExecutions(reconcile),
      threshold: 1,
    },
  ];
}

/** What others are not told. */
function outwardAlarms({ givenUp, notify }: OutwardStack): AlarmDescription[] {
  return [
    {
      name: "messages-given-up",
      hurt: "groups, people and systems that a channel leads to: they were not told something, after a day of tries.",
      metric: givenUp.with({ period: PERIOD, statistic: "Sum" }),
      threshold: 1,
    },
    {
      name: "notify-errors",
      hurt: "groups, people and systems that channels lead to: some of what happens is not looked at, or told late.",
      metric: notify.lambda.metricErrors({ period: PERIOD, statistic: "Sum" }),
      threshold: 3,
    },
  ];
}

/** People and systems that call and get no, or no answer. */
function callerAlarms(api: ApiStack, jobs: JobsStack): AlarmDescription[] {
  return [
    {
      name: "api-errors",
      hurt: "marketers, approvers and branch managers: their calls fail through no fault of theirs.",
      metric: api.apiErrors,
      threshold: 5,
    },
    {
      name: "intake-errors",
      hurt: "integrators: sales they send are not taken and must be sent again; agents miss them on the boards.",
      metric: api.intakeErrors,
      threshold: 1,
      periods: 2,
    },
    {
      name: "intake-refusals",
      hurt: "one or more integrators: most likely a wrong secret or format; their sales are refused until it is mended.",
      metric: api.intakeRefusals,
      threshold: 50,
    },
    {
      name: "source-silent",
      hurt: "participants whose sales a source has not told within the hours in which it is expected to: boards and payouts lack them.",
      metric: jobs.silence.with({ period: PERIOD, statistic: "Maximum" }),
      threshold: 1,
    },
    {
      name: "intake-conflicts",
      hurt: "participants whose sales a source has told in two ways: the first counts, and nobody has said which is true.",
      metric: sumOf(api.conflicts),
      threshold: 1,
    },
  ];
}

/** Payouts that do not come by themselves. */
function payoutAlarms({ settle, clock, jobFailures }: JobsStack): AlarmDescription[] {
  return [
    {
      name: "settlement-failed",
      hurt: "everyone who waits for the payout of a campaign: its settlement stopped and does not go on by itself.",
      metric: failedExecutions(settle),
      threshold: 1,
    },
    {
      name: "settlement-errors",
      hurt: "everyone who waits for a payout: steps of a settlement break and are tried again, so it ends late if at all.",
      metric: settle.lambda.metricErrors({ period: PERIOD, statistic: "Sum" }),
      threshold: 3,
    },
    {
      name: "settlement-throttled",
      hurt: "everyone who waits for a payout: settlements queue for free capacity and end late.",
      metric: settle.lambda.metricThrottles({ period: PERIOD, statistic: "Sum" }),
      threshold: 1,
      periods: 3,
    },
    {
      name: "clock-stopped",
      hurt: "participants of campaigns that end now: no settlement and no rebuild is started, payouts will be late.",
      metric: goodRuns(clock),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missingIsBad: true,
    },
    {
      name: "job-given-up",
      hurt: "participants of the campaign named in the message: a settlement, rebuild or tick was given up after its retries.",
      metric: messages(jobFailures),
      threshold: 1,
    },
    {
      name: "job-failures-unattended",
      hurt: "participants of a campaign whose job was given up half a day ago: nobody has started it again.",
      metric: oldestMessage(jobFailures),
      threshold: TWELVE_HOURS_S,
    },
  ];
}

function sumOf(metrics: readonly Metric[]): IMetric {
  const named = metrics.map(
    (metric, index) => [`m${index}`, metric.with({ period: PERIOD, statistic: "Sum" })] as const,
  );
  return new MathExpression({
    expression: `SUM([${named.map(([name]) => `FILL(${name}, 0)`).join(", ")}])`,
    usingMetrics: Object.fromEntries(named),
    period: PERIOD,
    label: "conflicts",
  });
}

function iteratorAge({ lambda }: LaurelFunction): IMetric {
  return lambda.metric("IteratorAge", { period: PERIOD, statistic: "Maximum" });
}

function messages(queue: Queue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: "Maximum" });
}

function oldestMessage(queue: Queue): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: "Maximum" });
}

/** Executions that ended in failure. The function's own errors do not show them: a durable function reports its failure as an answer. */
function failedExecutions({ lambda }: DurableJob): IMetric {
  return lambda.metric("DurableExecutionFailed", { period: PERIOD, statistic: "Sum" });
}

/** Runs that happened and did not fail: a clock that ticks and breaks each time has stopped all the same. */
function goodRuns({ lambda }: LaurelFunction): IMetric {
  const sum = { period: Duration.minutes(10), statistic: "Sum" };
  return new MathExpression({
    expression: "invocations - errors",
    usingMetrics: { invocations: lambda.metricInvocations(sum), errors: lambda.metricErrors(sum) },
    period: Duration.minutes(10),
    label: "good ticks",
  });
}

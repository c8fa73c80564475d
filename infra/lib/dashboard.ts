import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  PeriodOverride,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { ApiStack } from "./api-stack.ts";
import type { JobsStack } from "./jobs-stack.ts";
import { physicalName, type Settings } from "./settings.ts";

/** One page: what is wrong, then the way of a sale from the caller to the boards, then the long jobs. */
export function addDashboard(
  scope: Construct,
  settings: Settings,
  jobs: JobsStack,
  api: ApiStack,
  alarms: readonly Alarm[],
): void {
  const dashboard = new Dashboard(scope, "Dashboard", {
    dashboardName: physicalName(settings, "overview"),
    periodOverride: PeriodOverride.AUTO,
  });
  dashboard.addWidgets(new AlarmStatusWidget({ title: "Who is hurt", alarms: [...alarms], width: 24, height: 4 }));
  dashboard.addWidgets(
    graph("Requests", api.stage.metricCount()),
    graph("Answers that were no", api.intakeRefusals, api.intakeErrors, api.apiErrors),
    graph("How long callers wait", api.stage.metricLatency({ statistic: "p99" })),
  );
  dashboard.addWidgets(
    graph("How old boards are (ms)", ...[jobs.credit, jobs.rollup].map(({ lambda }) => lambda.metric("IteratorAge"))),
    graph(
      "Given up",
      ...[jobs.streamFailures, jobs.jobFailures].map((q) => q.metricApproximateNumberOfMessagesVisible()),
    ),
    graph("Settlements under way", jobs.settle.lambda.metric("ApproximateRunningDurableExecutions")),
  );
}

function graph(title: string, ...left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}

import { Stack, type StackProps } from "aws-cdk-lib";
import type { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { alarmsOf } from "./alarms.ts";
import type { ApiStack } from "./api-stack.ts";
import { AlarmTopic } from "./constructs/alarm-topic.ts";
import { ImpactAlarm } from "./constructs/impact-alarm.ts";
import { addDashboard } from "./dashboard.ts";
import type { JobsStack } from "./jobs-stack.ts";
import type { OutwardStack } from "./outward-stack.ts";
import type { Settings } from "./settings.ts";

export interface WatchStackProps extends StackProps {
  readonly settings: Settings;
  readonly jobs: JobsStack;
  readonly api: ApiStack;
  readonly outward: OutwardStack;
}

/** Who is called when something hurts, and one page to look at. It can be deleted without touching what it watches. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: WatchStackProps) {
    super(scope, id, props);
    const { settings, jobs, api, outward } = props;
    const { topic } = new AlarmTopic(this, "Alarms", settings);
    const alarms: Alarm[] = alarmsOf(jobs, api, outward).map(
      (alarm) => new ImpactAlarm(this, alarm.name, { ...alarm, settings, notify: topic }).alarm,
    );
    addDashboard(this, settings, jobs, api, alarms);
  }
}

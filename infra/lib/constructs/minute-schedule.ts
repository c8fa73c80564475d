import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Schedule, ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { physicalName, type Settings } from "../settings.ts";
import type { LaurelFunction } from "./laurel-function.ts";

/**
 * Calls a function once a minute. The target is written out here because CDK's own would let the scheduler call every
 * version of the function.
 */
export class MinuteSchedule extends Construct {
  /** @param name of the schedule in this deployment */
  constructor(
    scope: Construct,
    id: string,
    settings: Settings,
    target: LaurelFunction,
    failures: IQueue,
    name = "every-minute",
  ) {
    super(scope, id);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      description: `Lets the scheduler call ${target.functionName}`,
    });
    const arn = target.lambda.functionArn;
    role.addToPolicy(new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [arn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [failures.queueArn] }));

    new Schedule(this, "Schedule", {
      scheduleName: physicalName(settings, name),
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: {
        bind: () => ({
          arn,
          role,
          // A tick that is missed is made good by the next: what is due follows from the data, not from the tick.
          retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
          deadLetterConfig: { arn: failures.queueArn },
        }),
      },
    });
  }
}

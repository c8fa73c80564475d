import { ArnFormat, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import { giveFiles, giveOutbox, giveTable } from "./access.ts";
import { type CodeOf, LaurelFunction } from "./constructs/laurel-function.ts";
import { MinuteSchedule } from "./constructs/minute-schedule.ts";
import type { DataStack } from "./data-stack.ts";
import type { JobsStack } from "./jobs-stack.ts";
import { physicalName, type Settings } from "./settings.ts";

export interface OutwardStackProps extends StackProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly data: DataStack;
  readonly jobs: JobsStack;
}

/** What tells others. It can be deleted without touching what it tells of; what is not told waits in the plans table. */
export class OutwardStack extends Stack {
  readonly notify: LaurelFunction;
  readonly bus: EventBus;
  /** Messages that were given up, by look. */
  readonly givenUp: Metric;

  constructor(scope: Construct, id: string, props: OutwardStackProps) {
    super(scope, id, props);
    const { settings, jobs } = props;
    this.bus = new EventBus(this, "Events", {
      eventBusName: physicalName(settings, "events"),
      description: "What happens in Laurel, for integrators: source `laurel`, detail type as the event's type",
    });
    this.notify = this.addNotify(props);
    this.givenUp = this.notify.measure("MessagesGivenUp", "messages were given up", "$.dead");
    new MinuteSchedule(this, "EveryMinute", settings, this.notify, jobs.jobFailures, "tell-others");
    new CfnOutput(this, "EventBusName", { value: this.bus.eventBusName, description: "Where rules listen" });
  }

  private addNotify({ settings, codeOf, data }: OutwardStackProps): LaurelFunction {
    const secretsPrefix = `laurel/${settings.stage}/channels/`;
    const notify = new LaurelFunction(this, "Notify", {
      settings,
      codeOf,
      name: "notify",
      description: "Looks every minute what has happened, and tells the channels that want it",
      memoryMb: 512,
      // Shorter than the minute, so that a slow look does not run beside the next.
      timeoutSeconds: 55,
      environment: {
        LAUREL_CHANNEL_SECRETS_PREFIX: secretsPrefix,
        LAUREL_EVENT_BUS: this.bus.eventBusName,
        ...(settings.mailFrom === undefined ? {} : { LAUREL_MAIL_FROM: settings.mailFrom }),
      },
    });
    // It reads what has happened wherever that stands, and writes only what it tells.
    giveTable(notify, data.plans, "read");
    giveOutbox(notify, data.plans);
    giveTable(notify, data.ledger, "read");
    giveTable(notify, data.derived, "read");
    giveFiles(notify, data.files, { read: ["latestReconciliations"] });
    notify.allow(["events:PutEvents"], this.bus.eventBusArn);
    this.letReadSecrets(notify, secretsPrefix);
    if (settings.mailFrom !== undefined) this.letSendMail(notify, settings.mailFrom);
    return notify;
  }

  private letReadSecrets(to: LaurelFunction, prefix: string): void {
    const secrets = this.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${prefix}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    to.allowPattern(
      ["secretsmanager:GetSecretValue"],
      secrets,
      "Channels come and go without a deployment; the pattern is the robots' addresses and keys of this stage.",
    );
  }

  /** From an identity that somebody has verified in SES: the address itself, or its domain. */
  private letSendMail(to: LaurelFunction, from: string): void {
    const domain = from.slice(from.lastIndexOf("@") + 1);
    for (const identity of [from, domain]) {
      to.allow(["ses:SendEmail"], this.formatArn({ service: "ses", resource: "identity", resourceName: identity }));
    }
  }
}

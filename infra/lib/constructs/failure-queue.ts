import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { accept } from "../nag.ts";
import { physicalName, type Settings } from "../settings.ts";

/** Where work goes that failed after all its retries. Nothing reads it but people; an alarm calls them. */
export class FailureQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, settings: Settings, name: string) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      queueName: physicalName(settings, name),
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    accept(
      this.queue,
      "SQS3",
      "It is itself the place for what failed: people empty it, so nothing can fail behind it.",
    );
  }
}

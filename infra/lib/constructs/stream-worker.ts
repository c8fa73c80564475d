import { Duration, Stack } from "aws-cdk-lib";
import { EventSourceMapping, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { LaurelFunction } from "./laurel-function.ts";
import type { LaurelTable } from "./laurel-table.ts";

export interface StreamWorkerProps {
  readonly worker: LaurelFunction;
  readonly source: LaurelTable;
  /** Which changes wake the worker, as the table's description says. */
  readonly filter: object;
  /** How long changes are collected: longer costs fewer writes, shorter makes fresher boards. */
  readonly windowSeconds: number;
  readonly parallelization: number;
  readonly failures: IQueue;
}

/**
 * A table's changes waking a worker. A worker re-reads the present truth, so a batch may come twice, late or out of order;
 * what must not happen is that one bad record holds up its shard. Hence: the good part of a batch is kept, a failing batch
 * is halved until the bad record stands alone, and that record is given up to a queue that raises an alarm.
 */
export class StreamWorker extends Construct {
  constructor(scope: Construct, id: string, props: StreamWorkerProps) {
    super(scope, id);
    const { worker, source } = props;
    const streamArn = source.table.tableStreamArn;
    if (!streamArn) throw new Error(`${source.description.name} has no stream for ${worker.node.id} to listen to`);

    const mapping = new EventSourceMapping(this, "Source", {
      target: worker.lambda,
      eventSourceArn: streamArn,
      // From the beginning: changes made between the table's creation and this mapping's are not skipped.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(props.windowSeconds),
      parallelizationFactor: props.parallelization,
      filters: [{ pattern: JSON.stringify(props.filter) }],
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 8,
      // The stream forgets after 24 hours; giving up before that leaves people time to see what it was.
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(props.failures),
    });

    worker.allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], streamArn);
    const streams = Stack.of(this).formatArn({
      service: "dynamodb",
      resource: "table",
      resourceName: `${source.table.tableName}/stream/*`,
    });
    worker.allowPattern(
      ["dynamodb:ListStreams"],
      streams,
      "Lambda asks which streams the table has before it reads the one that is named exactly.",
    );
    // Creating the mapping checks these permissions, so they have to be there first.
    mapping.node.addDependency(worker.role);
  }
}

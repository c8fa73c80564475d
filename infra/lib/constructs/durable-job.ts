import { Duration } from "aws-cdk-lib";
import { Alias } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { LaurelFunction, type LaurelFunctionProps } from "./laurel-function.ts";

export interface DurableJobProps extends Omit<LaurelFunctionProps, "durable"> {
  /** How long one execution may take in all, its waiting included. */
  readonly executionTimeout: Duration;
  readonly deadLetters: IQueue;
}

/** Long work that survives restarts: a durable function, called through its alias, which names the version now in force. */
export class DurableJob extends LaurelFunction {
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: DurableJobProps) {
    super(scope, id, {
      ...props,
      // An ended execution's history stays as long as Lambda can keep it: it answers what a settlement did, step by step.
      durable: { executionTimeout: props.executionTimeout, retentionPeriod: Duration.days(90) },
    });
    this.alias = new Alias(this, "Live", { aliasName: "live", version: this.lambda.currentVersion });

    this.allowPattern(
      ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
      this.qualifiedArn("*"),
      EVERY_EXECUTION,
    );
  }

  /** Lets another function start this job, and tells it the name to call. Only the qualified name can start an execution. */
  startableBy(caller: LaurelFunction, environmentVariable: string): void {
    caller.lambda.addEnvironment(environmentVariable, this.alias.functionArn);
    caller.allow(["lambda:InvokeFunction"], this.alias.functionArn);
  }

  /** Lets another function tell a waiting execution to look again. */
  wakeableBy(caller: LaurelFunction): void {
    caller.allowPattern(["lambda:SendDurableExecutionCallbackSuccess"], this.qualifiedArn("*"), EVERY_EXECUTION);
  }
}

const EVERY_EXECUTION =
  "An execution's ARN carries the version it began with and an id of its own: the pattern is this one function's executions.";

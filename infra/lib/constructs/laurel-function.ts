import { ArnFormat, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type Code,
  type DurableConfig,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { FilterPattern, LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionName } from "../functions.ts";
import { accept, acceptPattern } from "../nag.ts";
import { physicalName, type Settings } from "../settings.ts";

/** The code of a function, by its name: the bundles when deploying, something small in tests. */
export type CodeOf = (name: FunctionName) => Code;

export interface LaurelFunctionProps {
  readonly settings: Settings;
  readonly name: FunctionName;
  readonly description: string;
  readonly codeOf: CodeOf;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** A function gets what it uses and nothing else; the stage is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly durable?: DurableConfig;
  readonly deadLetters?: IQueue;
}

/**
 * A Lambda function as Laurel runs them: arm64, Node 24, JSON logs that end some day, a role of its own that starts
 * with nothing but its log. Permissions are added one by one with {@link allow}.
 */
export class LaurelFunction extends Construct {
  readonly functionName: string;
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly #logGroup: LogGroup;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, props: LaurelFunctionProps) {
    super(scope, id);
    const { settings } = props;
    const functionName = physicalName(settings, props.name);
    this.functionName = functionName;

    const logGroup = new LogGroup(this, "Log", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#logGroup = logGroup;
    this.#namespace = physicalName(settings, "functions");
    // A role of our own instead of the one CDK would make: that one carries an AWS-managed policy which may write every log.
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `What ${functionName} may do`,
    });
    logGroup.grantWrite(this.role);

    this.lambda = new LambdaFunction(this, "Function", {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: props.codeOf(props.name),
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: { LAUREL_STAGE: settings.stage, ...props.environment },
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...(props.durable ? { durableConfig: props.durable } : {}),
      ...(props.deadLetters ? { deadLetterQueue: props.deadLetters } : {}),
      // A version belongs to executions that may wait for weeks; they resume in the code they began with.
      ...(props.durable ? { currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } } : {}),
    });

    if (settings.tracing) {
      accept(
        this.role,
        "IAM5[Resource::*]",
        "X-Ray takes traces without naming a resource: its two write actions have none.",
      );
    }
  }

  /** A metric of a number in those lines of the function's log that say `message`; 1 counts the lines. */
  measure(metricName: string, message: string, value: string): Metric {
    const filter = this.#logGroup.addMetricFilter(metricName, {
      metricNamespace: this.#namespace,
      metricName,
      metricValue: value,
      filterPattern: FilterPattern.stringValue("$.message", "=", message),
    });
    return filter.metric({ statistic: "Maximum" });
  }

  /** Lets the function do these actions on this resource, and no more. */
  allow(actions: readonly string[], resource: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }

  /** Lets the function do these actions on those items of a table whose partition key fits the pattern. */
  allowPartitions(actions: readonly string[], table: string, pattern: string): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [table],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [pattern] } },
      }),
    );
  }

  /** Lets the function do these actions on every resource of a pattern; `because` is why it cannot be named exactly. */
  allowPattern(actions: readonly string[], pattern: string, because: string): void {
    this.allow(actions, pattern);
    acceptPattern(this.role, pattern, because);
  }

  /** The ARN of this function with a qualifier, made from its name so that its own role can name it without a circle. */
  qualifiedArn(qualifier: string): string {
    return Stack.of(this).formatArn({
      service: "lambda",
      resource: "function",
      resourceName: `${this.functionName}:${qualifier}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

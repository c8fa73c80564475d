import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { type IAccessLogSettings, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { physicalName, type Settings } from "../settings.ts";

/**
 * One line a request, and metrics a route from those lines. API Gateway's own metrics lump all routes together unless
 * detailed ones are paid for; the question here is always "which callers", so the lines are counted by route.
 */
export class AccessLog extends Construct {
  readonly settings: IAccessLogSettings;
  readonly #logGroup: LogGroup;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.#namespace = physicalName(settings, "http");
    this.#logGroup = new LogGroup(this, "Log", {
      // Under this prefix the service needs no resource policy for each log group; an account has room for only ten.
      logGroupName: `/aws/vendedlogs/${this.#namespace}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.settings = { destination: new LogGroupLogDestination(this.#logGroup), format: AccessLogFormat.custom(LINE) };
  }

  /** Counts the answers on a route whose status lies in a range. */
  countAnswers(metricName: string, routeKey: string, fromStatus: number, toStatus: number): Metric {
    const filter = this.#logGroup.addMetricFilter(metricName, {
      metricNamespace: this.#namespace,
      metricName,
      metricValue: "1",
      defaultValue: 0,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue("$.route", "=", routeKey),
        FilterPattern.numberValue("$.status", ">=", fromStatus),
        FilterPattern.numberValue("$.status", "<=", toStatus),
      ),
    });
    return filter.metric({ statistic: "Sum" });
  }
}

/** Who called what, and how it went. No header and no body: they carry signatures, tokens and names. Numbers stay unquoted, so that filters can compare them. */
const LINE =
  '{"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",' +
  '"route":"$context.routeKey","path":"$context.path","status":$context.status,"latencyMs":$context.responseLatency,' +
  '"bytes":$context.responseLength,"integrationError":"$context.integrationErrorMessage"}';

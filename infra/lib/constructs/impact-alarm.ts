import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { physicalName, type Settings } from "../settings.ts";

export interface ImpactAlarmProps {
  readonly settings: Settings;
  /** Also the name of its page, `infra/runbooks/<name>.md`. */
  readonly name: string;
  /** Who is hurt, and how: what a person who is woken needs to read first. */
  readonly hurt: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison?: ComparisonOperator;
  /** How many periods in a row it has to hold. */
  readonly periods?: number;
  /** No data usually means that nothing happened, which is good; for a clock it means that it stopped. */
  readonly missingIsBad?: boolean;
  readonly notify: ITopic;
}

/** An alarm that says who is hurt and where to read on. */
export class ImpactAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    super(scope, id);
    this.alarm = new Alarm(this, "Alarm", {
      alarmName: physicalName(props.settings, props.name),
      alarmDescription: `Hurt: ${props.hurt} Runbook: infra/runbooks/${props.name}.md`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(props.notify);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
  }
}

import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import {
  BILLING_MODE,
  EXPIRY_ATTRIBUTE,
  PARTITION_KEY,
  SORT_KEY,
  type TableDescription,
} from "#adapters/dynamodb/table.ts";
import { accept } from "../nag.ts";
import { physicalName, type Settings } from "../settings.ts";

/** One of the four tables, built from the description that the local cloud and the tests use too. */
export class LaurelTable extends Construct {
  readonly table: Table;
  readonly description: TableDescription;

  constructor(scope: Construct, id: string, settings: Settings, description: TableDescription) {
    super(scope, id);
    this.description = description;
    this.table = new Table(this, "Table", {
      tableName: physicalName(settings, description.name),
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      billingMode: BillingMode[BILLING_MODE],
      // The account's own DynamoDB key: its uses show in CloudTrail, and unlike a key of ours nobody can delete it.
      encryption: TableEncryption.AWS_MANAGED,
      ...(description.expires ? { timeToLiveAttribute: EXPIRY_ATTRIBUTE } : {}),
      ...(description.stream ? { stream: StreamViewType[description.stream] } : {}),
      ...(description.mayBeLost ? rebuildable : kept),
    });
    if (description.mayBeLost) {
      accept(this.table, "DDB3", "Everything in it is computed from the facts; losing it costs a rebuild, not data.");
    }
  }
}

/** Facts, plans and money outlive a mistaken deployment, a deleted stack and a bad write noticed five weeks later. */
const kept = {
  removalPolicy: RemovalPolicy.RETAIN,
  deletionProtection: true,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
};

/** Only here items may vanish by themselves: the log of deliveries does after two weeks. */
const rebuildable = {
  removalPolicy: RemovalPolicy.DESTROY,
  deletionProtection: false,
  timeToLiveAttribute: EXPIRY_ATTRIBUTE,
};

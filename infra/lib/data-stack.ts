import { Stack, type StackProps } from "aws-cdk-lib";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { TABLES } from "#adapters/dynamodb/table.ts";
import { FilesBucket } from "./constructs/files-bucket.ts";
import { LaurelTable } from "./constructs/laurel-table.ts";
import type { Settings } from "./settings.ts";

export interface DataStackProps extends StackProps {
  readonly settings: Settings;
}

/** What must not be lost, and the one table that may be. The other stacks can be deleted and deployed again at will. */
export class DataStack extends Stack {
  readonly facts: LaurelTable;
  readonly derived: LaurelTable;
  readonly plans: LaurelTable;
  readonly ledger: LaurelTable;
  readonly files: Bucket;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.facts = new LaurelTable(this, "Facts", props.settings, TABLES.facts);
    this.derived = new LaurelTable(this, "Derived", props.settings, TABLES.derived);
    this.plans = new LaurelTable(this, "Plans", props.settings, TABLES.plans);
    this.ledger = new LaurelTable(this, "Ledger", props.settings, TABLES.ledger);
    this.files = new FilesBucket(this, "Files").bucket;
  }
}

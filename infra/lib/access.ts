import type { Bucket } from "aws-cdk-lib/aws-s3";
import {
  DAY_PARTITION_PREFIX,
  DELIVERY_PARTITION_PREFIX,
  DUE_PARTITION_PREFIX,
  LEVEL_PARTITION_PREFIX,
  OUTBOX_PARTITION_PREFIX,
} from "#adapters/dynamodb/table.ts";
import type { LaurelFunction } from "./constructs/laurel-function.ts";
import type { LaurelTable } from "./constructs/laurel-table.ts";

/** What a function may do to a table: exactly the DynamoDB actions with which the stores do it. */
const TABLE_ACTIONS = {
  read: ["dynamodb:GetItem", "dynamodb:Query"],
  /** Reading a whole table, for a rebuild or a settlement. */
  scan: ["dynamodb:Scan"],
  /** How many items there are, to divide the reading of them. */
  describe: ["dynamodb:DescribeTable"],
  /** About how many items there are. */
  count: ["dynamodb:DescribeTable"],
  put: ["dynamodb:PutItem"],
  /** Many items at once. The action would take deletions too, so it is never given on facts. */
  putMany: ["dynamodb:BatchWriteItem"],
  delete: ["dynamodb:DeleteItem"],
} as const;

/** Gives a function access to a table, and tells it the table's name. */
export function giveTable(
  to: LaurelFunction,
  { table, description }: LaurelTable,
  ...access: readonly (keyof typeof TABLE_ACTIONS)[]
): void {
  to.lambda.addEnvironment(description.environmentVariable, table.tableName);
  to.allow(
    access.flatMap((kind) => TABLE_ACTIONS[kind]),
    table.tableArn,
  );
}

/** In the ledger a function may also count up and down what is taken of limits, and delete reminders; nothing else of it. */
export function giveReservations(to: LaurelFunction, { table }: LaurelTable): void {
  to.allowPartitions(["dynamodb:UpdateItem"], table.tableArn, `${LEVEL_PARTITION_PREFIX}*`);
  to.allowPartitions(["dynamodb:DeleteItem"], table.tableArn, `${DUE_PARTITION_PREFIX}*`);
}

/** Beside the plans the notifier keeps what has happened and what it tells; it changes nothing else there. */
export function giveOutbox(to: LaurelFunction, { table }: LaurelTable): void {
  to.allowPartitions(["dynamodb:PutItem", "dynamodb:DeleteItem"], table.tableArn, `${OUTBOX_PARTITION_PREFIX}*`);
}

/** In the derived table the intake keeps its log of deliveries, and sees nothing else of it. */
export function giveDeliveryLog(to: LaurelFunction, { table, description }: LaurelTable): void {
  to.lambda.addEnvironment(description.environmentVariable, table.tableName);
  to.allowPartitions(["dynamodb:PutItem"], table.tableArn, `${DELIVERY_PARTITION_PREFIX}*`);
}

/** In the derived table the clock keeps how days ended, and changes nothing else of it. */
export function giveDays(to: LaurelFunction, { table }: LaurelTable): void {
  to.allowPartitions(["dynamodb:PutItem", "dynamodb:BatchWriteItem"], table.tableArn, `${DAY_PARTITION_PREFIX}*`);
}

/** What the bucket holds, by the first part of a file's name. */
const FILES = {
  /** The frozen inputs of a run and its partial results. */
  runs: "runs/*",
  payouts: "payouts/*",
  /** Rows of imports that wait for a second person. */
  approvals: "approvals/*",
  /** What people attach to disputes. */
  disputes: "disputes/*",
  /** Files that people put by a link, and what was promised of each. */
  uploads: "uploads/*",
  /** How far imports are, and what they found. */
  imports: "imports/*",
  /** What looks at derived data have found. */
  reconciliations: "reconciliations/*",
  /** Of each campaign, the record of the newest. */
  latestReconciliations: "reconciliations/*/latest.json",
  /** What campaigns and pilots cost and brought. */
  evaluations: "evaluations/*",
  /** How far the audit had come at the end of each day. */
  anchors: "anchors/*",
  reconciliationReports: "reconciliations/*/report.json",
  /** How far simulations are, and what came of them; for a week. */
  simulations: "simulations/*",
} as const;
type Files = keyof typeof FILES;

/** Gives a function some of the files, and tells it the bucket's name. */
export function giveFiles(
  to: LaurelFunction,
  bucket: Bucket,
  access: { readonly read?: readonly Files[]; readonly write?: readonly Files[] },
): void {
  const because = "Files are named after runs, which are data: the pattern is one kind of file in this one bucket.";
  to.lambda.addEnvironment("LAUREL_FILES_BUCKET", bucket.bucketName);
  for (const kind of access.read ?? []) {
    to.allowPattern(["s3:GetObject"], bucket.arnForObjects(FILES[kind]), because);
  }
  for (const kind of access.write ?? []) {
    to.allowPattern(["s3:PutObject"], bucket.arnForObjects(FILES[kind]), because);
  }
  // Without it S3 answers "forbidden" for a file that does not exist, and a missing file looks like a broken role.
  if (access.read) to.allow(["s3:ListBucket"], bucket.bucketArn);
}

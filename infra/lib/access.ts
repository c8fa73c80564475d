import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { LaurelFunction } from "./constructs/laurel-function.ts";
import type { LaurelTable } from "./constructs/laurel-table.ts";

/** What a function does to a table. Each is exactly the DynamoDB actions the stores need for it; none is a wildcard. */
const ACTIONS = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
  /** Reading a whole table, for a rebuild or a settlement. */
  scan: ["dynamodb:Scan"],
  /** New items; the stores' conditions keep them from replacing old ones. */
  put: ["dynamodb:PutItem"],
  delete: ["dynamodb:DeleteItem"],
} as const;
export type Access = keyof typeof ACTIONS;

/** Gives a function access to a table, and tells it the table's name. */
export function giveTable(to: LaurelFunction, { table, description }: LaurelTable, ...access: readonly Access[]): void {
  to.lambda.addEnvironment(description.environmentVariable, table.tableName);
  to.allow(
    access.flatMap((kind) => ACTIONS[kind]),
    table.tableArn,
  );
}

const FILE_ACTIONS = { read: ["s3:GetObject"], write: ["s3:PutObject"] } as const;

/** Gives a function the files of the bucket, and tells it the bucket's name. */
export function giveFiles(to: LaurelFunction, files: Bucket, ...access: readonly (keyof typeof FILE_ACTIONS)[]): void {
  to.lambda.addEnvironment("LAUREL_FILES_BUCKET", files.bucketName);
  to.allowPattern(
    access.flatMap((kind) => FILE_ACTIONS[kind]),
    files.arnForObjects("*"),
    "Files are named after runs and payees, which are data: the pattern is every file of this one bucket.",
  );
}

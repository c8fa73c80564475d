import { expect, test } from "vitest";
import * as z from "zod";
import { TABLES } from "#adapters/dynamodb/table.ts";
import { Deployment, type Resource } from "./deployment.ts";

const deployment = new Deployment();
const tables = new Map(deployment.resources("AWS::DynamoDB::Table").map((table) => [deployment.nameOf(table), table]));

function table(name: string): Resource {
  const found = tables.get(name);
  if (!found) throw new Error(`there is no table ${name}`);
  return found;
}

test("the tables are the four of the description, and no others", () => {
  expect([...tables.keys()].sort()).toEqual(Object.keys(TABLES).sort());
});

test.each(Object.values(TABLES))("$name is on demand, encrypted, and streams what the workers need", (description) => {
  expect(table(description.name).properties).toMatchObject({
    BillingMode: "PAY_PER_REQUEST",
    SSESpecification: { SSEEnabled: true },
    ...(description.stream ? { StreamSpecification: { StreamViewType: description.stream } } : {}),
  });
  if (!description.stream) expect(table(description.name).properties).not.toHaveProperty("StreamSpecification");
});

// A mistaken deployment, a deleted stack and a bad write noticed late must all leave facts, plans and money recoverable.
test.each(["facts", "plans", "ledger"])("%s survives deletion, replacement and five weeks of not noticing", (name) => {
  const kept = table(name);
  expect(kept.deletionPolicy).toBe("Retain");
  expect(kept.updateReplacePolicy).toBe("Retain");
  expect(kept.properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
  });
});

// Protecting it would only stand in the way of the remedy: drop it and rebuild.
test("derived can be dropped", () => {
  expect(table("derived").deletionPolicy).toBe("Delete");
  expect(table("derived").properties).toMatchObject({ DeletionProtectionEnabled: false });
});

// Payout files name people and sums.
test("every bucket is closed, encrypted and kept, and refuses plain HTTP", () => {
  const buckets = deployment.resources("AWS::S3::Bucket");
  expect(buckets).toHaveLength(2);
  for (const bucket of buckets) {
    expect(bucket.deletionPolicy).toBe("Retain");
    expect(bucket.properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: {} }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  }
  const policies = deployment.resources("AWS::S3::BucketPolicy");
  expect(policies).toHaveLength(2);
  for (const policy of policies) expect(JSON.stringify(policy.properties)).toContain('"aws:SecureTransport":"false"');
});

test("a payout file that was overwritten can be brought back, and its readers are on record", () => {
  const files = deployment.resources("AWS::S3::Bucket").find((bucket) => deployment.nameOf(bucket) === "FilesBucket");
  expect(files?.properties).toMatchObject({
    VersioningConfiguration: { Status: "Enabled" },
    LoggingConfiguration: { LogFilePrefix: "files/" },
  });
});

test("uploaded files are gone after a month, in every version, and nothing else of the bucket is", () => {
  const files = deployment.resources("AWS::S3::Bucket").find((bucket) => deployment.nameOf(bucket) === "FilesBucket");
  const { Rules } = z
    .object({
      Rules: z.array(z.looseObject({ ExpirationInDays: z.number().optional(), Prefix: z.string().optional() })),
    })
    .parse(files?.properties.LifecycleConfiguration);
  const expiring = Rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
  expect(expiring).toMatchObject([
    { Prefix: "uploads/", ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    { Prefix: "simulations/", ExpirationInDays: 7, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
  ]);
});

test("a page may put a file by a link, and do nothing else with the bucket", () => {
  const files = deployment.resources("AWS::S3::Bucket").find((bucket) => deployment.nameOf(bucket) === "FilesBucket");
  expect(files?.properties.CorsConfiguration).toMatchObject({ CorsRules: [{ AllowedMethods: ["PUT"] }] });
});
